import type { Calls } from './calls.ts';
import { ConcordProtocolError, ConcordTransportError } from './errors.ts';
import { dataIn, type Operation, post } from './transport.ts';

/** The hub sends a sign of life every 12 s: after so long without one the line is dead, whatever TCP believes. */
const SILENCE_MS = 40_000;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** An open subscription. */
export interface EventStream {
  /** The data of each event, until the hub ends it. @throws {ConcordTransportError} when the line breaks */
  readonly events: AsyncGenerator<unknown, void, undefined>;
  /** Ends it. */
  close(): void;
}

/** Subscribes by server-sent events; resolves once the hub listens. @throws {ConcordTransportError}, {ConcordProtocolError} */
export async function openEventStream(calls: Calls, operation: Operation, signal?: AbortSignal): Promise<EventStream> {
  const { settings, surroundings } = calls;
  const line = new AbortController();
  const ends = signal ? AbortSignal.any([signal, line.signal]) : line.signal;
  const impatience = setTimeout(() => {
    line.abort();
  }, settings.timeoutMs);
  try {
    const response = await post(surroundings, settings, '/graphql/stream', operation, {
      accept: 'text/event-stream',
      signal: ends,
    });
    if (response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      dataIn(await response.text());
      throw new ConcordProtocolError('The hub answered a subscription with something else than a stream of events.');
    }
    const close = (): void => {
      line.abort();
    };
    return { events: eventsIn(response.body.getReader(), settings.url, signal), close };
  } catch (error) {
    signal?.throwIfAborted();
    throw asTransportError(error, settings.url);
  } finally {
    clearTimeout(impatience);
  }
}

async function* eventsIn(
  reader: Reader,
  url: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader);
      if (done) return;
      const messages = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        const [, kind, body] = /^event: (next|complete)(?:\ndata: (.*))?$/m.exec(message) ?? [];
        if (kind === 'complete') return;
        if (kind === 'next' && body !== undefined) yield dataIn(body);
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw asTransportError(error, url);
  } finally {
    // Whatever it was reading is of no use to anybody any more.
    await reader.cancel().catch(() => undefined);
  }
}

async function withinSilence(reader: Reader): ReturnType<Reader['read']> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not a sign of life for ${String(SILENCE_MS)} ms`));
    }, SILENCE_MS);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

function asTransportError(error: unknown, url: string): Error {
  if (error instanceof ConcordTransportError || error instanceof ConcordProtocolError) return error;
  return new ConcordTransportError(`The stream of events from the hub at ${url} broke.`, { cause: error });
}
