import { createHash } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { BROKEN_QUESTIONS, BROKEN_READS, type BrokenRead } from './broken-reads.ts';
import type { PlacedViewer } from './cast.ts';
import { printFigure } from './figure.ts';
import { furnish } from './furnish.ts';
import type { MatrixWorld } from './matrix.ts';
import { isShutOut, sees, seesActor } from './oracle.ts';
import { studiesHiddenFrom } from './practices.ts';
import { type SecurityWorld, securityWorld } from './world.ts';

let world: SecurityWorld;
let matrix: MatrixWorld;
/** Ids of actors that endorsed the same suggestion, and so are revealed to each other. */
let endorsers: readonly string[];
/** Ids of case studies, by title. */
let studies: ReadonlyMap<string, string>;
beforeAll(async () => {
  world = await securityWorld();
  matrix = await furnish(world);
  endorsers = await endorse();
  studies = await suggestStudies();
}, 120_000);
afterAll(() => world.close());

const STRANGERS = ['host editor', 'member editor', 'excluded editor', 'pending editor', 'observer', 'coordinator'];

/** Ids of records that a viewer may not see. */
function hiddenFrom(viewer: PlacedViewer): string[] {
  return matrix.records.filter((record) => !sees(viewer, record)).map(({ id }) => id);
}

/** Ids of actors that a viewer may not know of. */
function hiddenActors(viewer: PlacedViewer): string[] {
  const isWriter = viewer.role === 'editor' || viewer.role === 'planner';
  const isRevealed = (id: string): boolean =>
    isWriter && endorsers.includes(id) && endorsers.includes(viewer.actor?.id ?? '');
  return matrix.cast.actors.filter((actor) => !seesActor(viewer, actor) && !isRevealed(actor.id)).map(({ id }) => id);
}

/** Ids of case studies that a viewer may not see. */
function hiddenStudies(viewer: PlacedViewer): string[] {
  return studiesHiddenFrom(viewer, matrix.cast).map((title) => studies.get(title) ?? `no case study ${title}`);
}

/** Stores a suggestion about every case study, as one that was published once leaves it behind; gives their ids. */
async function suggestStudies(): Promise<ReadonlyMap<string, string>> {
  const { rows } = await withClient(world.database.adminUrl, async (client) => {
    await client.query(`set search_path = app, public`);
    await client.query(
      `insert into suggestion (id, kind, status, scope, corridor, draft_key, about, score, start_day, end_day, starts_on, themes, audiences,
          countries, missing_roles, missing_countries, missing_languages, missing_channels, reasons, title, explanation, created_at, updated_at)
        select 'sug_of_' || row_number() over (order by id), 'REPLICATE_PRACTICE', 'LAPSED', scope, null, 'REPLICATE_PRACTICE||' || id, id,
          0.5, 1, 2, '1970-01-02', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '[]', 'Example', 'Example', now(), now()
        from case_study, (select scope from composition where scope like 'country:%' order by scope limit 1) as somewhere`,
    );
    return client.query<{ id: string; title: string }>(`select id, title from case_study`);
  });
  return new Map(rows.map(({ id, title }) => [title, id]));
}

/** Stores that everybody in the largest suggestion endorsed it, as answers and the worker leave it; gives who that is. */
async function endorse(): Promise<readonly string[]> {
  const { rows } = await withClient(world.database.adminUrl, async (client) => {
    await client.query(`set search_path = app, public`);
    return client.query<{ actor: string }>(
      `with largest as (select s.id, s.version from suggestion s join suggestion_participant on suggestion_id = s.id
          group by s.id order by count(distinct actor_id) desc, s.id limit 1),
        endorser as (select distinct id, version, actor_id from largest join suggestion_participant on suggestion_id = id),
        answered as (insert into answer (id, suggestion_id, suggestion_version, actor_id, choice, given_at)
          select 'ans_' || actor_id, id, version, actor_id, 'endorse', now() from endorser),
        revealed as (insert into revelation (suggestion_id, suggestion_version, from_answer_id, from_actor_id, to_answer_id, to_actor_id, revealed_at)
          select f.id, f.version, 'ans_' || f.actor_id, f.actor_id, 'ans_' || t.actor_id, t.actor_id, now()
          from endorser f join endorser t on f.actor_id <> t.actor_id)
      select actor_id as actor from endorser`,
    );
  });
  return rows.map(({ actor }) => actor);
}

/** A read of each table and view, of all columns that the app's login may read: what a careless `select *` could give out. */
async function readsOfEverything(): Promise<BrokenRead[]> {
  const { rows } = await withClient(world.database.adminUrl, (client) =>
    client.query<BrokenRead>(
      `select relname as name, format('select %s from app.%I', string_agg(quote_ident(attname), ', ' order by attnum), relname) as sql
       from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
       where relnamespace = 'app'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
         and has_column_privilege('concord_app', pg_class.oid, attnum, 'select')
       group by relname order by relname`,
    ),
  );
  return rows;
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

test('S3: everything that requests may read of a table names nobody who is hidden from the viewer', async () => {
  const reads = await readsOfEverything();
  const lines: string[] = [];
  const told = new Set<string>();
  await withClient(world.database.appUrl, async (client) => {
    for (const viewer of matrix.viewers.filter((one) => !isShutOut(one))) {
      const hidden = [...hiddenFrom(viewer), ...hiddenActors(viewer), ...hiddenStudies(viewer)];
      for (const read of reads) {
        const rows = await asViewer(client, viewer, () => rowsOf(client, read, null));
        if (typeof rows === 'string') lines.push(`${viewer.name}, ${read.name}: ${rows}`);
        const leaked = leaks(rows, hidden);
        if (leaked.length > 0)
          lines.push(`${viewer.name}, ${read.name}: ${String(leaked.length)} rows, ${JSON.stringify(leaked[0])}`);
        if (rows.length > 0) told.add(read.name);
      }
    }
  });
  printFigure('S3', `${String(reads.length)} tables and views read whole by ${String(matrix.viewers.length)} viewers`);
  expect(lines).toEqual([]);
  const tables = ['overlap', 'overlap_side', 'suggestion', 'suggestion_participant', 'suggestion_seat'];
  const beside = ['suggestion_subject', 'suggested_practice', 'answer', 'revelation', 'share'];
  expect([...told]).toEqual(expect.arrayContaining([...tables, ...beside]));
}, 180_000);

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
