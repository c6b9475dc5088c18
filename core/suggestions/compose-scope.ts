import {
  composeGapDrafts,
  composeJointCampaigns,
  composeLeverageDrafts,
  composePairDrafts,
  type Corridor,
  type Draft,
  type EpochDay,
  findGaps,
  type Footprint,
  type Gap,
  measure,
  type Overlap,
} from '../../engine/index.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { toFootprint } from '../footprints/to-footprint.ts';
import { cellOf, type GapRow, toGapRow } from '../gaps/gap.rows.ts';
import { corridorScope, type Scope } from '../jobs/scope.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { describeDraft } from './describe-draft.ts';
import type { Proposal } from './proposal.ts';

/** Everything that the proposals of one scope are made of. */
export interface ScopeContents {
  /** At least those with a cell in the scope, and those of the pairs. */
  readonly footprints: readonly FootprintRow[];
  /** Ids of the footprints whose stored overlap is a duplication that belongs to the scope. */
  readonly duplicates: readonly (readonly [string, string])[];
  /** The same of those whose stored overlap is a channel to be borrowed. */
  readonly leverages: readonly (readonly [string, string])[];
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
 * What is to be proposed in a scope as of a day: joint campaigns and gaps to fill where it is a corridor, duplications to avoid and
 * channels to borrow. Pure; each with a key of its own. A pair is measured anew: one that has changed since its overlap was stored is left to the matching
 * that is on its way, which touches the scope again.
 */
export function composeScope(
  scope: Scope,
  { footprints: rows, duplicates, leverages }: ScopeContents,
  vocabulary: Vocabulary,
  asOf: EpochDay,
): ComposedScope {
  const terrain = vocabulary.terrain();
  const footprints = rows.flatMap((row) => toFootprint(row) ?? []);
  const byId = new Map(footprints.map((footprint) => [footprint.id, footprint]));
  const corridor = terrain.corridors.find(({ code }) => corridorScope(code) === scope);
  const joint = corridor === undefined ? [] : composeJointCampaigns(corridor, footprints, terrain, asOf);
  const measured = (pairs: ScopeContents['duplicates']): Overlap[] =>
    pairs.flatMap(([a, b]) => measureIfThere(byId.get(a), byId.get(b), vocabulary));
  const rowsById = new Map(rows.map((row) => [row.subject_id, row]));
  const gaps = corridor === undefined ? [] : gapsOn(corridor, footprints, rowsById, vocabulary, asOf);
  const fillings = corridor === undefined ? [] : composeGapDrafts(corridor, gaps, (gap) => cellOf(gap, vocabulary));
  const drafts = [
    ...joint,
    ...composePairDrafts(measured(duplicates), byId, terrain, asOf),
    ...composeLeverageDrafts(measured(leverages), byId, terrain, asOf),
    ...fillings,
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

function measureIfThere(a: Footprint | undefined, b: Footprint | undefined, vocabulary: Vocabulary): Overlap[] {
  const overlap = a && b ? measure(a, b, vocabulary.terrain()) : null;
  return overlap === null ? [] : [overlap];
}
