import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { append } from '../outbox/outbox.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { buildFootprint } from './build-footprint.ts';
import {
  type FootprintChange,
  type PlacedFootprint,
  readPlaced,
  touchFootprints,
  writePlaced,
} from './footprint.rows.ts';
import { expiredSubjects, holdSurroundings, readRegistry, subjectsOf } from './registry.rows.ts';

/**
 * Keeps `footprint` and `footprint_cell` true: called by every service that changes something matching reads, in its
 * transaction. A footprint is a pure function of the registry; what differs is written as its next version and announced.
 */
export class FootprintService {
  /** What a transaction that writes many records has put off; see `together`. */
  private readonly putOff = new WeakMap<Work, Set<string>>();

  constructor(private readonly vocabulary: VocabularyService) {}

  /** Runs a body that writes many records and refreshes all their footprints once, at its end, in the same transaction. */
  async together<T>(work: Work, body: () => Promise<T>): Promise<T> {
    const subjectIds = new Set<string>();
    this.putOff.set(work, subjectIds);
    const result = await body();
    this.putOff.delete(work);
    await this.refresh(work, [...subjectIds]);
    return result;
  }

  /** Rewrites the footprints of these programmes, campaigns and calendar entries and of everything below them. */
  async refresh(work: Work, subjectIds: readonly string[]): Promise<void> {
    if (subjectIds.length === 0) return;
    const putOff = this.putOff.get(work);
    if (putOff) {
      for (const id of subjectIds) putOff.add(id);
      return;
    }
    // What the entities still hold back must be in the database, where it is read.
    await work.em.flush();
    await holdSurroundings(work.em, subjectIds);
    const expected = await this.build(work, subjectIds);
    const stored = await readPlaced(
      work.em,
      expected.map(({ footprint }) => footprint.subject_id),
    );
    const changes = [
      ...(await writePlaced(work.em, differing(expected, stored))),
      ...(await touchFootprints(work.em, leftAncestors(expected, stored))),
    ];
    const moved = changes.filter(({ scopes }) => scopes.length > 0);
    await append(
      work.em,
      ...moved.map((change) => ({ kind: 'footprint.changed' as const, ...change, scopes: [...change.scopes] })),
    );
  }

  /** Rewrites the footprints of everything an actor owns or is a partner in: its vetting, kind or commitments changed. */
  async refreshOwner(work: Work, actorId: string): Promise<void> {
    await work.em.flush();
    await this.refresh(work, await subjectsOf(work.em, actorId));
  }

  /** Takes out of matching what belongs to actors whose vetting has expired: the only change that the mere passing of days makes. */
  async refreshExpired(work: Work): Promise<void> {
    await this.refresh(work, await expiredSubjects(work.em, work.today));
  }

  /**
   * Rewrites every footprint that is not what the registry says, without announcing anything: for a recomputation, which matches
   * them itself. Holds off all other writers of footprints until the transaction ends.
   */
  async rebuild(work: Work): Promise<readonly FootprintChange[]> {
    await sql`lock table footprint in share row exclusive mode`.execute(work.em.getKysely());
    const expected = await this.expected(work);
    return writePlaced(work.em, differing(expected, await storedFootprints(work.em)));
  }

  /** What the registry says should be stored, by subject id. Reads everything, writes nothing. */
  expected(work: Work): Promise<readonly PlacedFootprint[]> {
    return this.build(work, 'all');
  }

  private async build({ em, today }: Work, ids: readonly string[] | 'all'): Promise<PlacedFootprint[]> {
    const records = await readRegistry(em, ids, today);
    const vocabulary = await this.vocabulary.current(em);
    return records.map((record) => buildFootprint(record, vocabulary));
  }
}

/** Every stored footprint with its cells, by subject id. */
export function storedFootprints(em: EntityManager): Promise<readonly PlacedFootprint[]> {
  return readPlaced(em, 'all');
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
  const left = stored.flatMap(({ footprint }) => {
    const now = expectedById.get(footprint.subject_id)?.ancestors ?? [];
    return footprint.ancestors.filter((ancestor) => !now.includes(ancestor));
  });
  return [...new Set(left)].filter((id) => !expectedById.has(id)).sort();
}
