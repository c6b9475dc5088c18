import { withBackend } from 'bullmq';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { forgetLostConnections } from '../../platform/database/lost-connections.ts';
import { startProxy } from '../../faults/hub/proxy.ts';
import { cutSilentConnections } from '../../platform/database/silent-connections.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { postgresBackend, prepareSchema } from '../../platform/queue/postgres-backend.ts';
import { testDatabase } from '../support/database.ts';

test('a connection lost in the middle of a transaction makes room for another', async () => {
  const { adminUrl } = inject('cluster');
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1 });
  forgetLostConnections(pool);
  pool.on('error', () => undefined);
  const held = await pool.connect();
  held.on('error', () => undefined);
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
  await withClient(adminUrl, (client) => client.query('select pg_terminate_backend($1)', [rows[0]?.pid]));
  const next = await pool.query('select 1 as one');
  expect(next.rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test('a connection that falls silent under a statement is cut, and makes room for another', async () => {
  const { adminUrl } = inject('cluster');
  const proxy = await startProxy(Number(new URL(adminUrl).port));
  const url = new URL(adminUrl);
  url.port = String(proxy.port);
  const pool = new pg.Pool({ connectionString: url.href, max: 1 });
  forgetLostConnections(pool);
  cutSilentConnections(pool, 200);
  pool.on('error', () => undefined);
  await pool.query('select 1');
  proxy.stall(0);
  await expect(pool.query('select 2')).rejects.toThrow('PostgreSQL has been silent for 200 ms');
  expect((await pool.query('select 3 as three')).rows).toEqual([{ three: 3 }]);
  await pool.end();
  await proxy.close();
});

test("a queue's connection that falls silent under a statement is cut, and the queue goes on", async () => {
  const database = await testDatabase();
  await prepareSchema(database.workerUrl, 'queue');
  const proxy = await startProxy(Number(new URL(database.workerUrl).port));
  const url = new URL(database.workerUrl);
  url.port = String(proxy.port);
  const { Queue } = withBackend(postgresBackend('queue', 200));
  const queue = new Queue('silence', { connection: url.href, prefix: 'queue' });
  queue.on('error', () => undefined);
  await queue.add('kept', {});
  // As many at once as the pool has connections: none is still being opened.
  await Promise.all([queue.getWaitingCount(), queue.getWaitingCount()]);
  const { connections } = proxy;
  for (let index = 0; index < connections; index += 1) proxy.stall(index);
  await expect(queue.getWaitingCount()).rejects.toThrow('PostgreSQL has been silent for 200 ms');
  // Another connection of the pool may have fallen silent too.
  const again = (): Promise<number> => queue.getWaitingCount().catch(again);
  expect(await again()).toBe(1);
  await proxy.close();
  await queue.close();
  await database.drop();
});
