import { withClient } from '../../platform/database/with-client.ts';
import type { Logins } from '../../platform/database/logins.ts';
import { redisIsInstalled, startRedis } from '../../tests/workers/redis.ts';
import { newLedger, Writer } from '../crash/writer.ts';
import { type FaultHub, openFaultHub } from '../hub/hub.ts';
import { drawing } from '../hub/random.ts';
import { settle } from '../hub/settled.ts';
import type { Finding, Run } from '../promise.ts';
import { differencesOf, type Made, readMade } from './compare.ts';

const WRITERS = 8;
const WITHIN_MS = 300_000;
const PROMISE = {
  id: 'R8',
  command: 'queue:compare',
  demanded: 'the same events on PostgreSQL and on Redis: equal tables',
};

/** R8: which backend carries the jobs makes no difference to what becomes of the events. */
export async function queueCompare({ seed, smoke, say }: Run): Promise<Finding> {
  if (!redisIsInstalled) return { ...PROMISE, measured: 'redis-server is not installed here', seed, kept: null };
  const mutations = smoke ? 120 : 1_000;
  const hub = await openFaultHub();
  const redis = await startRedis();
  try {
    const events = await writeUnmatched(hub, mutations, seed);
    say(`${String(events)} events of ${String(mutations)} mutations wait`);
    const onPostgres = await workedOff(hub, 'on_postgres', undefined);
    const onRedis = await workedOff(hub, 'on_redis', redis.url);
    const differences = differencesOf(onPostgres, onRedis);
    for (const difference of differences.slice(0, 10)) say(difference.slice(0, 1_000));
    const rows = onPostgres.map(({ table, lines }) => `${String(lines.length)} ${table}`).join(', ');
    const isSomething = onPostgres.every(({ lines }) => lines.length > 0);
    return {
      ...PROMISE,
      measured: `${String(events)} events; ${rows}: ${String(differences.length)} differences`,
      seed,
      kept: differences.length === 0 && isSomething,
    };
  } finally {
    await redis.stop();
    await hub.close();
  }
}

/** Writes through a server while nobody works; resolves with how many events wait. */
async function writeUnmatched(hub: FaultHub, mutations: number, seed: number): Promise<number> {
  const parties = await hub.parties(WRITERS);
  const server = await hub.startServer();
  const ledger = newLedger();
  await Promise.all(
    parties.map(async (party, at) => {
      const writer = new Writer(
        party,
        server.url,
        `Example ${String(at)}`,
        drawing(`${String(seed)} ${String(at)}`),
        ledger,
      );
      for (let number = 0; number < mutations / WRITERS; number += 1) await writer.writeOne();
    }),
  );
  // Copies can only be made of a database that nobody uses.
  await server.close();
  return withClient(hub.cluster.adminUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from app.outbox_event');
    return rows[0]?.count ?? 0;
  });
}

/** A copy of the database with all that waits, worked off by a worker of its own on one backend. */
async function workedOff(hub: FaultHub, name: string, redisUrl: string | undefined): Promise<Made[]> {
  const on = (url: string, database = name): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  await withClient(on(hub.cluster.adminUrl, 'postgres'), (client) =>
    client.query(`create database ${name} template concord`),
  );
  const { appUrl, workerUrl, migratorUrl } = hub.logins;
  const logins: Logins = { appUrl: on(appUrl), workerUrl: on(workerUrl), migratorUrl: on(migratorUrl) };
  const worker = hub.startWorker({ logins, env: redisUrl === undefined ? {} : { REDIS_URL: redisUrl } });
  try {
    const left = await settle({ logins }, WITHIN_MS, redisUrl);
    if (left) throw new Error(`not worked off ${name}: ${JSON.stringify(left)}`);
    return await withClient(on(hub.cluster.adminUrl), readMade);
  } finally {
    await worker.close();
  }
}
