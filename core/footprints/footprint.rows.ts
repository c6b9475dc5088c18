import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Scope } from '../jobs/scope.ts';
import type { SubjectKind } from './registry.rows.ts';

/**
 * A footprint as stored. Named like its columns, so that PostgreSQL turns it into JSON and back by itself; lists are bits of the
 * vocabulary, ascending, each once, so that equal footprints have equal rows.
 */
export interface FootprintRow {
  readonly subject_id: string;
  readonly subject_kind: SubjectKind;
  readonly owner_id: string;
  readonly parent_id: string | null;
  /** Nearest first. */
  readonly ancestors: readonly string[];
  readonly matches: boolean;
  /** Half-open epoch days; null: undated. */
  readonly start_day: number | null;
  readonly end_day: number | null;
  readonly tentative: boolean;
  readonly public_body: boolean;
  readonly committed: boolean;
  readonly partners: readonly string[];
  readonly place_countries: readonly number[];
  readonly place_subdivisions: readonly number[];
  readonly stated_corridors: readonly number[];
  readonly corridors: readonly number[];
  readonly audiences: readonly number[];
  readonly themes: readonly number[];
  readonly channels: readonly number[];
  readonly languages: readonly number[];
  readonly deters: readonly number[];
  readonly protects: readonly number[];
}

/** Where a footprint can be met; see migration 0005. */
export interface CellRow {
  readonly cell: Scope;
  readonly subject_id: string;
  readonly start_day: number;
  readonly end_day: number;
  readonly owner_id: string;
  readonly subdivisions: readonly number[];
  readonly audiences: readonly number[];
  readonly themes: readonly number[];
}

/** A footprint with its cells, by cell; none when it does not match. */
export interface PlacedFootprint {
  readonly footprint: FootprintRow;
  readonly cells: readonly CellRow[];
}

/** A footprint that was written: where it was before or is now, and as which version. */
export interface FootprintChange {
  readonly subjectId: string;
  readonly version: number;
  /** Ascending. */
  readonly scopes: readonly Scope[];
}

const COLUMNS = [
  'subject_id',
  'subject_kind',
  'owner_id',
  'parent_id',
  'ancestors',
  'matches',
  'start_day',
  'end_day',
  'tentative',
  'public_body',
  'committed',
  'partners',
  'place_countries',
  'place_subdivisions',
  'stated_corridors',
  'corridors',
  'audiences',
  'themes',
  'channels',
  'languages',
  'deters',
  'protects',
] as const satisfies readonly (keyof FootprintRow)[];

/** The stored footprints of these subjects, or all, with their cells. In one statement. */
export async function readPlaced(em: EntityManager, ids: readonly string[] | 'all'): Promise<PlacedFootprint[]> {
  const asked = ids === 'all' ? sql`` : sql`where subject_id = any(${ids})`;
  const columns = sql.join(COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(`f.${name}`)}`));
  const { rows } = await sql<PlacedFootprint>`
    with cells as (select subject_id, json_agg(to_jsonb(c) order by cell) as cells from footprint_cell c ${asked} group by subject_id)
    select json_build_object(${columns}) as footprint, coalesce(cells, '[]') as cells
    from footprint f left join cells using (subject_id) ${asked} order by subject_id`.execute(em.getKysely());
  return rows;
}

/** Footprints a statement writes: some 500 kB of JSON. */
const WRITTEN_AT_ONCE = 500;

/**
 * Writes footprints that differ from what is stored, each as its next version, and replaces their cells. One statement for 500.
 * One that could be met nowhere before and can be nowhere now needs no matching: its version counts as matched, if the one before
 * does.
 */
export async function writePlaced(
  em: EntityManager,
  placed: readonly PlacedFootprint[],
): Promise<readonly FootprintChange[]> {
  const changes: FootprintChange[] = [];
  for (let from = 0; from < placed.length; from += WRITTEN_AT_ONCE) {
    changes.push(...(await writeSome(em, placed.slice(from, from + WRITTEN_AT_ONCE))));
  }
  return changes;
}

async function writeSome(em: EntityManager, placed: readonly PlacedFootprint[]): Promise<readonly FootprintChange[]> {
  const columns = sql.join(COLUMNS.map((name) => sql.ref(name)));
  const updates = sql.join(
    COLUMNS.filter((name) => name !== 'subject_id').map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
  );
  const footprints = placed.map((one) => ({ ...one.footprint, matched_version: one.cells.length > 0 ? 0 : 1 }));
  const cells = placed.flatMap((one) => one.cells);
  const { rows } = await sql<FootprintChange>`
    with desired as (select * from jsonb_populate_recordset(null::footprint, ${JSON.stringify(footprints)}::jsonb)),
    desired_cell as (select * from jsonb_populate_recordset(null::footprint_cell, ${JSON.stringify(cells)}::jsonb)),
    written as (
      insert into footprint (${columns}, version, matched_version) select ${columns}, 1, matched_version from desired order by subject_id
      on conflict (subject_id) do update set ${updates}, version = footprint.version + 1,
        matched_version = case
          when footprint.matched_version = footprint.version and not ${isPlaced} and excluded.matched_version = 1
          then footprint.version + 1 else footprint.matched_version end
      returning subject_id, version
    ),
    -- Cells that stay are updated in place: one statement cannot delete and insert a key.
    removed as (
      delete from footprint_cell where subject_id in (select subject_id from desired)
        and (cell, subject_id) not in (select cell, subject_id from desired_cell) returning cell, subject_id
    ),
    placed as (
      insert into footprint_cell select * from desired_cell order by cell, subject_id
      on conflict (cell, subject_id) do update set start_day = excluded.start_day, end_day = excluded.end_day,
        owner_id = excluded.owner_id, subdivisions = excluded.subdivisions, audiences = excluded.audiences, themes = excluded.themes
      returning cell, subject_id
    ),
    scope as (
      select subject_id, array_agg(cell order by cell) as cells
      from (select * from removed union all select * from placed) as touched group by subject_id
    )
    select subject_id as "subjectId", version, coalesce(cells, '{}') as scopes
    from written left join scope using (subject_id) order by subject_id`.execute(em.getKysely());
  return rows;
}

/** Whether a row of `footprint` can be met somewhere, as stored so far. */
const isPlaced = sql`exists (select from footprint_cell as c where c.subject_id = footprint.subject_id)`;
/** A footprint with how far matching has come with it. */
export interface StoredFootprintRow extends FootprintRow {
  readonly version: number;
  readonly matched_version: number;
}

/** The stored footprints of these subjects, in no order. */
export async function readFootprints(em: EntityManager, ids: readonly string[]): Promise<StoredFootprintRow[]> {
  const { rows } = await sql<{ footprint: StoredFootprintRow }>`
    select to_jsonb(f) as footprint from footprint f where subject_id = any(${ids})`.execute(em.getKysely());
  return rows.map(({ footprint }) => footprint);
}

/** Makes those of these footprints that can be met count as changed although they say the same: one more version of each. */
export async function touchFootprints(em: EntityManager, ids: readonly string[]): Promise<readonly FootprintChange[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<FootprintChange>`
    update footprint set version = version + 1 where subject_id = any(${ids}) and ${isPlaced}
    returning subject_id as "subjectId", version,
      array(select cell from footprint_cell where footprint_cell.subject_id = footprint.subject_id order by cell) as scopes`.execute(
    em.getKysely(),
  );
  return rows;
}
