import type { Server } from 'node:http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { CloseCode } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import type { RequestHandler } from 'express';
import { WebSocketServer } from 'ws';
import type { RequestContext } from '../../schema/context.ts';
import { type BrowserAccess, credentialsOfConnection } from '../auth/credentials.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { OpenStream, OpenStreams } from './open-streams.ts';

export interface WebSocketOptions {
  readonly http: Server;
  readonly schema: GraphQLSchema;
  readonly streams: OpenStreams;
  readonly signIn: SignIn;
  readonly browsers: BrowserAccess;
  readonly newRequestId: () => string;
}

/**
 * Subscriptions over graphql-transport-ws on `/graphql`; the credentials come in the connection parameters or the upgrade's
 * headers. A connection lives as long as its sign-in is good; each operation on it looks again, as each request would.
 */
export function serveWebSockets(options: WebSocketOptions): { dispose(): Promise<void> } {
  const { http, schema, streams, signIn, browsers, newRequestId } = options;
  const sockets = new WebSocketServer({ server: http, path: '/graphql', maxPayload: 100_000 });
  const connections = new WeakMap<object, OpenStream>();
  const server = useServer<Record<string, unknown>, Partial<Extra>>(
    {
      schema,
      onConnect: async ({ connectionParams, extra }) => {
        const credentials = credentialsOfConnection(connectionParams ?? {}, extra.request, browsers);
        const answer = await signIn(credentials, newRequestId());
        if (answer.kind !== 'signed-in') return false;
        const { socket } = extra;
        const connection = { context: answer.context, end: () => socket.close(CloseCode.Forbidden, 'Forbidden') };
        connections.set(extra, connection);
        socket.once('close', streams.add(connection));
        return true;
      },
      onSubscribe: async ({ extra }) => {
        const connection = connections.get(extra);
        if (connection && (await streams.check(connection))) return;
        // For the library alone, so that it runs nothing: the socket is closed already.
        return [new GraphQLError('Forbidden')];
      },
      context: ({ extra }) => connections.get(extra)?.context,
    },
    sockets,
  );
  return {
    dispose: async () => {
      await server.dispose();
      await new Promise<void>((resolve) => {
        sockets.close(() => {
          resolve();
        });
      });
    },
  };
}

/** Subscriptions as server-sent events on `/graphql/stream`; sign-in has happened before this handler. */
export function serveEventStreams(schema: GraphQLSchema, streams: OpenStreams): RequestHandler {
  const handle = createHandler({
    schema,
    context: (request) =>
      (request.context.res.locals as { context: RequestContext }).context as unknown as Record<string, unknown>,
  });
  return (request, response, next) => {
    const { context } = response.locals as { context: RequestContext };
    const stream = { context, end: () => response.end() };
    response.once('close', streams.add(stream));
    // Once more: what changed between the sign-in and now told nobody to look.
    streams
      .check(stream)
      .then((isEntitled) => (isEntitled ? handle(request, response) : undefined))
      .catch(next);
  };
}
