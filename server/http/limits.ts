import type { Request, RequestHandler, Response } from 'express';
import type { InFlight } from '../limits/in-flight.ts';
import type { RequestContext } from '../../schema/context.ts';
import { type Refusals, TOO_MANY_REFUSED } from '../limits/refusals.ts';
import { BUSY, errorBody } from './errors.ts';

/** A larger operation is refused before it is parsed; unpacked, if it came compressed. */
export const LARGEST_BODY = '100kb';
/** An operation that has not come whole by then is not waited for. */
const BODY_WITHIN_MS = 10_000;

/** Slows down whoever goes on sending what is refused, before anything of it was read. */
export function inTurn(refusals: Refusals): RequestHandler {
  return async (_request, response, next) => {
    const { keyId } = (response.locals['context'] as RequestContext).viewer;
    if (!(await refusals.turn(keyId))) {
      response.setHeader('retry-after', '1');
      response.setHeader('connection', 'close');
      response.status(429).json(errorBody('RATE_LIMITED', TOO_MANY_REFUSED));
      return;
    }
    response.once('finish', () => {
      // A hub that is busy is nobody's mistake.
      if (response.statusCode >= 400 && response.statusCode < 500) refusals.note(keyId);
    });
    next();
  };
}

/** Gives a request a place among those that are worked on, until it is answered; 503 when there is none. */
export function inPlace(inFlight: InFlight): RequestHandler {
  return (_request, response, next) => {
    const leave = inFlight.enter();
    if (!leave) {
      response.setHeader('retry-after', '1');
      response.status(503).json(errorBody('UNAVAILABLE', BUSY));
      return;
    }
    response.once('close', leave);
    next();
  };
}

/** Ends a request whose body is slow to come. */
export const bodyInTime: RequestHandler = (request, response, next) => {
  const waiting = setTimeout(() => {
    tooSlow(request, response);
  }, BODY_WITHIN_MS);
  const stop = (): void => {
    clearTimeout(waiting);
  };
  request.once('end', stop).once('close', stop);
  next();
};

function tooSlow(request: Request, response: Response): void {
  if (request.readableEnded || response.headersSent) return;
  response.once('finish', () => request.destroy());
  response.setHeader('connection', 'close');
  response
    .status(408)
    .json(errorBody('BAD_REQUEST', `An operation must arrive within ${String(BODY_WITHIN_MS / 1_000)} seconds.`));
}

/** Only JSON is read; whatever else comes is refused unread. */
export const onlyJson: RequestHandler = (request, response, next) => {
  if (request.body !== undefined) {
    next();
    return;
  }
  response
    .status(415)
    .json(errorBody('BAD_REQUEST', 'Send an operation as JSON: content-type: application/json, {"query": "…"}.'));
};

/** What may be done at an address that takes operations, for whoever tries something else. */
export function onlyPost(message: string): RequestHandler {
  return (request, response) => {
    response.setHeader('allow', 'POST, OPTIONS');
    if (request.method === 'OPTIONS') response.status(204).end();
    else response.status(405).json(errorBody('METHOD_NOT_ALLOWED', message));
  };
}
