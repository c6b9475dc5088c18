import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { buildFootprint } from './build-footprint.ts';
import { type FootprintChange, type PlacedFootprint, readPlaced, writePlaced } from './footprint.rows.ts';
import { type IdRange, isActorId, readRegistry, subjectsOf, toRanges } from './registry.rows.ts';

/** What rewriting footprints came to. */
export interface Rewritten {
  /** Those that say something else now. */
  readonly changes: readonly FootprintChange[];
  /** The subjects whose overlaps may be others now: those that changed, and what they were a part of and are no more. */
  readonly subjectIds: readonly string[];
}

/**
 * Keeps `footprint` and `footprint_cell` true, on the worker's login: no request reads or writes them. A footprint is a pure
 * function of the registry, rewritten from its present state whenever a record changed.
 */
export class FootprintService {
  constructor(private readonly vocabulary: VocabularyService) {}

  /**
   * Rewrites the footprints of records and of everything below them, and of all that actors own or are partners in; null when
   * there is none of them.
   */
  async rewrite(work: Work, ids: readonly string[]): Promise<Rewritten | null> {
    const actors = ids.filter(isActorId);
    const records = ids.filter((id) => !isActorId(id));
    const expected = await this.build(work, [...records, ...(await subjectsOf(work.em, actors))]);
    if (expected.length === 0 && actors.length === 0) return null;
    const stored = await readPlaced(
      work.em,
      expected.map(({ footprint }) => footprint.subject_id),
    );
    const changes = await writePlaced(work.em, differing(expected, stored));
    const changed = changes.map(({ subjectId }) => subjectId);
    return { changes, subjectIds: [...new Set([...changed, ...leftAncestors(expected, stored)])].sort() };
  }

  /** Rewrites the footprints of a range of records that are not what the registry says: for a recomputation. */
  async rewriteRange(work: Work, range: IdRange): Promise<readonly FootprintChange[]> {
    const expected = await this.build(work, range);
    const ids = expected.map(({ footprint }) => footprint.subject_id);
    return writePlaced(work.em, differing(expected, await readPlaced(work.em, ids)));
  }

  /** What the registry says should be stored, by subject id. Reads everything, writes nothing. */
  expected(work: Work): Promise<readonly PlacedFootprint[]> {
    return this.build(work, 'all');
  }

  private async build({ em, today }: Work, ids: readonly string[] | IdRange | 'all'): Promise<PlacedFootprint[]> {
    const records = await readRegistry(em, ids, today);
    const vocabulary = await this.vocabulary.current(em);
    return records.map((record) => buildFootprint(record, vocabulary));
  }
}

/** Every stored footprint with its cells, by subject id. */
export function storedFootprints(em: EntityManager): Promise<readonly PlacedFootprint[]> {
  return readPlaced(em, 'all');
}

/** The ids of the footprints that a snapshot (a text of PostgreSQL's) does not show as they are now, ascending. */
export async function footprintsChangedAfter(em: EntityManager, snapshot: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select subject_id as id from footprint
    where change_xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot) and app.changed_after(change_xid, ${snapshot}) order by 1`.execute(
    em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

/** The ids of all footprints in a range, ascending in code-unit order. */
export async function footprintIdsIn(em: EntityManager, { from, to }: IdRange): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select subject_id as id from footprint where subject_id >= ${from} ${to === null ? sql`` : sql`and subject_id < ${to}`}
    order by subject_id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** Ranges of `size` footprints each that are all of them together, in code-unit order. */
export async function splitFootprints(em: EntityManager, size: number): Promise<IdRange[]> {
  const { rows } = await sql<{ from: string }>`
    select subject_id as from from (
      select subject_id, row_number() over (order by subject_id) as number from footprint
    ) as numbered where number % ${sql.lit(size)} = ${sql.lit(1 % size)} order by subject_id`.execute(em.getKysely());
  return toRanges(rows.map(({ from }) => from));
}

function differing(expected: readonly PlacedFootprint[], stored: readonly PlacedFootprint[]): PlacedFootprint[] {
  const storedById = new Map(stored.map((placed) => [placed.footprint.subject_id, placed]));
  return expected.filter((placed) => !isDeepStrictEqual(placed, storedById.get(placed.footprint.subject_id)));
}

/**
 * The ids of those that a record was a part of and is no more: nothing they say is different, but an overlap that their part told
 * for them may be theirs now.
 */
function leftAncestors(expected: readonly PlacedFootprint[], stored: readonly PlacedFootprint[]): string[] {
  const expectedById = new Map(expected.map(({ footprint }) => [footprint.subject_id, footprint]));
  return stored.flatMap(({ footprint }) => {
    const now = expectedById.get(footprint.subject_id)?.ancestors ?? [];
    return footprint.ancestors.filter((ancestor) => !now.includes(ancestor));
  });
}
