import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client } from './hub.ts';

interface Payload {
  readonly data?: unknown;
  readonly errors?: unknown;
}

/** An open subscription. */
export interface Stream<T> {
  /** The data of the next event; fails the test when it is an error or when the stream has ended. */
  next(): Promise<T>;
  /** Resolves when the server has ended it, with the code by which it closed a WebSocket. */
  ended(): Promise<number | null>;
  close(): Promise<void>;
}

/** Subscribes over graphql-transport-ws; resolves once the server listens for events. */
export async function subscribeByWebSocket<T>(
  url: string,
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Stream<T>> {
  const { cookie, origin, ...presented } = client.headers;
  // What a browser sends by itself when it opens a socket; a page can add nothing to it.
  const byBrowser = { ...(cookie && { cookie }), ...(origin && { origin }) };
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers: byBrowser });
      }
    },
    connectionParams: presented,
    retryAttempts: 0,
    lazy: false,
    // Whoever waits for the next event is told; the library would print it too.
    onNonLazyError: () => undefined,
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('closed', (event) => {
      resolve((event as { code: number }).code);
    });
  });
  const events = socket.iterate<Record<string, unknown>>({ query, variables });
  const first = events.next();
  // It may be refused before anybody waits for it; whoever does is told.
  first.catch(() => undefined);
  // Operations of a socket are taken in the order in which they were sent: once this one has read from the database, the
  // subscription, which reads nothing before it listens, is open.
  await socket.iterate({ query: '{ viewer { label } }' }).next();
  let pending: typeof first | null = first;
  return {
    next: async () => {
      const event = await (pending ?? events.next());
      pending = null;
      return dataOf<T>(event.done === true ? undefined : event.value);
    },
    ended: async () => {
      // What the library says of it to whoever waits for the next event.
      (pending ?? events.next()).catch(() => undefined);
      return closed;
    },
    close: async () => {
      await socket.dispose();
    },
  };
}

/** Subscribes by server-sent events; resolves once the server listens, which is before it answers with headers. */
export async function subscribeByEvents<T>(
  url: string,
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Stream<T>> {
  const abort = new AbortController();
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...client.headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: abort.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`no stream: ${String(response.status)}`);
  const events = nextEvents(response.body.pipeThrough(new TextDecoderStream()));
  return {
    next: async () => {
      const event = await events.next();
      return dataOf<T>(event.done === true ? undefined : event.value);
    },
    ended: async () => {
      for await (const event of events) throw new Error(`an event instead of the end: ${JSON.stringify(event)}`);
      return null;
    },
    close: () => {
      abort.abort();
      return Promise.resolve();
    },
  };
}

/** The payloads of `event: next` messages. */
async function* nextEvents(chunks: AsyncIterable<string>): AsyncGenerator<Payload> {
  let rest = '';
  for await (const chunk of chunks) {
    const messages = (rest + chunk).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^event: next\ndata: (.*)$/m.exec(message)?.[1];
      if (data !== undefined) yield JSON.parse(data) as Payload;
    }
  }
}

function dataOf<T>(result: Payload | undefined): T {
  if (result === undefined) throw new Error('the stream has ended');
  if (result.errors) throw new Error(JSON.stringify(result.errors));
  return result.data as T;
}
