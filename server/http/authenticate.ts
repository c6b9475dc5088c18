import type { RequestHandler } from 'express';
import { credentialsOf } from '../auth/credentials.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { errorBody } from './errors.ts';

/** Refuses whoever is not let in before anything of the request but its headers was read. */
export function authenticate(signIn: SignIn): RequestHandler {
  return async (request, response, next) => {
    const answer = await signIn(credentialsOf(request), String(response.locals['requestId']));
    switch (answer.kind) {
      case 'signed-in':
        response.locals['context'] = answer.context;
        next();
        return;
      case 'unknown':
        response.setHeader('www-authenticate', 'Bearer');
        response.status(401).json(errorBody('UNAUTHENTICATED', 'Send a valid key: Authorization: Bearer ccd_…'));
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
