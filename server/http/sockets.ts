import type { IncomingMessage } from 'node:http';
import { CloseCode, MessageType, type Server, stringifyMessage } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { isDatabaseAway } from '../../platform/database/away.ts';
import type { Log } from '../../platform/log.ts';
import { codeOf, messageOf } from '../../platform/plain-error.ts';

/** One WebSocket, and the request it began as. */
export interface Line {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
}

/** Codes from 4400 on are as those of HTTP. Unlike 4500, clients of the protocol come back after this one. */
const UNAVAILABLE = 4503;
/** Of WebSockets themselves. */
const GOING_AWAY = 1001;
/** Whoever has not answered a ping when the next is due is gone. */
const PING_EVERY_MS = 12_000;

/** Ends a WebSocket that nobody may be let in to right now, so that its client comes back. */
export function endUnavailable(socket: WebSocket): void {
  socket.close(UNAVAILABLE, 'Service unavailable, try again');
}

/**
 * Carries the protocol over WebSockets. As the library's own `useServer` does, but for what goes wrong: that prints errors with all
 * they hold to stderr, and outside of production tells them to the client too. Here they go to the log, and nobody is told more than a fixed reason.
 */
export function carry(server: Server<Line>, sockets: WebSocketServer, log: Log): { dispose(): Promise<void> } {
  sockets.on('error', (error) => {
    log.error({ err: error }, 'the server of WebSockets failed');
  });
  sockets.on('connection', (socket, request) => {
    // An oversize frame, bytes that are no text, a line that is cut: theirs, and the socket closes by itself.
    socket.on('error', (error) => {
      log.info({ code: codeOf(error), reason: messageOf(error) }, 'a WebSocket broke off');
    });
    const failed = (error: unknown): void => {
      if (isDatabaseAway(error)) {
        log.warn({ reason: messageOf(error) }, 'no database for a WebSocket');
        endUnavailable(socket);
      } else {
        log.error({ err: error }, 'a WebSocket failed');
        socket.close(CloseCode.InternalServerError, 'Internal server error');
      }
    };
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendUnlessClosed(socket, text),
        close: (code, reason) => {
          socket.close(code, reason);
        },
        onPing: (payload) => {
          const pong = pongOf(payload);
          if (pong !== null) return sendUnlessClosed(socket, pong);
          socket.close(CloseCode.BadRequest, 'Invalid message received');
          return undefined;
        },
        onMessage: (take) => {
          socket.on('message', (message: Buffer) => void take(message.toString()).catch(failed));
        },
      },
      { socket, request },
    );
    const stopPinging = keepAlive(socket);
    socket.once('close', (code, reason) => {
      stopPinging();
      closed(code, reason.toString()).catch(failed);
    });
  });
  return {
    dispose: async () => {
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
      await new Promise<void>((resolve) => {
        sockets.close(() => {
          resolve();
        });
      });
    },
  };
}

/** The answer to a ping; null when what came with it is nested so deeply that it can be read, but not written. */
function pongOf(payload: Record<string, unknown> | undefined): string | null {
  try {
    return stringifyMessage<MessageType.Pong>({ type: MessageType.Pong, ...(payload && { payload }) });
  } catch {
    return null;
  }
}

/** Resolves when it is sent, or cannot be any more: that the socket breaks off is told by its own events. */
function sendUnlessClosed(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => {
    socket.send(text, () => {
      resolve();
    });
  });
}

function keepAlive(socket: WebSocket): () => void {
  let isThere = true;
  socket.on('pong', () => {
    isThere = true;
  });
  const pinging = setInterval(() => {
    if (!isThere) socket.terminate();
    else if (socket.readyState === socket.OPEN) {
      isThere = false;
      socket.ping();
    }
  }, PING_EVERY_MS);
  return () => {
    clearInterval(pinging);
  };
}
