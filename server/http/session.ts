import express, { Router, type Request } from 'express';
import { z } from 'zod';
import { LONGEST_SESSION_MS, type SessionService } from '../../core/access/session.service.ts';
import type { BrowserAccess } from '../auth/credentials.ts';
import { isOfOwnPage } from '../auth/own-page.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { tooMany } from './authenticate.ts';
import { errorBody } from './errors.ts';
import { IssuerSignIn, type IssuerSignInOptions, type OpenSession } from './issuer-sign-in.ts';

/** The keys of a demo by the name of who they are for; null on a hub that is none. They never leave the process. */
export type DemoKeys = () => Promise<Readonly<Record<string, string>> | null>;

export interface SessionOptions {
  readonly signIn: SignIn;
  readonly sessions: SessionService;
  readonly browsers: BrowserAccess;
  readonly demoKeys: DemoKeys;
  /** Null: nobody signs in by an issuer. */
  readonly issuerSignIn: IssuerSignInOptions | null;
}

const asked = z.union([
  z.strictObject({ key: z.string().max(10_000), actor: z.string().max(100).optional() }),
  z.strictObject({ demo: z.string().max(100) }),
]);
const LOCAL_NAMES = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/**
 * `GET /session` says whether somebody is signed in and by what one can be; `POST` signs in by a key (or a token of the issuer), or as
 * somebody of the demo; `DELETE` signs out. Another way in ends the same: whoever has proven who they are gets `sessions.open(viewer)`.
 */
export function sessionRoutes({ signIn, sessions, browsers, demoKeys, issuerSignIn }: SessionOptions): Router {
  const { cookie, publicUrl } = browsers;
  const router = Router();
  const open: OpenSession = async (request, response, viewer) => {
    const former = cookie.read(request);
    // A browser holds one session: whoever signs in again leaves none behind.
    if (former !== null) await sessions.end(former);
    cookie.give(response, await sessions.open(viewer), LONGEST_SESSION_MS);
  };
  const byIssuer = issuerSignIn && new IssuerSignIn(issuerSignIn, open);
  if (byIssuer) router.get('/issuer', byIssuer.back);
  router.use((request, response, next) => {
    if (isOfOwnPage(request, publicUrl)) next();
    else response.status(403).json(errorBody('FORBIDDEN', 'Only pages of this hub may sign in or out.'));
  });
  if (byIssuer) router.use(byIssuer.routes());
  router.get('/', async (request, response) => {
    const token = cookie.read(request);
    const answer =
      token === null ? null : await signIn({ token: null, actor: null, session: token }, '', request.ip ?? '');
    if (token !== null && answer?.kind !== 'signed-in') cookie.take(response);
    const demo = isOnThisMachine(request) ? Object.keys((await demoKeys()) ?? {}) : [];
    const unfinished = (await byIssuer?.tell(request, response)) ?? null;
    response.json({
      signedIn: answer?.kind === 'signed-in',
      demo,
      issuer: issuerSignIn?.issuer.name ?? null,
      unfinished,
    });
  });
  router.post('/', express.json({ limit: '20kb' }), async (request, response) => {
    const wanted = asked.safeParse(request.body);
    if (!wanted.success) {
      response.status(400).json(errorBody('BAD_REQUEST', 'Send {"key": "ccd_…"}.'));
      return;
    }
    const { data } = wanted;
    const key =
      'key' in data ? data.key.trim() : isOnThisMachine(request) ? (await demoKeys())?.[data.demo] : undefined;
    const credentials = { token: key ?? null, actor: ('actor' in data && data.actor) || null, session: null };
    const answer = await signIn(credentials, String(response.locals['requestId']), request.ip ?? '');
    switch (answer.kind) {
      case 'signed-in': {
        await open(request, response, answer.context.viewer);
        response.json({ signedIn: true });
        return;
      }
      case 'too-many':
        tooMany(response, answer.retryAfterS);
        return;
      case 'refused':
        response.status(403).json(errorBody('FORBIDDEN', answer.reason));
        return;
      case 'unavailable':
        response.setHeader('retry-after', '5');
        response.status(503).json(errorBody('UNAVAILABLE', 'The issuer of this token does not answer. Try again.'));
        return;
      case 'unknown':
        response.status(401).json(errorBody('UNAUTHENTICATED', 'This key opens nothing here.'));
    }
  });
  router.delete('/', async (request, response) => {
    const token = cookie.read(request);
    if (token !== null) await sessions.end(token);
    cookie.take(response);
    response.json({ signedIn: false });
  });
  return router;
}

/**
 * Whether somebody asks who sits at this machine. The address alone does not say so: a name of another site may lead here (DNS
 * rebinding), and a proxy on this machine asks for everybody.
 */
function isOnThisMachine({ headers, socket }: Request): boolean {
  const isLocal = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
  const isForwarded = 'forwarded' in headers || 'x-forwarded-for' in headers || 'x-forwarded-host' in headers;
  return isLocal && !isForwarded && LOCAL_NAMES.test(headers.host ?? '');
}
