import {
  composeJointCampaigns,
  composePairDrafts,
  composeReplications,
  type Corridor,
  type Draft,
  type EpochDay,
  type Footprint,
  measure,
  type Overlap,
  type PracticeCell,
} from '../../engine/index.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { toFootprint } from '../footprints/to-footprint.ts';
import { corridorScope, countryScope, type Scope } from '../jobs/scope.ts';
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
  /** Ids of the footprints whose stored overlap is a duplication that belongs to the scope. */
  readonly duplicates: readonly (readonly [string, string])[];
  /** The case studies that are offered in the scope as of the day. */
  readonly practices: readonly PracticeRow[];
}

/** A draft with the proposal it becomes. */
export interface Composed {
  readonly draft: Draft;
  readonly proposal: Proposal;
}

/**
 * What is to be proposed in a scope as of a day: joint campaigns where it is a corridor, duplications to avoid, and practices to
 * replicate. Pure; each with a key of its own. A pair is measured anew: one that has changed since its overlap was stored is left to the matching
 * that is on its way, which touches the scope again.
 */
export function composeScope(
  scope: Scope,
  { footprints: rows, duplicates, practices }: ScopeContents,
  vocabulary: Vocabulary,
  asOf: EpochDay,
): Composed[] {
  const terrain = vocabulary.terrain();
  const footprints = rows.flatMap((row) => toFootprint(row) ?? []);
  const byId = new Map(footprints.map((footprint) => [footprint.id, footprint]));
  const corridor = terrain.corridors.find(({ code }) => corridorScope(code) === scope);
  const joint = corridor === undefined ? [] : composeJointCampaigns(corridor, footprints, terrain, asOf);
  const overlaps = duplicates.flatMap(([a, b]) => measureIfThere(byId.get(a), byId.get(b), vocabulary));
  const cell = cellOf(scope, corridor, vocabulary);
  const known = practices.map((practice) => toPractice(practice, vocabulary));
  const replications = cell === null ? [] : composeReplications(cell, known, footprints, terrain, asOf);
  const rowsById = new Map(rows.map((row) => [row.subject_id, row]));
  return [...joint, ...composePairDrafts(overlaps, byId, terrain, asOf), ...replications]
    .filter((draft) => draft.corridor === (corridor?.bit ?? null))
    .map((draft) => ({ draft, proposal: describeDraft(draft, rowsById, vocabulary) }));
}

/** Where practices are offered in a scope; null for one that the vocabulary does not know. */
function cellOf(scope: Scope, corridor: Corridor | undefined, vocabulary: Vocabulary): PracticeCell | null {
  if (corridor !== undefined) return { kind: 'corridor', corridor };
  const code = scope.slice(scope.indexOf(':') + 1);
  const country = vocabulary.place(code)?.countryBit;
  return country === undefined || countryScope(code) !== scope ? null : { kind: 'country', country };
}

function measureIfThere(a: Footprint | undefined, b: Footprint | undefined, vocabulary: Vocabulary): Overlap[] {
  const overlap = a && b ? measure(a, b, vocabulary.terrain()) : null;
  return overlap === null ? [] : [overlap];
}
