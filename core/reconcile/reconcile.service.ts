import { epochDay } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { PlacedFootprint } from '../footprints/footprint.rows.ts';
import { type FootprintService, storedFootprints } from '../footprints/footprint.service.ts';
import { storedGaps } from '../gaps/gap.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import { backlog } from '../outbox/outbox.ts';
import { expectedOverlaps } from '../overlaps/expected-overlaps.ts';
import type { OverlapRecord } from '../overlaps/overlap.rows.ts';
import { storedOverlaps } from '../overlaps/overlap.store.ts';
import { readOffered } from '../practices/offered-practices.ts';
import { composeScope } from '../suggestions/compose-scope.ts';
import { readCompositions } from '../suggestions/composition.rows.ts';
import { foldProposals } from '../suggestions/fold-proposals.ts';
import { readHistory } from '../suggestions/suggestion.rows.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { type Comparison, type Difference, compare } from './compare.ts';
import { contentsOf, scopesOf } from './expected-contents.ts';
import { sayChange } from './say-change.ts';

/** How far what is derived from the registry is what the registry says. */
export interface ReconcileReport {
  readonly footprints: Comparison;
  readonly overlaps: Comparison;
  /** Drafts of all scopes; those that differ are those whose folding would change something. */
  readonly drafts: Comparison;
  /** Gaps of all corridors. */
  readonly gaps: Comparison;
  /** Changes not matched yet; while there are any, differences may just be what is about to be written. */
  readonly pending: number;
}

/** What is being compared, for whoever waits. */
export type ReconcileStep = 'footprints' | 'overlaps' | 'drafts';

/**
 * Checks that everything derived is a pure function of registry, rules and day: rebuilds footprints from the
 * registry, overlaps from these footprints, drafts from both as of the day their scope was last composed, and compares natural
 * keys and content with what is stored. Ids, times and decisions are not derived and not compared.
 */
export class ReconcileService {
  constructor(
    private readonly vocabulary: VocabularyService,
    private readonly footprints: FootprintService,
  ) {}

  /** Compares everything and writes nothing. Give it a unit of work that sees one moment. */
  async compare(work: Work, onStep: (step: ReconcileStep) => void = () => undefined): Promise<ReconcileReport> {
    const { em } = work;
    onStep('footprints');
    const placed = await this.footprints.expected(work);
    const footprints = compare(byId(placed), byId(await storedFootprints(em)));
    onStep('overlaps');
    const vocabulary = await this.vocabulary.current(em);
    const expected = expectedOverlaps(placed, vocabulary);
    const overlaps = compare(expected, await storedOverlaps(em));
    onStep('drafts');
    const { drafts, gaps } = await this.compareComposed(work, placed, [...expected.values()], vocabulary);
    return { footprints, overlaps, drafts, gaps, pending: (await backlog(em)).pending };
  }

  /** Composes every scope from what is expected, and folds that into what is stored: nothing may change, and its gaps are those stored. */
  private async compareComposed(
    { em, today }: Work,
    placed: readonly PlacedFootprint[],
    overlaps: readonly OverlapRecord[],
    vocabulary: Vocabulary,
  ): Promise<Pick<ReconcileReport, 'drafts' | 'gaps'>> {
    const compositions = new Map((await readCompositions(em)).map(({ scope, asOf }) => [scope, asOf]));
    const scopes: Scope[] = [...new Set([...compositions.keys(), ...scopesOf(placed, overlaps)])].sort();
    let expected = 0;
    const differences: Difference[] = [];
    const gaps = new Map<string, object>();
    for (const scope of scopes) {
      const asOf = compositions.get(scope) ?? epochDay(today);
      const { composed, gaps: found } = composeScope(
        scope,
        contentsOf(scope, placed, overlaps, await readOffered(em, scope, asOf), asOf),
        vocabulary,
        asOf,
      );
      const changes = foldProposals(await readHistory(em, scope, asOf), composed, vocabulary, asOf);
      expected += composed.length;
      for (const gap of found) gaps.set(gap.id, gap);
      differences.push(...changes.map((change) => ({ key: scope, message: sayChange(change) })));
    }
    return { drafts: { expected, differences }, gaps: compare(gaps, await storedGaps(em)) };
  }
}

function byId(placed: readonly PlacedFootprint[]): ReadonlyMap<string, object> {
  return new Map(
    placed.map(({ footprint, released, cells }) => [footprint.subject_id, { ...footprint, released, cells }]),
  );
}
