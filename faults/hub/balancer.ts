import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What stands before several servers: hands each request to one of them, and once more to the other when that one does not answer. */
export interface Balancer {
  readonly url: string;
  /** Requests that needed their second try. */
  readonly retried: number;
  close(): Promise<void>;
}

export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
  let next = 0;
  let retried = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const first = next;
    next += 1;
    const answer =
      (await forward(targets[first % targets.length], request, body)) ??
      ((retried += 1), await forward(targets[(first + 1) % targets.length], request, body));
    if (answer === null)
      response.writeHead(502, { 'content-type': 'application/json' }).end('{"errors":[{"message":"no server"}]}');
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    get retried() {
      return retried;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Null where no whole answer comes, or one that says to go elsewhere. */
async function forward(
  target: string | undefined,
  { url = '/', headers, method = 'GET' }: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; body: string } | null> {
  try {
    const response = await fetch(`${target ?? ''}${url}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: headers.authorization ?? '' },
      ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
    });
    const text = await response.text();
    return response.status === 503 ? null : { status: response.status, body: text };
  } catch {
    return null;
  }
}
