import { type Request, type RequestHandler, type Response, json, Router } from 'express';
import { z } from 'zod';
import type { AccessService } from '../../core/access/access.service.ts';
import type { Person } from '../../core/access/choose-membership.ts';
import type { OwnMembership, OwnMemberships } from '../../core/access/own-memberships.ts';
import type { Viewer } from '../../core/access/viewer.ts';
import type { Log } from '../../platform/log.ts';
import type { Issuer } from '../auth/issuer.ts';
import type { Failure, SignInUnderWay, Step } from '../auth/sign-in-under-way.ts';
import type { SignInAttempts } from '../limits/sign-in-attempts.ts';
import { tooMany } from './authenticate.ts';
import { errorBody } from './errors.ts';

export interface IssuerSignInOptions {
  readonly issuer: Issuer;
  readonly underWay: SignInUnderWay;
  readonly access: AccessService;
  readonly memberships: OwnMemberships;
  readonly attempts: SignInAttempts;
  /** Where people reach the hub: the issuer knows no other address of it. */
  readonly publicUrl: string;
  readonly log: Log;
}

/** What the page is told of a sign-in that is not at its end. */
export type Unfinished =
  | ({ readonly kind: 'failed' } & Pick<Failure, 'why' | 'person'>)
  | { readonly kind: 'choose'; readonly memberships: readonly OwnMembership[] };

/** Opens a session for somebody who has proven who they are, in place of any that the browser had. */
export type OpenSession = (request: Request, response: Response, viewer: Viewer) => Promise<void>;

const NO_ACTOR = 'none';
const begun = z.strictObject({ at: z.string().max(2_000) });
const chosen = z.strictObject({ actor: z.string().max(100) });

/**
 * Signing in to the console by the issuer, under `/session`. `POST /issuer` says where to go; the issuer leads back to `GET /issuer`,
 * which leads on to the page, signed in or with something to be told there (`GET /session`); `POST /actor` says for whom whoever has
 * several memberships acts.
 */
export class IssuerSignIn {
  constructor(
    private readonly options: IssuerSignInOptions,
    private readonly open: OpenSession,
  ) {}

  /** The one address that other sites lead to. */
  readonly back: RequestHandler = async (request, response) => {
    const { underWay } = this.options;
    const step = underWay.read(request);
    const next = await this.finish(request, response, step);
    if (next) underWay.keep(response, next);
    else underWay.forget(response);
    response.setHeader('referrer-policy', 'no-referrer');
    response.redirect(303, this.addressOf(step && 'at' in step ? step.at : '/'));
  };

  /** What only pages of the hub may ask. */
  routes(): Router {
    const router = Router();
    router.post('/issuer', json({ limit: '20kb' }), this.begin);
    router.post('/actor', json({ limit: '20kb' }), this.choose);
    return router;
  }

  /** What is to be told to a browser of a sign-in under way; a failure is told once. */
  async tell(request: Request, response: Response): Promise<Unfinished | null> {
    const { underWay, memberships } = this.options;
    const step = underWay.read(request);
    if (step?.kind === 'proven') return { kind: 'choose', memberships: await memberships.list(step.person) };
    if (step?.kind !== 'failed') return null;
    underWay.forget(response);
    return { kind: 'failed', why: step.why, person: step.person };
  }

  private readonly begin: RequestHandler = async (request, response) => {
    const { issuer, underWay, publicUrl, log } = this.options;
    const { at } = begun.safeParse(request.body).data ?? { at: '/' };
    // Its cookie would not be sent to the address that the issuer leads back to.
    if (request.headers.origin !== undefined && request.headers.origin !== new URL(publicUrl).origin) {
      response.json({ to: this.addressOf(at) });
      return;
    }
    const answer = await issuer.begin();
    if (answer.kind === 'away') {
      log.warn({ reason: answer.why }, 'nobody can sign in by the issuer');
      response.setHeader('retry-after', '5');
      response.status(503).json(errorBody('UNAVAILABLE', 'The issuer does not answer. Try again.'));
      return;
    }
    underWay.keep(response, { kind: 'asked', ...answer.expected, at });
    response.json({ to: answer.to.href });
  };

  /** What is left to do; null: they are in. */
  private async finish(request: Request, response: Response, step: Step | null): Promise<Step | null> {
    const { issuer, access, attempts, log } = this.options;
    const address = request.ip ?? '';
    if ((await attempts.blockedForS(address, request.originalUrl)) !== null) return failed('too-many');
    if (step?.kind !== 'asked') return this.deny('expired', 'sign-in.expired', address);
    const answer = await issuer.finish(queryOf(request), step);
    switch (answer.kind) {
      case 'away':
        log.warn({ reason: answer.why }, 'nobody can sign in by the issuer');
        return failed('away');
      case 'expired':
        return this.deny('expired', 'sign-in.expired', address);
      case 'refused':
        return this.deny('refused', answer.why, address);
      case 'proven': {
        const { person } = answer;
        const held = await access.membershipsOf(person);
        return held.length > 1 ? { kind: 'proven', person, at: step.at } : this.enter(request, response, person, null);
      }
    }
  }

  private readonly choose: RequestHandler = async (request, response) => {
    const { underWay, attempts, access } = this.options;
    const address = request.ip ?? '';
    const blockedForS = await attempts.blockedForS(address, '');
    if (blockedForS !== null) {
      tooMany(response, blockedForS);
      return;
    }
    const step = underWay.read(request);
    const { actor } = chosen.safeParse(request.body).data ?? { actor: NO_ACTOR };
    if (step?.kind !== 'proven') {
      await access.deny('sign-in.expired');
      await attempts.noteWrong(address);
      response.status(401).json(errorBody('UNAUTHENTICATED', 'Signing in took too long: begin again.'));
      return;
    }
    if (await this.enter(request, response, step.person, actor)) {
      response.status(403).json(errorBody('FORBIDDEN', 'You have no such membership of this hub.'));
      return;
    }
    underWay.forget(response);
    response.json({ signedIn: true });
  };

  /** Null: they are in. */
  private async enter(
    request: Request,
    response: Response,
    person: Person,
    wanted: string | null,
  ): Promise<Failure | null> {
    const answer = await this.options.access.authenticateUser(person, wanted, 'issuer');
    if (answer.kind === 'refused') return { ...failed('unknown'), person };
    await this.open(request, response, answer.viewer);
    return null;
  }

  private async deny(why: Failure['why'], reason: string, address: string): Promise<Failure> {
    await this.options.access.deny(reason);
    await this.options.attempts.noteWrong(address);
    return failed(why);
  }

  /** An address of the hub, whatever was asked for: nobody is led elsewhere from here. */
  private addressOf(at: string): string {
    const own = new URL(this.options.publicUrl).origin;
    const wanted = URL.canParse(at, own) ? new URL(at, own) : null;
    return wanted?.origin === own ? own + wanted.pathname + wanted.search : `${own}/`;
  }
}

const failed = (why: Failure['why']): Failure => ({ kind: 'failed', why, person: null });

function queryOf({ originalUrl }: Request): string {
  const from = originalUrl.indexOf('?');
  return from === -1 ? '' : originalUrl.slice(from);
}
