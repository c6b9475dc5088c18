import type { Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { useServer } from 'graphql-ws/use/ws';
import type { RequestHandler, Response } from 'express';
import { WebSocketServer } from 'ws';
import type { RequestContext } from '../../schema/context.ts';
import { bearerIn } from '../auth/bearer.ts';

/** Makes the context of one stream from a bearer token; null refuses it. */
export type SignIn = (token: string | null) => Promise<RequestContext | null>;

/** Subscriptions over graphql-transport-ws on `/graphql`; the key comes in the connection parameters or the upgrade's header. */
export function serveWebSockets(http: Server, schema: GraphQLSchema, signIn: SignIn): { dispose(): Promise<void> } {
  const sockets = new WebSocketServer({ server: http, path: '/graphql', maxPayload: 100_000 });
  const contexts = new WeakMap<object, RequestContext>();
  const server = useServer<Record<string, unknown>>(
    {
      schema,
      onConnect: async ({ connectionParams, extra }) => {
        const request = (extra as { request: { headers: Record<string, unknown> } }).request;
        const parameters = connectionParams ?? {};
        const token = bearerIn(
          parameters['Authorization'] ?? parameters['authorization'] ?? request.headers['authorization'],
        );
        const context = await signIn(token);
        if (context) contexts.set(extra as object, context);
        return context !== null;
      },
      context: ({ extra }) => contexts.get(extra as object),
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
export function eventStreams(schema: GraphQLSchema): { readonly handler: RequestHandler; dispose(): void } {
  const handle = createHandler({
    schema,
    context: (request) =>
      (request.context.res.locals as { context: RequestContext }).context as unknown as Record<string, unknown>,
  });
  const open = new Set<Response>();
  return {
    handler: (request, response, next) => {
      open.add(response);
      response.once('close', () => open.delete(response));
      handle(request, response).catch(next);
    },
    // A stream that nobody ends would keep the server from closing.
    dispose: () => {
      for (const response of open) response.end();
    },
  };
}
