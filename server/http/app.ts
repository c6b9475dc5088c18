import { createServer, type Server } from 'node:http';
import { expressMiddleware } from '@as-integrations/express5';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { ApolloServer } from '@apollo/server';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import { isDatabaseAway } from '../../platform/database/away.ts';
import type { Log } from '../../platform/log.ts';
import { messageOf } from '../../platform/plain-error.ts';
import { continuing, isTracing } from '../../platform/telemetry/tracing.ts';
import type { AnnotatedCopyService } from '../../core/imports/annotated-copy.service.ts';
import type { ImportService } from '../../core/imports/import.service.ts';
import type { RequestContext } from '../../schema/context.ts';
import type { Notices } from '../../platform/notices.ts';
import type { BriefExportService } from '../../core/exports/brief-export.service.ts';
import type { ExportService } from '../../core/exports/export.service.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { SignInAttempts } from '../limits/sign-in-attempts.ts';
import { type ReadFeed, serveCalendarFeeds } from './calendar-feeds.ts';
import type { Door } from './admit.ts';
import type { SessionService } from '../../core/access/session.service.ts';
import type { BrowserAccess } from '../auth/credentials.ts';
import { authenticate, refuseGuessing } from './authenticate.ts';
import { compressForPages } from './compress.ts';
import { consoleRoutes } from './console.ts';
import { AWAY, BACK_IN_S, errorBody } from './errors.ts';
import { serveAnnotated, takeImport } from './imports.ts';
import { serveBriefs, serveExports, tellMistakes } from './exports.ts';
import type { KnownQueries } from './known-queries.ts';
import { LARGEST_BODY, bodyInTime, inPlace, inTurn, onlyJson, onlyPost } from './limits.ts';
import { OpenStreams } from './open-streams.ts';
import type { IssuerSignInOptions } from './issuer-sign-in.ts';
import { type DemoKeys, sessionRoutes } from './session.ts';
import { serveEventStreams, serveWebSockets } from './subscriptions.ts';
import { type Unsubscribe, askToUnsubscribe, endDigests } from './unsubscribe.ts';

export interface HttpOptions {
  readonly schema: GraphQLSchema;
  readonly door: Door;
  readonly apollo: ApolloServer<RequestContext>;
  /** Null: Apollo answers everything. */
  readonly known: KnownQueries | null;
  readonly signIn: SignIn;
  readonly attempts: SignInAttempts;
  /** How many proxies stand in front, whose word on where a request comes from is taken. */
  readonly proxies: number;
  readonly sessions: SessionService;
  readonly browsers: BrowserAccess;
  readonly demoKeys: DemoKeys;
  /** Null: nobody signs in by an issuer. */
  readonly issuerSignIn: IssuerSignInOptions | null;
  readonly notices: Notices;
  readonly unsubscribe: Unsubscribe;
  readonly readFeed: ReadFeed;
  readonly imports: ImportService;
  readonly annotatedCopies: AnnotatedCopyService;
  readonly exports: ExportService;
  readonly briefExports: BriefExportService;
  readonly newRequestId: () => string;
  /** Why the hub cannot serve yet, or null when it can. */
  readonly notReady: () => Promise<string | null>;
  readonly log: Log;
}

export interface HttpServer {
  readonly http: Server;
  /** Takes no more connections, answers what comes on those that are open, and ends each with its next answer; resolves when none is left. */
  drain(): Promise<void>;
  /** Ends streams and sockets. */
  dispose(): Promise<void>;
}

const END_IDLE_EVERY_MS = 50;
/** By how much what is open may outlive a session, key or token that expires. */
const CHECKED_EVERY_MS = 60_000;

/** The request process's HTTP surface: health, the console's files, signing in, the end of digests and calendar feeds without a key, everything else only with one, checked before any body is read. */
export function createHttpServer(options: HttpOptions): HttpServer {
  const app = express();
  const streams = new OpenStreams(options.notices, options.log);
  const checking = setInterval(() => void streams.checkAll(), CHECKED_EVERY_MS).unref();
  let draining = false;
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', options.proxies);
  app.use((_request, response, next) => {
    response.locals['requestId'] = options.newRequestId();
    response.setHeader('x-request-id', String(response.locals['requestId']));
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    // A client that always has another request would keep its connection, and us, alive.
    if (draining) response.setHeader('connection', 'close');
    next();
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', readiness(options));
  app.get('/graphiql', graphiql());
  app.get('/unsubscribe/:token', askToUnsubscribe);
  const notGuessed = refuseGuessing(options.attempts);
  app.post('/unsubscribe/:token', notGuessed, endDigests(options.unsubscribe));
  app.get('/calendars/:file', notGuessed, serveCalendarFeeds(options.readFeed));
  app.use('/session', sessionRoutes(options));
  app.use(consoleRoutes());
  app.use(authenticate(options.signIn, options.browsers));
  app.use(inTurn(options.door.refusals));
  if (isTracing()) app.use(continueTrace);
  app.post('/imports', takeImport(options.imports));
  app.get('/imports/:id/annotated', serveAnnotated({ ...options, streams }));
  app.get('/exports/briefs/:file', serveBriefs(options.briefExports));
  app.get('/exports/:file', serveExports({ ...options, streams }));
  const body = [bodyInTime, express.json({ limit: LARGEST_BODY }), onlyJson];
  app.post('/graphql/stream', body, serveEventStreams(options.door, streams));
  app.all('/graphql/stream', onlyPost('Send a subscription by POST, with accept: text/event-stream.'));
  app.post(
    '/graphql',
    body,
    compressForPages,
    inPlace(options.door.inFlight),
    options.known?.handler() ?? [],
    expressMiddleware(options.apollo, {
      context: ({ res }) => Promise.resolve(res.locals['context'] as RequestContext),
    }),
  );
  app.all(
    '/graphql',
    onlyPost('Send operations by POST, subscriptions by WebSocket here or by POST to /graphql/stream.'),
  );
  app.use((_request, response) => {
    response
      .status(404)
      .json(errorBody('NOT_FOUND', 'There is nothing here: the API is at /graphql, its explorer at /graphiql.'));
  });
  app.use(lastResort(options.log));

  const http = createServer(app);
  let sockets: { dispose(): Promise<void> } | null = null;
  // Not before: a WebSocket server takes errors of listening for its own, and would tell them in its own words.
  http.once('listening', () => {
    sockets = serveWebSockets({ ...options, http, streams });
  });
  return {
    http,
    drain: () => {
      draining = true;
      const ending = setInterval(() => {
        http.closeIdleConnections();
      }, END_IDLE_EVERY_MS);
      return new Promise((resolve) => {
        http.close(() => {
          clearInterval(ending);
          resolve();
        });
      });
    },
    dispose: async () => {
      clearInterval(checking);
      streams.dispose();
      await sockets?.dispose();
    },
  };
}

/** What a caller's own trace began goes on here. */
function continueTrace(request: Request, _response: Response, next: NextFunction): void {
  continuing(request.get('traceparent') ?? null, next);
}

function readiness(options: HttpOptions): RequestHandler {
  return async (_request, response) => {
    const reason = await options.notReady();
    response
      .status(reason === null ? 200 : 503)
      .json(reason === null ? { status: 'ready' } : { status: 'not ready', reason });
  };
}

/** The explorer, a page without data: everything it needs is in the page itself, nothing comes from elsewhere. */
function graphiql(): RequestHandler {
  let page: string | undefined;
  return (_request, response) => {
    page ??= renderGraphiQL({
      title: 'Concord GraphiQL',
      endpoint: '/graphql',
      subscriptionsProtocol: 'WS',
      headers: JSON.stringify({ Authorization: 'Bearer <your key>' }),
      defaultQuery:
        '# Put your key into the Headers tab below, then run:\n{\n  viewer { label role actor { name } }\n}\n',
    });
    response.type('html').send(page);
  };
}

/** Express would print request bodies of failed parses to stderr: this answers instead, and logs only faults. */
function lastResort(log: Log) {
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    // Express would tell it to stderr. Whoever asked for it is gone, or has a broken answer and must see that it is one.
    if (response.headersSent) {
      log.info({ requestId: String(response.locals['requestId']), reason: messageOf(error) }, 'an answer broke off');
      response.destroy();
      return;
    }
    if (tellMistakes(error, response)) return;
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500) {
      const body =
        status === 413
          ? errorBody(
              'LIMIT_EXCEEDED',
              `An operation may have at most ${LARGEST_BODY}, unpacked: send files to /imports, and many changes one by one.`,
            )
          : errorBody('BAD_REQUEST', 'The body is not readable JSON.');
      response.status(status).json(body);
      return;
    }
    const requestId = String(response.locals['requestId']);
    if (isDatabaseAway(error)) {
      log.warn({ requestId, reason: messageOf(error) }, 'no database for a request');
      response.setHeader('retry-after', BACK_IN_S);
      response.status(503).json(errorBody('UNAVAILABLE', AWAY));
      return;
    }
    log.error({ requestId, err: error }, 'a request failed');
    response
      .status(500)
      .json(errorBody('INTERNAL', `Something went wrong on our side. Please report request ${requestId}.`));
  };
}
