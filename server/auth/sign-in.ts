import type { AccessService, UserSignIn } from '../../core/access/access.service.ts';
import type { SessionService } from '../../core/access/session.service.ts';
import type { Viewer } from '../../core/access/viewer.ts';
import { answerSoon } from '../../platform/database/away.ts';
import type { Log } from '../../platform/log.ts';
import type { RequestContext } from '../../schema/context.ts';
import type { Credentials } from './credentials.ts';
import type { TokenVerifier } from './oidc.ts';
import type { SignInAttempts } from '../limits/sign-in-attempts.ts';
import type { RecentSignIns } from './recent-sign-ins.ts';

/** Nobody we know; or somebody we know who may not come in; or we cannot say, because the issuer does not answer. */
type TurnedAway =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable' };

/** Nobody looked who it is: too much that is wrong came from there. */
interface TooMany {
  readonly kind: 'too-many';
  readonly retryAfterS: number;
}

export type SignInAnswer = { readonly kind: 'signed-in'; readonly context: RequestContext } | TurnedAway | TooMany;

/** @param address where it comes from */
export type SignIn = (credentials: Credentials, requestId: string, address: string) => Promise<SignInAnswer>;

export interface SignInOptions extends Pick<RequestContext, 'reads' | 'notices'> {
  readonly access: AccessService;
  readonly sessions: SessionService;
  /** Null: only keys of ours open this hub. */
  readonly tokens: TokenVerifier | null;
  readonly recent: RecentSignIns;
  readonly attempts: SignInAttempts;
  readonly log: Log;
}

const KEY_PREFIX = 'ccd_';
/** Looking up who asks takes a millisecond: when it takes so long the line is at fault, and the operation needs the time that is left. */
const LOOKED_UP_WITHIN_MS = 2_000;

/** Turns credentials into the context of a request, the same way for every transport. */
export function createSignIn(options: SignInOptions): SignIn {
  const { reads, notices, recent } = options;
  return async (credentials, requestId, address) => {
    const cameAt = performance.now();
    let viewer = recent.find(credentials);
    if (viewer === undefined) {
      const remember = recent.lookingUp(credentials);
      const answer = await identifyUnlessGuessing(options, credentials, address);
      if (answer.kind !== 'signed-in') return answer;
      ({ viewer } = answer);
      remember(viewer);
    }
    const signedInAs = viewer;
    const entitled = async (): Promise<boolean> => {
      const again = await identify(options, credentials, false);
      return again.kind === 'signed-in' && sameRights(again.viewer, signedInAs);
    };
    return { kind: 'signed-in', context: { viewer, requestId, cameAt, reads, notices, entitled } };
  };
}

async function identifyUnlessGuessing(
  options: SignInOptions,
  credentials: Credentials,
  address: string,
): Promise<UserSignIn | TurnedAway | TooMany> {
  const { attempts, sessions } = options;
  const secret = credentials.session ?? credentials.token;
  // Who presents nothing costs nothing.
  if (secret === null) return { kind: 'unknown' };
  const blockedForS = await attempts.blockedForS(address, secret);
  if (blockedForS !== null) return { kind: 'too-many', retryAfterS: blockedForS };
  const answer = await identify(options, credentials);
  if (answer.kind === 'signed-in') attempts.noteGood(secret);
  else if (answer.kind === 'unknown' && !isOver(credentials, sessions)) await attempts.noteWrong(address);
  return answer;
}

/** Whether somebody comes back to a session that has ended: an office on a Monday morning is no attack. */
function isOver({ session }: Credentials, sessions: SessionService): boolean {
  return session !== null && sessions.gaveOut(session);
}

async function identify(
  { access, sessions, tokens, log }: SignInOptions,
  { token, actor, session }: Credentials,
  isUse = true,
): Promise<UserSignIn | TurnedAway> {
  if (session !== null) {
    const viewer = await answerSoon(sessions.find(session, isUse), LOOKED_UP_WITHIN_MS);
    return viewer ? { kind: 'signed-in', viewer } : { kind: 'unknown' };
  }
  if (token === null) return { kind: 'unknown' };
  if (tokens === null || token.startsWith(KEY_PREFIX)) {
    const viewer = await answerSoon(access.authenticate(token), LOOKED_UP_WITHIN_MS);
    return viewer ? { kind: 'signed-in', viewer } : { kind: 'unknown' };
  }
  const verified = await tokens.verify(token);
  switch (verified.kind) {
    case 'proven':
      return answerSoon(access.authenticateUser(verified.person, actor), LOOKED_UP_WITHIN_MS);
    case 'refused':
      await access.deny(verified.why);
      return { kind: 'unknown' };
    case 'unavailable':
      log.warn({ reason: verified.why }, 'a token could not be checked');
      return { kind: 'unavailable' };
  }
}

/** Whoever may less, more or something else than when a stream began has to begin anew. */
function sameRights(one: Viewer, other: Viewer): boolean {
  return (
    one.keyId === other.keyId &&
    one.role === other.role &&
    one.actorId === other.actorId &&
    one.scopes.join() === other.scopes.join()
  );
}
