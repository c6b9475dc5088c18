import {
  composeAlignments,
  composeGapDrafts,
  composeJointCampaigns,
  composeLeverageDrafts,
  composePairDrafts,
  composeReplications,
  type Corridor,
  type Draft,
  type EpochDay,
  findGaps,
  type Footprint,
  type Ground,
  type Gap,
  measure,
  type Overlap,
} from '../../engine/index.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { toFootprint } from '../footprints/to-footprint.ts';
import { cellOf, type GapRow, toGapRow } from '../gaps/gap.rows.ts';
import { corridorScope, type Scope } from '../jobs/scope.ts';
import { type PracticeRow, toPractice } from '../practices/offered-practices.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { describeDraft } from './describe-draft.ts';
import type { Proposal } from './proposal.ts';

/** Everything that the proposals of one scope are made of. */
export interface ScopeContents {
  /**
   * At least those of the pairs, and those with a cell in the scope; of a country of these only those that share an audience and a
   * theme with a practice that is offered.
   */
  readonly footprints: readonly FootprintRow[];
  /** Ids of the footprints of whose stored overlaps, those of the scope, something follows; see `isTelling` of overlaps. */
  readonly pairs: readonly (readonly [string, string])[];
  /** The case studies that are offered in the scope as of the day. */
  readonly practices: readonly PracticeRow[];
}

/** A draft with the proposal it becomes. */
export interface Composed {
  readonly draft: Draft;
  readonly proposal: Proposal;
}

/** What composing a scope comes to. */
export interface ComposedScope {
  readonly composed: readonly Composed[];
  /** All gaps of the corridor, the best first; for a few of them something is proposed. */
  readonly gaps: readonly GapRow[];
}

/**
 * What is to be proposed in a scope as of a day: joint campaigns and gaps to fill where it is a corridor, dates to align, duplications
 * to avoid, contradictions to resolve, channels to borrow, and practices to replicate. Pure; each with a key of its own. A pair is measured anew: one that has changed since its overlap was stored is left to the matching
 * that is on its way, which touches the scope again.
 */
export function composeScope(
  scope: Scope,
  { footprints: rows, pairs, practices }: ScopeContents,
  vocabulary: Vocabulary,
  asOf: EpochDay,
): ComposedScope {
  const terrain = vocabulary.terrain();
  const footprints = rows.flatMap((row) => toFootprint(row) ?? []);
  const byId = new Map(footprints.map((footprint) => [footprint.id, footprint]));
  const corridor = terrain.corridors.find(({ code }) => corridorScope(code) === scope);
  const ground = corridor === undefined ? countryOf(scope, vocabulary) : ({ kind: 'corridor', corridor } as const);
  const overlaps = pairs.flatMap(([a, b]) => measureIfThere(byId.get(a), byId.get(b), vocabulary));
  const known = practices.map((practice) => toPractice(practice, vocabulary));
  const rowsById = new Map(rows.map((row) => [row.subject_id, row]));
  const gaps = corridor === undefined ? [] : gapsOn(corridor, footprints, rowsById, vocabulary, asOf);
  const drafts = [
    ...(corridor === undefined
      ? []
      : [
          ...composeJointCampaigns(corridor, footprints, terrain, asOf),
          ...composeGapDrafts(corridor, gaps, (gap) => cellOf(gap, vocabulary)),
        ]),
    ...composePairDrafts(overlaps, byId, terrain, asOf),
    ...composeLeverageDrafts(overlaps, byId, terrain, asOf),
    ...(ground === null
      ? []
      : [
          ...composeAlignments(ground, footprints, terrain, asOf),
          ...composeReplications(ground, known, footprints, terrain, asOf),
        ]),
  ];
  return {
    composed: drafts
      .filter((draft) => draft.corridor === (corridor?.bit ?? null))
      .map((draft) => ({ draft, proposal: describeDraft(draft, rowsById, vocabulary) })),
    gaps: corridor === undefined ? [] : gaps.map((gap) => toGapRow(corridor.code, gap, vocabulary)),
  };
}

/** Only campaigns and what is inside them answer a need. */
function gapsOn(
  corridor: Corridor,
  footprints: readonly Footprint[],
  rows: ReadonlyMap<string, FootprintRow>,
  vocabulary: Vocabulary,
  asOf: EpochDay,
): Gap[] {
  const isStanding = ({ id }: Footprint): boolean => rows.get(id)?.subject_kind === 'programme';
  const work = {
    campaigns: footprints.filter((footprint) => !isStanding(footprint)),
    programmes: footprints.filter(isStanding),
  };
  return findGaps(corridor, work, vocabulary.terrain(), asOf);
}

/** The country of a scope; null when the vocabulary does not know it. */
function countryOf(scope: Scope, vocabulary: Vocabulary): Ground | null {
  const place = vocabulary.place(scope.slice(scope.indexOf(':') + 1));
  return place === undefined ? null : { kind: 'country', country: place.countryBit };
}

function measureIfThere(a: Footprint | undefined, b: Footprint | undefined, vocabulary: Vocabulary): Overlap[] {
  const overlap = a && b ? measure(a, b, vocabulary.terrain()) : null;
  return overlap === null ? [] : [overlap];
}
