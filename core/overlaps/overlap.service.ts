import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hubId } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import { type FootprintService, footprintsChangedAfter } from '../footprints/footprint.service.ts';
import type { IdRange } from '../footprints/registry.rows.ts';
import { inChunks } from '../in-chunks.ts';
import type { JobPayload } from '../jobs/contract.ts';
import type { Scope } from '../jobs/scope.ts';
import type { OutboxEvent } from '../outbox/events.ts';
import { append } from '../outbox/outbox.ts';
import { isCaseStudyId, scopesOfPractices } from '../practices/offered-practices.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { listingOf, type TouchedPair, touchedPairs } from './decide-pairs.ts';
import { describeOverlap } from './describe-overlap.ts';
import { expectedOverlaps } from './expected-overlaps.ts';
import type { FoundLists } from './found-lists.ts';
import { MatchingMemory } from './matching-memory.ts';
import {
  isTelling,
  OVERLAP_VIEWS,
  type OverlapContent,
  type OverlapRecord,
  type OverlapView,
  type Pair,
  pairKey,
} from './overlap.rows.ts';
import { readOverlaps, readPairsAbout, removeOverlaps, waitForTurn, writeOverlaps } from './overlap.store.ts';
import { remeasure } from './remeasure.ts';
import { type Measured, type RenewedLists, renewLists } from './renew-lists.ts';
import { listsInDoubt } from './replace-lists.ts';
import { ReadingDesk } from './surroundings.ts';

/** Overlaps or events that a statement writes: some 2 MB of JSON. */
const WRITTEN_AT_ONCE = 1_000;
/** Overlaps that an event tells of. */
const TOLD_AT_ONCE = 200;
/** Pairs whose stored contents are in memory at a time. */
const DECIDED_AT_ONCE = 5_000;
/** Footprints whose changes are followed one by one before it is quicker to look at all of them again. */
const MOST_CHANGED = 100;

/**
 * Finds overlaps and keeps the stored ones true: every pair of footprints that is in the best list of either, in the view of each
 * owner and in that of everybody else.
 *
 * Matching is serialised: one transaction at a time, over the whole hub. To enter a pair into a list is to read the list, decide,
 * and write it; and two changes can touch one list without having a place or corridor in common, because a list holds pairs of
 * many. Locks on lists would be taken in an order that is known only on the way. The price is that more workers do not match
 * faster; what they are for is composing. Footprints are rewritten under the same lock, so that none changes between two of our
 * statements; the registry goes on being written meanwhile, and each of its changes has a job of its own to come.
 */
export class OverlapService {
  /** Made once: from bytes, node:crypto makes a key anew for every digest, which costs eight times as much. */
  private readonly idKey: KeyObject;
  /** One turn looks at much that the one before it looked at. */
  private readonly memory = new MatchingMemory();

  constructor(
    private readonly vocabulary: VocabularyService,
    private readonly footprints: FootprintService,
    idSecret: Uint8Array,
  ) {
    this.idKey = createSecretKey(idSecret);
  }

  /**
   * Brings the footprints of records, and of all that depends on actors, and their overlaps up to date, and announces the new
   * ones and the scopes in which suggestions may be different now; also those where written case studies are offered. Reads the present, so that a late or repeated job changes
   * nothing. False when there is none of them.
   */
  async matchFootprint(work: Work, { subjectIds: written }: JobPayload<'match-footprint'>): Promise<boolean> {
    await this.takeTurn(work);
    const rewritten = await this.footprints.rewrite(work, written);
    if (rewritten === null && !written.some(isCaseStudyId)) return false;
    const { changes, subjectIds } = rewritten ?? { changes: [], subjectIds: [] };
    const found = subjectIds.length > 0 ? await this.rematch(work, subjectIds) : [];
    const scopes = changes.flatMap((change) => change.scopes);
    await announce(work.em, found, [...scopes, ...(await scopesOfPractices(work.em, written))]);
    return true;
  }

  /**
   * Brings the overlaps up to date that share one of these audiences (codes), of which insights say something else now: what kind
   * they are depends on it, and nothing else. Reads the present, so that a late or repeated job changes nothing.
   */
  async reclassify(work: Work, audiences: readonly string[]): Promise<void> {
    await this.takeTurn(work);
    const vocabulary = await this.vocabulary.current(work.em);
    const pairs = await readPairsAbout(work.em, audiences);
    for (const some of inChunks(pairs, WRITTEN_AT_ONCE)) {
      const before = await readOverlaps(work.em, some);
      const after = await remeasure(work.em, before, vocabulary);
      await announce(work.em, await this.store(work, before, after), []);
    }
  }

  /** Rewrites the footprints of a range of records that are not what the registry says. Their overlaps are to be found anew afterwards. */
  async rewriteFootprints(work: Work, range: IdRange): Promise<void> {
    await this.takeTurn(work);
    const moved = await this.footprints.rewriteRange(work, range);
    await announce(
      work.em,
      [],
      moved.flatMap(({ scopes }) => scopes),
    );
  }

  /**
   * Makes of what is stored of a block of lists what was found, as of a moment, and brings it up to date with what has changed since.
   * Running it twice, or after some of it, changes nothing more. With `patient`, `outdated` and nothing written when so much
   * has changed that it is better to look again.
   */
  async replaceLists(
    work: Work,
    found: FoundLists,
    { patient }: { readonly patient: boolean },
  ): Promise<'replaced' | 'outdated'> {
    const { em } = work;
    await this.takeTurn(work);
    const vocabulary = await this.vocabulary.current(em);
    const changed = await footprintsChangedAfter(em, found.snapshot);
    if (vocabulary !== found.vocabulary || (patient && changed.length > MOST_CHANGED)) return 'outdated';
    const changes: OverlapChange[] = [];
    for (const view of OVERLAP_VIEWS) {
      changes.push(...(await this.settle(work, await listsInDoubt(em, view, found), vocabulary)));
    }
    // These lists are now those of the moment; as after any other change, what has changed since decides what becomes of them.
    const left = changed.flatMap((id) => found.ancestorsOf(id));
    if (changed.length > 0) changes.push(...(await this.rematch(work, [...new Set([...changed, ...left])])));
    await announce(em, changes, []);
    return 'replaced';
  }

  /** What the registry says should be stored, by natural key. Reads everything, writes nothing. */
  async expected(work: Work): Promise<ReadonlyMap<string, OverlapRecord>> {
    const placed = await this.footprints.expected(work);
    return expectedOverlaps(placed, await this.vocabulary.current(work.em));
  }

  /** Waits until nobody else changes footprints or overlaps, and knows what others have changed. */
  private async takeTurn({ em }: Work): Promise<void> {
    await this.memory.catchUp(em, await waitForTurn(em));
  }

  private async rematch(work: Work, changed: readonly string[]): Promise<OverlapChange[]> {
    const vocabulary = await this.vocabulary.current(work.em);
    this.memory.forgetFaces(changed);
    const desk = new ReadingDesk(work.em, this.memory);
    const renewed: RenewedLists[] = [];
    for (const view of OVERLAP_VIEWS) renewed.push(await renewLists(desk, view, changed, vocabulary.terrain()));
    const changes: OverlapChange[] = [];
    for (const one of renewed) changes.push(...(await this.settle(work, one, vocabulary)));
    return changes;
  }

  /** Stores renewed lists, and writes nothing where that is stored already. */
  private async settle(work: Work, renewed: RenewedLists, vocabulary: Vocabulary): Promise<OverlapChange[]> {
    const changes: OverlapChange[] = [];
    for (const some of inChunks(touchedPairs(renewed), DECIDED_AT_ONCE))
      changes.push(...(await this.settleSome(work, some, vocabulary)));
    this.memory.noteLists(renewed.view, renewed.lists);
    return changes;
  }

  private async settleSome(
    work: Work,
    touched: readonly TouchedPair[],
    vocabulary: Vocabulary,
  ): Promise<OverlapChange[]> {
    const before = await readOverlaps(work.em, touched);
    const after = touched.flatMap((pair): [string, OverlapRecord][] => {
      const key = pairKey(pair);
      const stored = before.get(key);
      const listing = listingOf(pair, stored);
      if (!listing.listed_by_a && !listing.listed_by_b) return [];
      const content = pair.measured ? describe(pair.view, pair.measured, vocabulary) : stored;
      return content ? [[key, { ...content, ...listing }]] : [];
    });
    return this.store(work, before, new Map(after));
  }

  /** Makes of what is stored what should be, and writes nothing where the two are the same. */
  private async store(work: Work, before: OverlapsByPair, after: OverlapsByPair): Promise<OverlapChange[]> {
    const written = [...after].flatMap(([key, overlap]) =>
      isDeepStrictEqual(overlap, before.get(key)) ? [] : [{ ...overlap, id: this.idOf(overlap) }],
    );
    const removed = [...before.values()].filter((overlap) => !after.has(pairKey(overlap)));
    await removeOverlaps(work.em, removed);
    for (const some of inChunks(written, WRITTEN_AT_ONCE)) await writeOverlaps(work.em, some, work.now);
    return [
      ...removed.map((overlap) => ({ newId: null, scopes: tellingScopes(overlap) })),
      ...written.map((overlap) => {
        const stored = before.get(pairKey(overlap));
        return {
          newId: stored ? null : overlap.id,
          scopes: [...(stored ? tellingScopes(stored) : []), ...tellingScopes(overlap)],
        };
      }),
    ];
  }

  /** Derived rows have derived ids: the same pair has the same one in every recomputation, and nobody can guess it. */
  private idOf(pair: Pair): string {
    const digest = createHmac('sha256', this.idKey)
      .update(`overlap ${pairKey(pair)}`)
      .digest();
    return hubId('ovl', digest.subarray(0, 16));
  }
}

type OverlapsByPair = ReadonlyMap<string, OverlapRecord>;

/** What there is to tell of an overlap that was stored, changed or removed: a block has tens of thousands, so nothing else is kept. */
interface OverlapChange {
  /** Its id when it was not stored before. */
  readonly newId: string | null;
  /** Where suggestions follow from it, or followed. */
  readonly scopes: readonly Scope[];
}

/** Of duplications, contradictions and channels to be borrowed suggestions are made. */
function tellingScopes(overlap: OverlapRecord): Scope[] {
  return overlap.view === 'released' && isTelling(overlap) ? [overlap.scope] : [];
}

function describe(
  view: OverlapView,
  { describe: measure, one, other }: Measured,
  vocabulary: Vocabulary,
): OverlapContent {
  return describeOverlap(view, measure(), one, other, vocabulary);
}

/**
 * Tells subscribers of what was found, and composing of where it must look again: where a footprint was or is, and where a
 * duplication, a contradiction or a channel to be borrowed was or is, for of those suggestions are made.
 */
async function announce(em: EntityManager, changes: readonly OverlapChange[], scopes: readonly Scope[]): Promise<void> {
  const ids = changes.flatMap(({ newId }) => newId ?? []);
  const found = inChunks(ids, TOLD_AT_ONCE).map((some): OutboxEvent => ({ kind: 'overlaps.found', ids: some }));
  const telling = changes.flatMap((change) => change.scopes);
  const touched = [...new Set([...scopes, ...telling])].sort();
  const events = [...found, ...touched.map((scope): OutboxEvent => ({ kind: 'scope.touched', scope }))];
  for (const some of inChunks(events, WRITTEN_AT_ONCE)) await append(em, ...some);
}
