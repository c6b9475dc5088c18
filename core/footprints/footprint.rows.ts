import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type Place, WHOLE_COUNTRY } from '../../engine/index.ts';
import { inChunks } from '../in-chunks.ts';
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
  /** What its messages state, where every member may read them anyway. */
  readonly facts: readonly FactRow[];
  /** By what others may exclude its owner: `actor:<id>`, `kind:<actor kind>`, `country:<alpha-2>`; ascending. */
  readonly owner_marks: readonly string[];
  /** The marks of those for whom it has no released form; ascending. */
  readonly excludes: readonly string[];
  /** Every member may see the record itself, and so whose it is. */
  readonly open: boolean;
  /** Says countries, months and themes only. */
  readonly coarse: boolean;
}

/** A fact of a message as matching compares it: what it is about and what holds as digests, bits of audiences, half-open epoch days. */
export interface FactRow {
  readonly kind: string;
  readonly subject: string;
  readonly value: string;
  readonly audiences: readonly number[];
  /** Null: open. */
  readonly start_day: number | null;
  readonly end_day: number | null;
}

/** Its places, from the two columns that are one list. */
export function placesOf({
  place_countries,
  place_subdivisions,
}: Pick<FootprintRow, 'place_countries' | 'place_subdivisions'>): Place[] {
  return place_countries.map((country, i) => ({ country, subdivision: place_subdivisions[i] ?? WHOLE_COUNTRY }));
}

/** Whose look at a footprint: its owner's, who sees it as it is, or everybody else's. */
export type Face = 'own' | 'released';

/** Where a face of a footprint can be met; see migrations 0005 and 0008. */
export interface CellRow {
  readonly face: Face;
  readonly cell: Scope;
  readonly subject_id: string;
  readonly start_day: number;
  readonly end_day: number;
  readonly owner_id: string;
  readonly subdivisions: readonly number[];
  readonly audiences: readonly number[];
  readonly themes: readonly number[];
}

/** A footprint with the form of it that its owner releases, and the cells of both, by face and cell; none of a face that matches nothing. */
export interface PlacedFootprint {
  readonly footprint: FootprintRow;
  /** Null where there is nothing for others. */
  readonly released: FootprintRow | null;
  readonly cells: readonly CellRow[];
}

/** A footprint that was written, and where it was before or is now. */
export interface FootprintChange {
  readonly subjectId: string;
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
  'facts',
  'owner_marks',
  'excludes',
  'open',
  'coarse',
] as const satisfies readonly (keyof FootprintRow)[];

/** The stored footprints of these subjects, or all, with their cells, by subject. In one statement. */
export async function readPlaced(em: EntityManager, ids: readonly string[] | 'all'): Promise<PlacedFootprint[]> {
  const asked = ids === 'all' ? sql`` : sql`where subject_id = any(${ids})`;
  const columns = sql.join(COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(`f.${name}`)}`));
  const { rows } = await sql<PlacedFootprint>`
    with cells as (select subject_id, json_agg(to_jsonb(c) order by face, cell) as cells from footprint_cell c ${asked} group by subject_id)
    select json_build_object(${columns}) as footprint, released, coalesce(cells, '[]') as cells
    from footprint f left join cells using (subject_id) ${asked} order by subject_id`.execute(em.getKysely());
  return rows;
}

/** Footprints a statement writes: some 500 kB of JSON. */
const WRITTEN_AT_ONCE = 500;

/** Writes footprints that differ from what is stored, and replaces their cells. One statement for 500. */
export async function writePlaced(
  em: EntityManager,
  placed: readonly PlacedFootprint[],
): Promise<readonly FootprintChange[]> {
  const changes: FootprintChange[] = [];
  for (const some of inChunks(placed, WRITTEN_AT_ONCE)) changes.push(...(await writeSome(em, some)));
  return changes;
}

async function writeSome(em: EntityManager, placed: readonly PlacedFootprint[]): Promise<readonly FootprintChange[]> {
  const names = [...COLUMNS, 'released'];
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const updates = sql.join(
    names.filter((name) => name !== 'subject_id').map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
  );
  const footprints = placed.map(({ footprint, released }) => ({ ...footprint, released }));
  const cells = placed.flatMap((one) => one.cells);
  const { rows } = await sql<FootprintChange>`
    with desired as (select * from jsonb_populate_recordset(null::footprint, ${JSON.stringify(footprints)}::jsonb)),
    desired_cell as (select * from jsonb_populate_recordset(null::footprint_cell, ${JSON.stringify(cells)}::jsonb)),
    written as (
      insert into footprint (${columns}) select ${columns} from desired order by subject_id
      on conflict (subject_id) do update set ${updates} returning subject_id
    ),
    -- Cells that stay are updated in place: one statement cannot delete and insert a key.
    removed as (
      delete from footprint_cell where subject_id in (select subject_id from desired)
        and (face, cell, subject_id) not in (select face, cell, subject_id from desired_cell) returning cell, subject_id
    ),
    placed as (
      insert into footprint_cell (${cellColumns}) select ${cellColumns} from desired_cell order by face, cell, subject_id
      on conflict (face, cell, subject_id) do update set start_day = excluded.start_day, end_day = excluded.end_day,
        owner_id = excluded.owner_id, subdivisions = excluded.subdivisions, audiences = excluded.audiences, themes = excluded.themes
      returning cell, subject_id
    ),
    scope as (
      select subject_id, array_agg(distinct cell order by cell) as cells
      from (select * from removed union all select * from placed) as touched group by subject_id
    )
    select subject_id as "subjectId", coalesce(cells, '{}') as scopes
    from written left join scope using (subject_id) order by subject_id`.execute(em.getKysely());
  return rows;
}

const cellColumns = sql.join(
  ['face', 'cell', 'subject_id', 'start_day', 'end_day', 'owner_id', 'subdivisions', 'audiences', 'themes'].map(
    (name) => sql.ref(name),
  ),
);
