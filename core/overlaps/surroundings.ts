import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Footprint, type Overlap, type RankOptions, rankPartners, type Terrain } from '../../engine/index.ts';
import {
  type CellRow,
  type FootprintRow,
  readFootprints,
  type StoredFootprintRow,
} from '../footprints/footprint.rows.ts';
import { toFootprint } from '../footprints/to-footprint.ts';

/** Some footprints and everything that their overlaps depend on. */
export class Surroundings {
  private constructor(
    private readonly footprints: ReadonlyMap<string, Footprint>,
    private readonly unmatched: ReadonlySet<string>,
    private readonly met: ReadonlyMap<string, readonly string[]>,
    private readonly terrain: Terrain,
  ) {}

  /** Reads what the overlaps of these footprints depend on: their parts, and whatever those and they could meet. Three statements. */
  static async read(em: EntityManager, ids: readonly string[], terrain: Terrain): Promise<Surroundings> {
    const seekers = await readWithParts(em, ids);
    const met = await readMet(
      em,
      seekers.map((row) => row.subject_id),
    );
    const known = new Set(seekers.map((row) => row.subject_id));
    const others = await readFootprints(
      em,
      [...new Set([...met.values()].flat())].filter((id) => !known.has(id)),
    );
    const footprints = [...seekers, ...others].flatMap((row) => toFootprint(row) ?? []);
    const unmatched = seekers.filter((row) => row.matched_version < row.version).map((row) => row.subject_id);
    return new Surroundings(new Map(footprints.map((one) => [one.id, one])), new Set(unmatched), met, terrain);
  }

  /** The footprint, if it matches now. */
  get(id: string): Footprint | undefined {
    return this.footprints.get(id);
  }

  /** Whether one of the footprints asked for is here in a version that has a matching of its own to come. */
  isUnmatched(id: string): boolean {
    return this.unmatched.has(id);
  }

  /** The overlaps of one of the footprints asked for, the best first; none when it does not match. */
  rank(id: string, options: RankOptions = {}): Overlap[] {
    const footprint = this.footprints.get(id);
    if (footprint === undefined) return [];
    const parts = [...this.footprints.values()].filter(({ ancestors }) => ancestors.includes(id));
    const metIds = new Set([id, ...parts.map((part) => part.id)].flatMap((seeker) => this.met.get(seeker) ?? []));
    const met = [...metIds].flatMap((other) => this.footprints.get(other) ?? []);
    return rankPartners(footprint, [...new Set([...parts, ...met])], this.terrain, options);
  }
}

/** The stored footprints that one with these cells could meet: all that it meets and few others. One statement. */
export async function readMetBy(em: EntityManager, cells: readonly CellRow[]): Promise<readonly Footprint[]> {
  const given = sql`jsonb_populate_recordset(null::footprint_cell, ${JSON.stringify(cells)}::jsonb)`;
  const { rows } = await sql<{ footprint: FootprintRow }>`
    select to_jsonb(f) as footprint from footprint f
    where subject_id in (select other.subject_id from ${meetings(given)})`.execute(em.getKysely());
  return rows.flatMap(({ footprint }) => toFootprint(footprint) ?? []);
}

/** These ids and those of their ancestors, ascending: the footprints whose overlaps a change of these can change. */
export async function readFamilies(em: EntityManager, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unnest(subject_id || ancestors) as id from footprint where subject_id = any(${ids}) group by id order by id`.execute(
    em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

async function readWithParts(em: EntityManager, ids: readonly string[]): Promise<StoredFootprintRow[]> {
  const { rows } = await sql<{ footprint: StoredFootprintRow }>`
    select to_jsonb(f) as footprint from footprint f where subject_id = any(${ids})
    union select to_jsonb(f) from footprint f where ancestors && ${ids}::text[] and matches`.execute(em.getKysely());
  return rows.map(({ footprint }) => footprint);
}

/** Whom each of these footprints could meet, by its id. */
async function readMet(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const given = sql`(select * from footprint_cell where subject_id = any(${ids}))`;
  const { rows } = await sql<{ id: string; met: string[] }>`
    select seeker.subject_id as id, json_agg(distinct other.subject_id) as met from ${meetings(given)} group by seeker.subject_id`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ id, met }) => [id, met]));
}

/**
 * Pairs of a seeker's cell and another's that fulfil what is necessary to meet. It must lose no pair of the engine's, and a pair
 * too many costs only time: places and corridors in common, days, and an audience or a theme, without which nobody meets.
 */
const meetings = (seekers: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  ${seekers} as seeker join footprint_cell as other on other.cell = seeker.cell
    and other.start_day < seeker.end_day and other.end_day > seeker.start_day
    and other.owner_id <> seeker.owner_id and other.subject_id <> seeker.subject_id
    and (other.audiences && seeker.audiences or other.themes && seeker.themes)
    and (other.subdivisions && seeker.subdivisions or 0 = any(other.subdivisions) or 0 = any(seeker.subdivisions))`;
