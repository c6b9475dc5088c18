import type { Server } from 'node:http';
import { type FormattedExecutionResult, type GraphQLFormattedError, GraphQLError } from 'graphql';
import type { Response as SseResponse } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/express';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { RequestHandler, Response } from 'express';
import { WebSocketServer } from 'ws';
import type { Log } from '../../platform/log.ts';
import type { RequestContext } from '../../schema/context.ts';
import { type BrowserAccess, credentialsOfConnection } from '../auth/credentials.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { CONNECTIONS_OF_KEY, OpenOfKey } from '../limits/open-of-key.ts';
import { type Admitted, type Door, admit, retryAfterOf } from './admit.ts';
import { errorBody, presentable } from './errors.ts';
import type { OpenStream, OpenStreams } from './open-streams.ts';
import { carry, endUnavailable, type Line } from './sockets.ts';

export interface WebSocketOptions {
  readonly http: Server;
  readonly door: Door;
  readonly streams: OpenStreams;
  readonly signIn: SignIn;
  readonly browsers: BrowserAccess;
  readonly newRequestId: () => string;
  readonly log: Log;
}

/** What is open on one WebSocket. */
interface Connection extends OpenStream {
  /** What is to be told of each operation under way, by its id. */
  readonly operations: Map<string, Extract<Admitted, { kind: 'admitted' }>>;
}

/** Numbers from 4400 to 4599 are as those of HTTP. */
const TOO_MANY = 4429;

/** Whether a WebSocket was ended for what came on it: bytes that are no text, a frame too large, or a mistake in the protocol. */
const isRefusal = (code: number): boolean => code === 1007 || code === 1009 || (code >= 4400 && code < 4500);

/**
 * Subscriptions over graphql-transport-ws on `/graphql`; the credentials come in the connection parameters or the upgrade's
 * headers. A connection lives as long as its sign-in is good; each operation on it looks again, as each request would.
 */
export function serveWebSockets(options: WebSocketOptions): { dispose(): Promise<void> } {
  const { http, door, streams, signIn, browsers, newRequestId, log } = options;
  const sockets = new WebSocketServer({ server: http, path: '/graphql', maxPayload: 100_000, handleProtocols });
  const connections = new WeakMap<object, Connection>();
  const ofKeys = new OpenOfKey(CONNECTIONS_OF_KEY);
  const server = makeServer<Record<string, unknown>, Line>({
    schema: door.schema,
    onConnect: async ({ connectionParams, extra }) => {
      const { socket, request } = extra;
      const credentials = credentialsOfConnection(connectionParams ?? {}, request, browsers);
      const answer = await signIn(credentials, newRequestId(), request.socket.remoteAddress ?? '');
      if (answer.kind === 'unavailable') endUnavailable(socket);
      if (answer.kind !== 'signed-in') return false;
      const { context } = answer;
      const { keyId } = context.viewer;
      if (!(await door.refusals.turn(keyId))) {
        socket.close(TOO_MANY, 'Too many requests were refused');
        return false;
      }
      socket.once('close', (code) => {
        if (isRefusal(code)) door.refusals.note(keyId);
      });
      const left = ofKeys.enter(keyId);
      if (!left) {
        socket.close(TOO_MANY, `At most ${String(CONNECTIONS_OF_KEY)} connections of a key`);
        return false;
      }
      const end: OpenStream['end'] = (why) => {
        if (why === 'unavailable') endUnavailable(socket);
        else socket.close(CloseCode.Forbidden, 'Forbidden');
      };
      const connection: Connection = { context, end, operations: new Map() };
      connections.set(extra, connection);
      const forget = streams.add(connection);
      socket.once('close', () => {
        left();
        forget();
        for (const { ended } of connection.operations.values()) ended();
      });
      return true;
    },
    onSubscribe: async ({ extra }, id, payload) => {
      const connection = connections.get(extra);
      // For the library alone, so that it runs nothing: the socket is closed already.
      if (!connection || !(await streams.check(connection))) return [new GraphQLError('Forbidden')];
      const { keyId } = connection.context.viewer;
      if (!(await door.refusals.turn(keyId))) {
        extra.socket.close(TOO_MANY, 'Too many requests were refused');
        return [new GraphQLError('Too many requests were refused')];
      }
      const admitted = admit(door, payload, { ...connection.context, cameAt: performance.now() });
      if (admitted.kind === 'refused') {
        door.refusals.note(keyId);
        return admitted.errors.map(presentable);
      }
      connection.operations.set(id, admitted);
      return admitted.args;
    },
    onOperation: ({ extra }, id) => connections.get(extra)?.operations.get(id)?.answered(),
    onNext: (_context, _id, _payload, _args, { errors, ...result }) =>
      errors && ({ ...result, errors: shown(errors) } as FormattedExecutionResult),
    onError: (_context, _id, _payload, errors) => shown(errors),
    onComplete: ({ extra }, id) => {
      const operations = connections.get(extra)?.operations;
      operations?.get(id)?.ended();
      operations?.delete(id);
    },
  });
  return carry(server, sockets, log);
}

interface Locals {
  readonly context: RequestContext;
  /** Once it is known. */
  admitted?: Extract<Admitted, { kind: 'admitted' }>;
}

const localsOf = (response: Response): Locals => response.locals as unknown as Locals;

const EVENTS = 'text/event-stream';

/** Subscriptions as server-sent events on `/graphql/stream`; sign-in has happened before this handler. */
export function serveEventStreams(door: Door, streams: OpenStreams): RequestHandler {
  const handle = createHandler<Record<string, unknown>>({
    schema: door.schema,
    onSubscribe: ({ context: { res } }, presented) => {
      const locals = localsOf(res);
      const admitted = admit(door, presented, locals.context);
      if (admitted.kind === 'refused') return refusal(admitted);
      locals.admitted = admitted;
      res.once('close', admitted.ended);
      return { ...admitted.args, contextValue: locals.context as unknown as Record<string, unknown> };
    },
    onOperation: (_context, { context: { res } }) => localsOf(res).admitted?.answered(),
    onNext: (_context, _request, result) =>
      result.errors && ({ ...result, errors: result.errors.map(presentable) } as typeof result),
  });
  return (request, response, next) => {
    if (request.accepts(EVENTS) === false) {
      response.status(406).json(errorBody('BAD_REQUEST', `Subscriptions are answered by events: accept: ${EVENTS}.`));
      return;
    }
    // The library takes anything but exactly this for a client of its other protocol, in which streams are opened before.
    request.headers.accept = EVENTS;
    const { context } = localsOf(response);
    const stream = { context, end: () => response.end() };
    response.once('close', streams.add(stream));
    // Once more: what changed between the sign-in and now told nobody to look.
    streams
      .check(stream)
      .then((isEntitled) => (isEntitled ? handle(request, response) : undefined))
      .catch(next);
  };
}

function refusal({ errors, status }: Extract<Admitted, { kind: 'refused' }>): SseResponse {
  const retryAfterS = retryAfterOf(errors);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfterS !== null && { 'retry-after': String(retryAfterS) }),
  };
  return [JSON.stringify({ errors: shown(errors) }), { status, statusText: '', headers }];
}

/** The errors of a result as they may leave. */
const shown = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
  errors.map((error) => presentable(error).toJSON());
