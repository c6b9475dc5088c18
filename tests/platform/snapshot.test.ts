import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmbeddedDatabase, startEmbedded } from '../../platform/database/embedded.ts';
import { SnapshotReader } from '../../platform/database/snapshot.ts';
import { createLog } from '../../platform/log.ts';

let folder: string;
let database: EmbeddedDatabase;
let pool: pg.Pool;
let reader: SnapshotReader;
let leaving: AbortController;
const context = { 'app.role': 'viewer', 'app.actor_id': 'act_1' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-snapshot-'));
  database = await startEmbedded({ folder, log: createLog('warn'), durable: false });
  // One for the snapshot, one for whatever else is asked meanwhile.
  pool = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  pool.on('error', () => undefined);
  reader = new SnapshotReader(() => Promise.resolve(pool));
  await pool.query('create table thing (name text)');
});
afterAll(async () => {
  await pool.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  leaving = new AbortController();
  await pool.query('truncate thing');
});

test('sees its context and its parameters, and what was stored when it began', async () => {
  await pool.query("insert into thing select 'thing ' || n from generate_series(1, 7) n");
  const snapshot = await reader.open(context, leaving.signal);
  expect(await snapshot.first({ text: 'select count(*)::text from thing', values: [] })).toBe('7');
  await pool.query("insert into thing values ('late')");
  const batches: (readonly string[])[] = [];
  const text = `select current_setting('app.actor_id') || ' ' || name || $1::text from thing order by name`;
  for await (const rows of snapshot.batches({ text, values: ['!'] }, 3)) batches.push(rows);
  await snapshot.end();
  expect(batches.map(({ length }) => length)).toEqual([3, 3, 1]);
  expect(batches[0]?.[0]).toBe('act_1 thing 1!');
});

test('writes nothing, and leaves nothing of its context to the next', async () => {
  const snapshot = await reader.open(context, leaving.signal);
  await expect(snapshot.first({ text: "insert into thing values ('x') returning name", values: [] })).rejects.toThrow(
    'read-only',
  );
  await snapshot.end();
  const { rows } = await pool.query(`select nullif(current_setting('app.actor_id', true), '') as left`);
  expect(rows).toEqual([{ left: null }]);
});

test('ends what PostgreSQL is computing when nobody wants it any more', async () => {
  const snapshot = await reader.open(context, leaving.signal);
  const asked = snapshot.first({ text: 'select pg_sleep(600)::text', values: [] });
  leaving.abort(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  await expect(snapshot.first({ text: 'select 1::text', values: [] })).rejects.toThrow('gone');
  await snapshot.end();
  const { rows } = await pool.query(
    "select count(*)::int as n from pg_stat_activity where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()",
  );
  expect(rows).toEqual([{ n: 0 }]);
  expect(pool.totalCount - pool.idleCount).toBe(0);
});
