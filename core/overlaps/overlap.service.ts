import { createHmac } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hubId } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { FootprintService } from '../footprints/footprint.service.ts';
import { markAllMatched, markMatched, readUnmatchedAround } from '../footprints/matched.ts';
import type { JobPayload } from '../jobs/contract.ts';
import type { Scope } from '../jobs/scope.ts';
import type { OutboxEvent } from '../outbox/events.ts';
import { append } from '../outbox/outbox.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { describeOverlap } from './describe-overlap.ts';
import { expectedOverlaps } from './expected-overlaps.ts';
import { type OverlapRecord, type Pair, pairKey, pairOf } from './overlap.rows.ts';
import {
  type OverlapChange,
  readAllPairs,
  relistOverlaps,
  removeOverlaps,
  waitForTurn,
  writeOverlaps,
} from './overlap.store.ts';
import { type RenewedLists, renewLists } from './renew-lists.ts';

/** Overlaps a statement of a recomputation writes: some 2 MB of JSON. */
const WRITTEN_AT_ONCE = 2_000;

/**
 * Finds overlaps and keeps the stored ones true: every pair of footprints that is in the best list of either.
 *
 * Matching is serialised: one transaction at a time, over the whole hub. To enter a pair into a list is to read the list, decide,
 * and write it; and two changes can touch one list without having a place or corridor in common, because a list holds pairs of
 * many. Locks on lists would be taken in an order that is known only on the way. The price is that more workers do not match
 * faster; what they are for is composing. The registry goes on being written meanwhile: a footprint that changes between two of
 * our statements has a job of its own to come, which looks again at every list that the change can bear on.
 */
export class OverlapService {
  constructor(
    private readonly vocabulary: VocabularyService,
    private readonly footprints: FootprintService,
    private readonly idSecret: Uint8Array,
  ) {}

  /**
   * Brings the overlaps of a footprint up to date, together with those of its family that wait for it too, and announces the new
   * ones and the scopes in which suggestions may be different now. Reads the present whatever the job says, so that a late or
   * repeated job changes nothing. False when there is no such footprint.
   */
  async matchFootprint(work: Work, { subjectId, scopes }: JobPayload<'match-footprint'>): Promise<boolean> {
    await waitForTurn(work.em);
    const unmatched = await readUnmatchedAround(work.em, subjectId);
    if (unmatched === null) return false;
    const changed = unmatched.map(({ subjectId: id }) => id);
    const changes = changed.length > 0 ? await this.rematch(work, changed) : [];
    await markMatched(work.em, unmatched);
    await announce(work.em, changes, scopes);
    return true;
  }

  /** Makes all footprints and overlaps anew and stores what differs; after it, incremental matching goes on from there. */
  async recomputeAll(work: Work): Promise<void> {
    await waitForTurn(work.em);
    const moved = await this.footprints.rebuild(work);
    const expected = await this.expected(work);
    const changes: OverlapChange[] = [];
    const gone = (await readAllPairs(work.em)).filter((pair) => !expected.has(pairKey(pair)));
    changes.push(...(await removeOverlaps(work.em, gone)));
    const records = [...expected.values()];
    for (let from = 0; from < records.length; from += WRITTEN_AT_ONCE) {
      const some = records.slice(from, from + WRITTEN_AT_ONCE);
      changes.push(
        ...(await writeOverlaps(
          work.em,
          some.map((record) => this.withId(record)),
          work.now,
        )),
      );
    }
    await markAllMatched(work.em);
    await announce(
      work.em,
      changes,
      moved.flatMap(({ scopes }) => scopes),
    );
  }

  /** What the registry says should be stored, by natural key. Reads everything, writes nothing. */
  async expected(work: Work): Promise<ReadonlyMap<string, OverlapRecord>> {
    const placed = await this.footprints.expected(work);
    return expectedOverlaps(
      placed.map(({ footprint }) => footprint),
      await this.vocabulary.current(work.em),
    );
  }

  private async rematch(work: Work, changed: readonly string[]): Promise<OverlapChange[]> {
    const vocabulary = await this.vocabulary.current(work.em);
    const renewed = await renewLists(work.em, changed, vocabulary.terrain());
    const { removed, written, relisted } = decide(renewed, vocabulary);
    await relistOverlaps(work.em, relisted);
    return [
      ...(await removeOverlaps(work.em, removed)),
      ...(await writeOverlaps(
        work.em,
        written.map((record) => this.withId(record)),
        work.now,
      )),
    ];
  }

  /** Derived rows have derived ids: the same pair has the same one in every recomputation, and nobody can guess it. */
  private withId(record: OverlapRecord): OverlapRecord & { readonly id: string } {
    const digest = createHmac('sha256', this.idSecret)
      .update(`overlap ${pairKey(record)}`)
      .digest();
    return { ...record, id: hubId('ovl', digest.subarray(0, 16)) };
  }
}

interface Decisions {
  readonly removed: readonly Pair[];
  readonly written: readonly OverlapRecord[];
  /** Listed by others than before, else the same. */
  readonly relisted: readonly (Pair & { readonly listed_by_a: boolean; readonly listed_by_b: boolean })[];
}

/** What becomes of every pair that the renewed lists decide about. */
function decide({ lists, measured, stored }: RenewedLists, vocabulary: Vocabulary): Decisions {
  const removed: Pair[] = [];
  const written: OverlapRecord[] = [];
  const relisted: Decisions['relisted'][number][] = [];
  const listings = new Set([...lists].flatMap(([id, list]) => list.map(({ other }) => `${id} ${other}`)));
  const isListed = (by: string, other: string, before: boolean | undefined): boolean =>
    lists.has(by) ? listings.has(`${by} ${other}`) : (before ?? false);
  const listedPairs = [...lists].flatMap(([id, list]) => list.map(({ other }) => pairOf(id, other)));
  const pairs = new Map(
    [...stored.values(), ...listedPairs].map(({ a_id, b_id }) => [pairKey({ a_id, b_id }), { a_id, b_id }]),
  );
  for (const [key, pair] of pairs) {
    const before = stored.get(key);
    const listed_by_a = isListed(pair.a_id, pair.b_id, before?.listed_by_a);
    const listed_by_b = isListed(pair.b_id, pair.a_id, before?.listed_by_b);
    const found = measured.get(key);
    if (!listed_by_a && !listed_by_b) removed.push(pair);
    else if (found) {
      const content = describeOverlap(found.overlap, found.one, found.other, vocabulary);
      written.push({ ...content, listed_by_a, listed_by_b });
    } else if (before?.listed_by_a !== listed_by_a || before.listed_by_b !== listed_by_b) {
      relisted.push({ ...pair, listed_by_a, listed_by_b });
    }
  }
  return { removed, written, relisted };
}

/**
 * Tells subscribers of what was found, and composing of where it must look again: where a footprint was or is, and where a
 * duplication was or is, for that is the one kind of overlap of which suggestions are made.
 */
async function announce(em: EntityManager, changes: readonly OverlapChange[], scopes: readonly Scope[]): Promise<void> {
  const found = changes
    .filter(({ before }) => before === null)
    .map(({ id }): OutboxEvent => ({ kind: 'overlap.found', id }));
  const duplications = changes
    .flatMap(({ before, after }) => [before, after])
    .flatMap((state) => (state?.kind === 'DUPLICATION' ? [state.scope] : []));
  const touched = [...new Set([...scopes, ...duplications])].sort();
  await append(em, ...found, ...touched.map((scope): OutboxEvent => ({ kind: 'scope.touched', scope })));
}
