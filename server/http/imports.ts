import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { missingScope } from '../../core/access/scopes.ts';
import { type ImportService, LARGEST_FILE } from '../../core/imports/import.service.ts';
import { type Refused, assertNever } from '../../core/outcome.ts';
import type { RequestContext } from '../../schema/context.ts';
import { errorBody } from './errors.ts';

const TOO_LARGE = `A file may have at most ${String(LARGEST_FILE / 1024 / 1024)} MB: split it, or leave out what is old.`;

/**
 * `POST /imports?name=plan.xlsx`: takes a file in, as the body, whatever its content type says. Answers 201 with the id of the
 * import, which is read at once, unless `read=no`. `Idempotency-Key` makes it harmless to send again. Whoever asks has been let in
 * before; the size is looked at while it comes.
 */
export function takeImport(imports: ImportService): RequestHandler {
  const router = Router();
  // Not unpacked: a small body must not become a large one here.
  router.use(refuseReaders, express.raw({ limit: LARGEST_FILE, type: () => true, inflate: false }));
  router.use(async (request: Request, response: Response) => {
    const { viewer } = contextOf(response);
    const key = request.get('idempotency-key');
    const outcome = await imports.upload(viewer, {
      content: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      fileName: request.query['name'],
      read: request.query['read'] !== 'no',
      ...(key === undefined ? {} : { clientMutationKey: key }),
    });
    if (outcome.kind === 'saved') response.status(201).json({ id: outcome.id });
    else refuse(response, outcome);
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (response.headersSent || status < 400 || status >= 500) {
      next(error);
      return;
    }
    // What is still to come is not read: the connection ends here.
    response.setHeader('connection', 'close');
    if (status === 413) response.status(413).json(errorBody('LIMIT_EXCEEDED', TOO_LARGE));
    else
      response
        .status(status)
        .json(errorBody('BAD_REQUEST', 'The file did not arrive whole, or is compressed: send it as it is.'));
  });
  return router;
}

const contextOf = (response: Response): RequestContext => response.locals['context'] as RequestContext;

const refuseReaders: RequestHandler = (_request, response, next) => {
  const missing = missingScope(contextOf(response).viewer.scopes, 'write');
  if (missing === null) {
    next();
    return;
  }
  response.setHeader('connection', 'close');
  response.status(403).json(errorBody('FORBIDDEN', missing));
};

function refuse(response: Response, refused: Refused): void {
  switch (refused.kind) {
    case 'invalid': {
      const [first] = refused.issues;
      response.status(400).json(errorBody('INVALID_INPUT', first ? `${first.path}: ${first.message}` : 'Not valid.'));
      return;
    }
    case 'forbidden':
      response.status(403).json(errorBody('FORBIDDEN', refused.reason));
      return;
    case 'conflict':
      response.status(409).json(errorBody('CONFLICT', refused.reason));
      return;
    case 'limit-exceeded': {
      const message = `At most ${String(refused.allowed)} ${refused.limit}: apply some first, or wait until they are forgotten.`;
      response.status(409).json(errorBody('LIMIT_EXCEEDED', message));
      return;
    }
    case 'not-found':
    case 'stale':
      throw new Error(`an upload cannot be refused as ${refused.kind}`);
    default:
      assertNever(refused);
  }
}
