import type { Socket } from 'node:net';
import type pg from 'pg';
import { silentFor } from './away.ts';

/** What node-postgres knows of a client beyond its published types. */
interface Wired {
  /** False while a statement is under way. */
  readonly readyForQuery: boolean;
  readonly connection: { readonly stream: Socket };
}

/**
 * Makes a pool cut connections on which a statement is under way and nothing has come or gone for so long. node-postgres' own
 * `query_timeout` tells the caller and keeps the connection: whatever is sent on it next, a rollback first, waits as long again,
 * and its place in the pool is lost.
 * @param limitMs longer than any statement may take, so that only a silent line meets it
 */
export function cutSilentConnections(pool: pg.Pool, limitMs: number): void {
  pool.on('connect', (client) => {
    const wired = client as unknown as Wired;
    const { stream } = wired.connection;
    stream.setTimeout(limitMs, () => {
      if (!wired.readyForQuery) stream.destroy(new Error(silentFor(limitMs)));
    });
  });
}

/** How long nothing may come or go on a connection whose statements take longer than those of others. */
export function allowSilence(client: pg.PoolClient, limitMs: number): { restore(): void } {
  const { stream } = (client as unknown as Wired).connection;
  const usual = stream.timeout ?? 0;
  stream.setTimeout(limitMs);
  return { restore: () => void stream.setTimeout(usual) };
}
