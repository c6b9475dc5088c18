import type { RequestHandler } from 'express';
import { errorBody } from './errors.ts';

/** Ends the digests that a link was made for; false where we did not make it. */
export type Unsubscribe = (token: string) => Promise<boolean>;

/** Asks before anything ends: mail programs and scanners follow links by themselves. Holds nothing of whom the link is about. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Concord</title>
<meta name="viewport" content="width=device-width"><body style="font: 16px/1.5 system-ui; margin: 15vh auto; max-width: 32em; padding: 0 1em">
<p>Get no more digests from this hub?</p><form method="post"><button>No more digests</button></form></body></html>`;
const DONE = 'You get no more digests from this hub. Whoever entered your address can have them sent again.';

/** The page that a link in a digest leads to. */
export const askToUnsubscribe: RequestHandler = (_request, response) => {
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
  response.type('html').send(PAGE);
};

/**
 * What its button does, and mail programs by themselves (RFC 8058). Nobody signs in for it and no body is read: the link, which
 * only the hub can make, says everything.
 */
export function endDigests(unsubscribe: Unsubscribe): RequestHandler {
  return async (request, response) => {
    const { token } = request.params;
    if (typeof token === 'string' && (await unsubscribe(token))) response.type('text').send(DONE);
    else response.status(404).json(errorBody('NOT_FOUND', 'This link is not one of ours.'));
  };
}
