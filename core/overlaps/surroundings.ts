import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Partner, type RankOptions, type Terrain, weighPartners } from '../../engine/index.ts';
import type { CellRow, Face } from '../footprints/footprint.rows.ts';
import { isLeftOut, type ReleasableFootprint } from '../footprints/to-footprint.ts';
import type { ListEnd, Listed } from './best-list.ts';
import { type Faces, MatchingMemory } from './matching-memory.ts';
import type { OverlapView } from './overlap.rows.ts';

/**
 * Reads footprints and whom they could meet, each once however often it is asked for: both views look at the same ones, and a list made
 * anew at many that were looked at before. For one transaction, in which no footprint changes meanwhile.
 */
export class ReadingDesk {
  /** By ancestor the ids of its parts. */
  private readonly partsOf = new Map<string, readonly string[]>();
  private readonly metBy = new Map<string, readonly string[]>();

  /** @param memory that has caught up with this transaction */
  constructor(
    readonly em: EntityManager,
    private readonly memory = new MatchingMemory(),
  ) {}

  /** Both faces of these footprints, by their ids. */
  faces(ids: Iterable<string>): Promise<ReadonlyMap<string, Faces>> {
    return this.memory.readFaces(this.em, ids);
  }

  /** The stored best lists of these footprints, the best first, by their ids. */
  lists(view: OverlapView, ids: Iterable<string>): Promise<ReadonlyMap<string, readonly Listed[]>> {
    return this.memory.readLists(this.em, view, ids);
  }

  /** How these lists end, by the ids of the footprints that list. */
  ends(view: OverlapView, ids: Iterable<string>): Promise<ReadonlyMap<string, ListEnd>> {
    return this.memory.readEnds(this.em, view, ids);
  }

  /** Both faces of these and of all that is a part of one of them and matches. */
  async withParts(ids: readonly string[]): Promise<ReadonlyMap<string, Faces>> {
    const missing = ids.filter((id) => !this.partsOf.has(id));
    if (missing.length > 0) {
      const found = await readParts(this.em, missing);
      for (const id of missing) this.partsOf.set(id, found.get(id) ?? []);
    }
    return this.faces(ids.flatMap((id) => [id, ...(this.partsOf.get(id) ?? [])]));
  }

  /** Whom each of these could meet of what is released, by its id. */
  async met(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const missing = ids.filter((id) => !this.metBy.has(id));
    if (missing.length > 0) {
      const found = await readMet(this.em, missing);
      for (const id of missing) this.metBy.set(id, found.get(id) ?? []);
    }
    return new Map(ids.map((id) => [id, this.metBy.get(id) ?? []]));
  }
}

/**
 * Some footprints and everything that their overlaps depend on, in one view. Each record's list is made in the world of its owner:
 * in the own view this owner's records as they are and everybody else's as released, in the released view all as released.
 */
export class Surroundings {
  /** Ids of what is a part of a record, by the record's id. */
  private readonly parts = new Map<string, string[]>();

  private constructor(
    private readonly view: OverlapView,
    private readonly records: ReadonlyMap<string, Faces>,
    private readonly met: ReadonlyMap<string, readonly string[]>,
    private readonly terrain: Terrain,
    private readonly desk: ReadingDesk,
  ) {
    for (const [part, { own }] of records) {
      for (const ancestor of own?.ancestors ?? []) this.parts.set(ancestor, [...this.partsOf(ancestor), part]);
    }
  }

  /** Reads what the overlaps of these footprints depend on: their parts, and whatever those and they could meet. At most three statements. */
  static async read(
    desk: ReadingDesk,
    view: OverlapView,
    ids: readonly string[],
    terrain: Terrain,
  ): Promise<Surroundings> {
    const seekers = await desk.withParts(ids);
    const met = await desk.met([...seekers.keys()]);
    const others = [...new Set([...met.values()].flat())].filter((id) => !seekers.has(id));
    const records = new Map([...seekers, ...(await desk.faces(others))]);
    return new Surroundings(view, records, met, terrain, desk);
  }

  /** These and, with their parts, some more whose entries among these are asked for. At most one statement. */
  async joinedBy(ids: readonly string[]): Promise<Surroundings> {
    const records = new Map([...this.records, ...(await this.desk.withParts(ids))]);
    return new Surroundings(this.view, records, this.met, this.terrain, this.desk);
  }

  /** A record as whoever lists it for this owner knows it; null when it does not match. */
  face(id: string, owner: string): ReleasableFootprint | null {
    const record = this.records.get(id);
    if (record === undefined) return null;
    if (this.view === 'released' || record.owner !== owner) return record.released;
    return record.forOwner;
  }

  /** The footprint that lists, if it matches now. */
  lister(id: string): ReleasableFootprint | null {
    return this.face(id, this.records.get(id)?.owner ?? '');
  }

  /** The partners of one of the footprints asked for, the best first; none when it does not match. */
  rank(id: string, options: RankOptions = {}): Partner[] {
    const seekers = [id, ...this.partsOf(id)];
    return this.rankAmong(id, new Set(seekers.flatMap((seeker) => this.met.get(seeker) ?? [])), options);
  }

  /** The same with only these others, of which it needs the parts too. */
  rankAmong(id: string, others: ReadonlySet<string>, options: RankOptions = {}): Partner[] {
    const lister = this.lister(id);
    if (lister === null) return [];
    const asItIs = this.records.get(id)?.own ?? lister;
    const candidates = [...new Set([...this.partsOf(id), ...others])].flatMap((other) => {
      const face = this.face(other, lister.owner);
      return face === null || (this.view === 'own' && isLeftOut(asItIs, face)) ? [] : [face];
    });
    return weighPartners(lister, candidates, this.terrain, options);
  }

  /** These ids and those of everything that is a part of one of them. */
  withParts(ids: readonly string[]): ReadonlySet<string> {
    return new Set(ids.flatMap((id) => [id, ...this.partsOf(id)]));
  }

  private partsOf(id: string): readonly string[] {
    return this.parts.get(id) ?? [];
  }
}

/** These ids and those of their ancestors, ascending: the footprints whose overlaps a change of these can change. */
export async function readFamilies(em: EntityManager, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unnest(subject_id || ancestors) as id from footprint where subject_id = any(${ids}) group by id order by id`.execute(
    em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

/** Who, as it is for its owner, could meet what is released of which of these: by its id, ascending. */
export async function readMeeting(em: EntityManager, ids: readonly string[]): Promise<Map<string, readonly string[]>> {
  const { rows } = await sql<{ id: string; met: string[] }>`
    select other.subject_id as id, json_agg(distinct seeker.subject_id) as met
    from ${meetings(cellsOf(ids, 'released'), 'own')} group by id order by id`.execute(em.getKysely());
  return new Map(rows.map(({ id, met }) => [id, met]));
}

/** The ids of what matches and is a part of one of these, by its id. */
async function readParts(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const { rows } = await sql<{ id: string; wholes: string[] }>`
    select part.subject_id as id, array_agg(whole.id) as wholes
    from unnest(${ids}::text[]) as whole (id), lateral (
      select subject_id from footprint where parent_id = whole.id and matches
      union all select subject_id from footprint where ancestors[2] = whole.id and matches
    ) as part group by part.subject_id`.execute(em.getKysely());
  const parts = new Map<string, string[]>();
  for (const { id, wholes } of rows) for (const whole of wholes) parts.set(whole, [...(parts.get(whole) ?? []), id]);
  return parts;
}

/** Whom each of these footprints could meet of what is released, by its id: in either face, for a candidate too many does no harm. */
async function readMet(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ id: string; met: string[] }>`
    select seeker.subject_id as id, json_agg(distinct other.subject_id) as met
    from ${meetings(cellsOf(ids), 'released')} group by seeker.subject_id`.execute(em.getKysely());
  return new Map(rows.map(({ id, met }) => [id, met]));
}

/** The cells of these in one face, or in both: most say the same in both, and need to look around once only. */
const cellsOf = (ids: readonly string[], face?: Face): RawBuilder<CellRow> =>
  sql`(select distinct subject_id, owner_id, cell, subdivisions, start_day, end_day, audiences, themes
    from footprint_cell where subject_id = any(${ids}) ${face ? sql`and face = ${face}` : sql``})`;

/**
 * Pairs of a seeker's cell and another's that fulfil what is necessary to meet. It must lose no pair of the engine's, and a pair
 * too many costs only time: places and corridors in common, days, and an audience or a theme, without which nobody meets.
 */
const meetings = (seekers: RawBuilder<unknown>, face: Face): RawBuilder<unknown> => sql`
  ${seekers} as seeker join footprint_cell as other on other.face = ${face} and other.cell = seeker.cell
    and other.start_day < seeker.end_day and other.end_day > seeker.start_day
    and other.owner_id <> seeker.owner_id and other.subject_id <> seeker.subject_id
    and (other.audiences && seeker.audiences or other.themes && seeker.themes)
    and (other.subdivisions && seeker.subdivisions or 0 = any(other.subdivisions) or 0 = any(seeker.subdivisions))`;
