import type pg from 'pg';

/** Time for whoever holds a connection to notice and return it himself. */
const GRACE_MS = 1_000;

/**
 * Makes a pool forget connections that were lost while somebody held them. Kysely returns the connection of a transaction only
 * after a successful commit or rollback, and on a lost one neither succeeds: each restart of PostgreSQL would cost the pool
 * every place that was in a transaction, until nobody gets one any more.
 */
export function forgetLostConnections(pool: pg.Pool): void {
  const held = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      setTimeout(() => {
        if (held.has(client)) client.release(true);
      }, GRACE_MS).unref();
    });
  });
}
