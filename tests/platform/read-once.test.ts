import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedDatabase, startEmbedded } from '../../platform/database/embedded.ts';
import { OnceReader } from '../../platform/database/read-once.ts';
import { createLog } from '../../platform/log.ts';

let folder: string;
let database: EmbeddedDatabase;
let pool: pg.Pool;
let reader: OnceReader;
const context = { 'app.role': 'viewer', 'app.actor_id': 'act_1' };
/** What the statement selects, as text. */
const read = (text: string, ...values: unknown[]) =>
  reader.read(context, { text: `with one (value) as (${text}) select value::text from one`, values });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-read-once-'));
  database = await startEmbedded({ folder, log: createLog('warn'), durable: false });
  // One connection, so that every read meets what the one before left behind.
  pool = new pg.Pool({ connectionString: database.adminUrl, max: 1 });
  // As every pool of ours does; what a read in flight meets, it is told.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  reader = new OnceReader(() => Promise.resolve(pool));
});
afterAll(async () => {
  await pool.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a read', () => {
  test('sees its context and its parameters, however often it is asked', async () => {
    const text = `select current_setting('app.actor_id') || ' ' || $1::text || ' ' || array_length($2::text[], 1)`;
    for (const word of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) {
      expect(await read(text, word, ['a', 'b'])).toBe(`act_1 ${word} 2`);
    }
  });

  test('leaves nothing of its context to the next', async () => {
    await read('select 1');
    const { rows } = await pool.query(`select nullif(current_setting('app.actor_id', true), '') as left`);
    expect(rows).toEqual([{ left: null }]);
  });

  test('answers null where there is no row, and where there is nothing in it', async () => {
    expect(await read('select 1 where false')).toBeNull();
    expect(await read('select null')).toBeNull();
  });

  test('cannot write', async () => {
    await pool.query('create table kept (id int)');
    await expect(
      reader.read(context, { text: 'insert into kept values (1) returning id', values: [] }),
    ).rejects.toThrow('read-only transaction');
    expect((await pool.query('select * from kept')).rows).toEqual([]);
  });

  test('that fails says why, and the connection serves the next', async () => {
    const text = 'select 1 / $1::int';
    for (const [value, answer] of [
      [1, '1'],
      [0, null],
      [2, '0'],
      [0, null],
      [1, '1'],
    ] as const) {
      if (answer === null) await expect(read(text, value)).rejects.toThrow('division by zero');
      else expect(await read(text, value)).toBe(answer);
    }
    for (const name of ['nothing', 'nothing', 'nothing']) {
      await expect(read(`select ${name}`)).rejects.toThrow('does not exist');
    }
    expect(await read('select 2')).toBe('2');
    expect(pool.totalCount).toBe(1);
  });

  test('works on when its statement was let go of for others, and when somebody else prepared or closed it', async () => {
    const statements = Array.from({ length: 130 }, (_, at) => `select ${String(at)} + $1::int`);
    for (const round of [1, 2, 3]) {
      for (const [at, text] of statements.entries()) expect(await read(text, round)).toBe(String(at + round));
    }
    const kept = async () => (await pool.query('select name from pg_prepared_statements')).rows.length;
    expect(await kept()).toBeLessThanOrEqual(62);
    await pool.query('deallocate all').catch(() => undefined);
    await expect(read('select 129 + $1::int', 1)).rejects.toThrow('does not exist');
    expect(await read('select 129 + $1::int', 1)).toBe('130');
  });

  test('that loses its connection rejects, and the next has a new one', async () => {
    const killed = read('select pg_terminate_backend(pg_backend_pid())::text');
    await expect(killed).rejects.toThrow();
    expect(await read('select 3')).toBe('3');
  });
});
