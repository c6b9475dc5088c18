import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;
/** A connection that died without a word (a cut cable, a stalled proxy) is noticed after at most this plus the answer limit. */
const PROBE_EVERY_MS = 5_000;
const ANSWER_LIMIT_MS = 3_000;

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  onNotification(payload: string): void;
  /** Called after each successful LISTEN; `resumed` is true when notifications may have been missed since the last one. */
  onListening?(resumed: boolean): void;
  /** Called when the connection was lost or could not be made; the next attempt follows by itself. */
  onLost?(cause: unknown): void;
}

export interface Listening {
  /** Resolves once notifications sent from now on arrive. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps one connection that LISTENs on one channel, for as long as the caller wants: lost, it is made again with a pause
 * that doubles from 0.1 s to 2 s. PostgreSQL keeps nothing for an absent listener, hence `resumed`.
 */
export function listen(options: ListenOptions): Listening {
  const stop = new AbortController();
  const first = Promise.withResolvers<undefined>();
  const loop = keepListening(options, stop.signal, () => {
    first.resolve(undefined);
  });
  return {
    ready: first.promise,
    close: async () => {
      stop.abort();
      await loop;
    },
  };
}

async function keepListening(options: ListenOptions, stop: AbortSignal, onFirst: () => void): Promise<void> {
  let resumed = false;
  let retryMs = FIRST_RETRY_MS;
  while (!stop.aborted) {
    try {
      await listenOnce(options, stop, () => {
        retryMs = FIRST_RETRY_MS;
        onFirst();
        options.onListening?.(resumed);
        resumed = true;
      });
    } catch (error) {
      options.onLost?.(error);
    }
    if (stop.aborted) return;
    await delay(retryMs, undefined, { signal: stop }).catch(() => undefined);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
}

/** Resolves when asked to stop, rejects when the connection is lost. */
async function listenOnce(options: ListenOptions, stop: AbortSignal, onListening: () => void): Promise<void> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName,
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_LIMIT_MS,
    query_timeout: ANSWER_LIMIT_MS,
  });
  const over = Promise.withResolvers<undefined>();
  // Losing the connection during connect() rejects both promises; the second must not count as unhandled.
  over.promise.catch(() => undefined);
  client.on('error', over.reject);
  client.on('end', () => {
    over.reject(new Error('The server closed the connection.'));
  });
  client.on('notification', (message) => {
    options.onNotification(message.payload ?? '');
  });
  const finish = (): void => {
    over.resolve(undefined);
  };
  stop.addEventListener('abort', finish, { once: true });
  const probe = setInterval(() => void client.query('select 1').catch(over.reject), PROBE_EVERY_MS);
  probe.unref();
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(options.channel)}`);
    onListening();
    await over.promise;
  } finally {
    clearInterval(probe);
    stop.removeEventListener('abort', finish);
    await endWithin(client, 1_000);
  }
}

/** Says good-bye, but does not wait for an answer from a server that may no longer be there. */
async function endWithin(client: pg.Client, limitMs: number): Promise<void> {
  const patience = new AbortController();
  await Promise.race([
    client.end().catch(() => undefined),
    delay(limitMs, undefined, { signal: patience.signal, ref: false }).catch(() => undefined),
  ]);
  patience.abort();
}
