import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A WebSocket to the API, open, on which nothing has been said. */
export async function openSocket(
  url: string,
  protocols: string | string[] = 'graphql-transport-ws',
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocols);
  await once(socket, 'open');
  return socket;
}

/** Presents credentials; resolves when they are accepted. */
export async function signIn(socket: WebSocket, headers: Readonly<Record<string, string>>): Promise<void> {
  socket.send(JSON.stringify({ type: 'connection_init', payload: headers }));
  await once(socket, 'message');
}

/** Sends one message, and resolves with how the server closes the socket because of it. */
export async function closedAfter(socket: WebSocket, message: string): Promise<[code: number, reason: string]> {
  const closing = once(socket, 'close') as Promise<[number, Buffer]>;
  socket.send(message);
  const [code, reason] = await closing;
  return [code, reason.toString()];
}
