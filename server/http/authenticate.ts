import type { RequestHandler, Response } from 'express';
import { type BrowserAccess, credentialsOf } from '../auth/credentials.ts';
import { isOfOwnPage } from '../auth/own-page.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { SignInAttempts } from '../limits/sign-in-attempts.ts';
import { errorBody } from './errors.ts';

const NOT_OUR_PAGE = 'By a session only pages of this hub may ask: send JSON, and the header Concord-Session: cookie.';

/** Refuses whoever is not let in before anything of the request but its headers was read. */
export function authenticate(signIn: SignIn, browsers: BrowserAccess): RequestHandler {
  return async (request, response, next) => {
    const credentials = credentialsOf(request, browsers);
    if (credentials.session !== null && !isOfOwnPage(request, browsers.publicUrl)) {
      response.status(403).json(errorBody('FORBIDDEN', NOT_OUR_PAGE));
      return;
    }
    const answer = await signIn(credentials, String(response.locals['requestId']), request.ip ?? '');
    switch (answer.kind) {
      case 'signed-in':
        response.locals['context'] = answer.context;
        next();
        return;
      case 'unknown':
        response.setHeader('www-authenticate', 'Bearer');
        response.status(401).json(errorBody('UNAUTHENTICATED', 'Send a valid key: Authorization: Bearer ccd_…'));
        return;
      case 'too-many':
        tooMany(response, answer.retryAfterS);
        return;
      case 'refused':
        response.status(403).json(errorBody('FORBIDDEN', answer.reason));
        return;
      case 'unavailable':
        response.setHeader('retry-after', '5');
        response
          .status(503)
          .json(errorBody('UNAVAILABLE', 'Your token cannot be checked now: its issuer does not answer. Try again.'));
    }
  };
}

/** For addresses that hold a secret: whoever tried many that are none has to wait. */
export function refuseGuessing(attempts: SignInAttempts): RequestHandler {
  return async (request, response, next) => {
    const address = request.ip ?? '';
    const blockedForS = await attempts.blockedForS(address, request.path);
    if (blockedForS !== null) {
      tooMany(response, blockedForS);
      return;
    }
    response.once('finish', () => {
      if (response.statusCode === 404) void attempts.noteWrong(address);
      else attempts.noteGood(request.path);
    });
    next();
  };
}

/** Says that too many wrong keys came from an address. */
export function tooMany(response: Response, retryAfterS: number): void {
  response.setHeader('retry-after', String(retryAfterS));
  response
    .status(429)
    .json(
      errorBody(
        'RATE_LIMITED',
        `Too many wrong keys came from your address: wait ${String(retryAfterS)} seconds, and look at the key you send.`,
      ),
    );
}
