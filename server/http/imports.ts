import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import rawBody from 'raw-body';
import { missingScope } from '../../core/access/scopes.ts';
import type { AnnotatedCopyService } from '../../core/imports/annotated-copy.service.ts';
import { type ImportService, LARGEST_FILE } from '../../core/imports/import.service.ts';
import { type Refused, assertNever } from '../../core/outcome.ts';
import type { RequestContext } from '../../schema/context.ts';
import type { Log } from '../../platform/log.ts';
import { errorBody } from './errors.ts';
import type { OpenStreams } from './open-streams.ts';

const TOO_LARGE = `A file may have at most ${String(LARGEST_FILE / 1024 / 1024)} MB: split it, or leave out what is old.`;

const NOT_WHOLE = 'The file did not arrive whole, or is compressed: send it as it is.';
/** For as long a sender that was answered may go on sending before the connection ends. */
const LINGER_MS = 5_000;

/**
 * `POST /imports?name=plan.xlsx`: takes a file in, as the body, whatever its content type says. Answers 201 with the id of the
 * import, which is read at once, unless `read=no`. `Idempotency-Key` makes it harmless to send again. Whoever asks has been let in
 * before; the size is looked at while it comes.
 */
export function takeImport(imports: ImportService): RequestHandler {
  const router = Router();
  router.use(refuseReaders, async (request: Request, response: Response) => {
    const { viewer } = contextOf(response);
    const content = await bodyOf(request);
    const key = request.get('idempotency-key');
    const outcome = await imports.upload(viewer, {
      content,
      fileName: request.query['name'],
      read: request.query['read'] !== 'no',
      ...(key === undefined ? {} : { clientMutationKey: key }),
    });
    if (outcome.kind === 'saved') response.status(201).json({ id: outcome.id });
    else refuse(response, outcome);
  });
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (response.headersSent || status < 400 || status >= 500) {
      next(error);
      return;
    }
    const body = status === 413 ? errorBody('LIMIT_EXCEEDED', TOO_LARGE) : errorBody('BAD_REQUEST', NOT_WHOLE);
    answerEarly(request, response.status(status), JSON.stringify(body));
  });
  return router;
}

/** Nobody takes what is sent: it is ended, so that others get their turn. */
const STALLED_MS = 60_000;

/**
 * `GET /imports/<id>/annotated`: the sheet that was sent, with remarks on its rows. For whoever may see the import; for others there is
 * none. It ends when they go away or lose their right, by breaking off.
 */
export function serveAnnotated({
  annotatedCopies,
  streams,
  log,
}: {
  readonly annotatedCopies: AnnotatedCopyService;
  readonly streams: OpenStreams;
  readonly log: Log;
}): RequestHandler {
  return async (request, response) => {
    const context = contextOf(response);
    const gone = new AbortController();
    const end = (): void => {
      gone.abort();
    };
    response.once('close', end);
    response.setTimeout(STALLED_MS, end);
    const forget = streams.add({ context, end });
    const { signal } = gone;
    try {
      const copy = await annotatedCopies.open(context.viewer, String(request.params['id']), signal);
      switch (copy.kind) {
        case 'copy':
          response.attachment(copy.fileName).setHeader('content-type', copy.mediaType);
          await pipeline(Readable.from(copy.content), response, { signal });
          return;
        case 'not-found':
          response.status(404).json(errorBody('NOT_FOUND', 'There is no such import of yours.'));
          return;
        case 'conflict':
          response.status(409).json(errorBody('CONFLICT', copy.reason));
          return;
        case 'busy':
          response.setHeader('retry-after', String(copy.retryAfterS));
          response.status(503).json(errorBody('UNAVAILABLE', copy.reason));
          return;
        default:
          assertNever(copy);
      }
    } catch (error) {
      if (!signal.aborted && !response.headersSent) throw error;
      response.destroy();
      if (!signal.aborted) log.error({ requestId: context.requestId, err: error }, 'an annotated copy broke off');
    } finally {
      forget();
    }
  };
}

/** Its bytes as they come, never unpacked: a small body must not become a large one here. Of a larger one not all is read. */
async function bodyOf(request: Request): Promise<Uint8Array> {
  if ((request.get('content-encoding') ?? 'identity') !== 'identity') {
    throw Object.assign(new Error('a compressed file'), { status: 415 });
  }
  const length = request.get('content-length');
  return rawBody(request, { limit: LARGEST_FILE, ...(length === undefined ? {} : { length }) });
}

/**
 * Answers while the body is still coming, and then ends the connection. A connection that ends with bytes unread loses the answer on
 * its way, so what comes is thrown away for a while: as many bytes as a file may have, and no longer than `LINGER_MS`.
 */
function answerEarly(request: Request, response: Response, body: string): void {
  response.set({
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  });
  response.write(body);
  const end = (): void => {
    clearTimeout(lingering);
    request.off('data', count);
    response.end();
  };
  let left = LARGEST_FILE;
  const count = (chunk: Uint8Array): void => {
    left -= chunk.length;
    if (left < 0) end();
  };
  const lingering = setTimeout(end, LINGER_MS);
  if (request.readableEnded) {
    end();
    return;
  }
  request.on('data', count).once('end', end).once('close', end).resume();
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
