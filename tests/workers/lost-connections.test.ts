import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { forgetLostConnections } from '../../platform/database/lost-connections.ts';
import { startProxy } from '../../faults/hub/proxy.ts';
import { cutSilentConnections } from '../../platform/database/silent-connections.ts';
import { withClient } from '../../platform/database/with-client.ts';

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
