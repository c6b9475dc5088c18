import { createHash } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { BROKEN_QUESTIONS, BROKEN_READS, type BrokenRead } from './broken-reads.ts';
import type { PlacedViewer } from './cast.ts';
import { printFigure } from './figure.ts';
import { furnish } from './furnish.ts';
import type { MatrixWorld } from './matrix.ts';
import { sees } from './oracle.ts';
import { type SecurityWorld, securityWorld } from './world.ts';

let world: SecurityWorld;
let matrix: MatrixWorld;
beforeAll(async () => {
  world = await securityWorld();
  matrix = await furnish(world);
}, 120_000);
afterAll(() => world.close());

const STRANGERS = ['host editor', 'member editor', 'excluded editor', 'pending editor', 'observer', 'coordinator'];

/** Ids of records that a viewer may not see. */
function hiddenFrom(viewer: PlacedViewer): string[] {
  return matrix.records.filter((record) => !sees(viewer, record)).map(({ id }) => id);
}

/** Runs a statement as the app login under a viewer's context, and undoes it. */
async function asViewer<T>(client: pg.Client, viewer: PlacedViewer | null, body: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const context = viewer
      ? { key_id: viewer.keyId, role: viewer.role, actor_id: viewer.actor?.id ?? '' }
      : { key_id: '', role: '', actor_id: '' };
    for (const [name, value] of Object.entries(context))
      await client.query(`select set_config('app.' || $1, $2, true)`, [name, value]);
    return await body();
  } finally {
    await client.query('rollback');
  }
}

/** The rows, or the SQLSTATE of the failure: a refusal tells nothing. */
async function rowsOf(client: pg.Client, { sql }: BrokenRead, parameter: unknown): Promise<unknown[] | string> {
  try {
    const { rows } = await client.query(sql, sql.includes('$1') ? [parameter] : []);
    return rows as unknown[];
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** Rows that name a record which the viewer may not see. */
function leaks(rows: unknown[] | string, hidden: readonly string[]): unknown[] {
  if (typeof rows === 'string') return [];
  return rows.filter((row) => hidden.some((id) => JSON.stringify(row).includes(id)));
}

/** What strangers find by reads that they may not see the whole of: one line for each, with its first row. */
async function leakedBy(reads: readonly BrokenRead[]): Promise<{ rows: number; lines: string[] }> {
  const lines: string[] = [];
  let rows = 0;
  await withClient(world.database.appUrl, async (client) => {
    for (const name of STRANGERS) {
      const viewer = matrix.cast.viewer(name);
      const hidden = hiddenFrom(viewer);
      for (const read of reads) {
        const leaked = leaks(await asViewer(client, viewer, () => rowsOf(client, read, hidden)), hidden);
        rows += leaked.length;
        if (leaked.length > 0)
          lines.push(
            `${name}, ${read.name}: ${String(leaked.length)} rows, ${JSON.stringify(leaked[0]).slice(0, 200)}`,
          );
      }
    }
  });
  return { rows, lines };
}

test('S3: reads that forgot the viewer give no row that the viewer may not see', async () => {
  const { rows, lines } = await leakedBy(BROKEN_READS);
  const size = `${String(BROKEN_READS.length)} broken reads by ${String(STRANGERS.length)} strangers`;
  printFigure('S3', `${size}, ${String(rows)} rows leaked`);
  expect(lines).toEqual([]);
  expect(BROKEN_READS.length).toBeGreaterThanOrEqual(25);
});

test('S3: without a context the same reads give nothing at all', async () => {
  const found = await withClient(world.database.appUrl, async (client) => {
    const all: string[] = [];
    for (const read of BROKEN_READS) {
      const rows = await asViewer(client, null, () => rowsOf(client, read, hiddenFrom(matrix.cast.viewer('observer'))));
      if (typeof rows !== 'string' && rows.length > 0) all.push(read.name);
    }
    return all;
  });
  expect(found).toEqual([]);
});

test('each broken read really is broken: past the policies it gives what is hidden', async () => {
  const hidden = hiddenFrom(matrix.cast.viewer('pending editor'));
  const harmless = await withClient(world.database.adminUrl, async (client) => {
    await client.query('set search_path = app, public');
    const all: string[] = [];
    for (const read of BROKEN_READS) {
      await client.query('begin');
      const rows = await rowsOf(client, read, hidden);
      await client.query('rollback');
      if (typeof rows === 'string' || rows.length === 0) all.push(`${read.name}: ${JSON.stringify(rows)}`);
    }
    return all;
  });
  expect(harmless).toEqual([]);
});

test('S3: a broken question answers of a hidden record what it answers of none', async () => {
  const unknown = `prg_${createHash('sha256').update('nobody').digest('hex').slice(0, 22)}`;
  const told: string[] = [];
  await withClient(world.database.appUrl, async (client) => {
    for (const name of STRANGERS) {
      const viewer = matrix.cast.viewer(name);
      const [hidden] = hiddenFrom(viewer).filter((id) => id.startsWith('prg_'));
      for (const question of BROKEN_QUESTIONS) {
        const answers = [];
        for (const id of [hidden, unknown])
          answers.push(JSON.stringify(await asViewer(client, viewer, () => outcomeOf(client, question, id))));
        if (answers[0] !== answers[1]) told.push(`${name}, ${question.name}: ${answers.join(' but ')}`);
      }
    }
  });
  expect(told).toEqual([]);
});

async function outcomeOf(client: pg.Client, question: BrokenRead, id: unknown): Promise<unknown> {
  const rows = await rowsOf(client, question, id);
  return typeof rows === 'string' ? rows : { rows };
}
