import {
  composeAlignments,
  composeJointCampaigns,
  composePairDrafts,
  composeReplications,
  type Draft,
  type EpochDay,
  type Footprint,
  type Ground,
  measure,
  type Overlap,
} from '../../engine/index.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { toFootprint } from '../footprints/to-footprint.ts';
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

/**
 * What is to be proposed in a scope as of a day: joint campaigns where it is a corridor, dates to align, duplications to avoid,
 * contradictions to resolve, and practices to replicate. Pure; each with a key of its own. A pair is measured anew: one that has changed since its overlap was stored is left to the matching
 * that is on its way, which touches the scope again.
 */
export function composeScope(
  scope: Scope,
  { footprints: rows, pairs, practices }: ScopeContents,
  vocabulary: Vocabulary,
  asOf: EpochDay,
): Composed[] {
  const terrain = vocabulary.terrain();
  const footprints = rows.flatMap((row) => toFootprint(row) ?? []);
  const byId = new Map(footprints.map((footprint) => [footprint.id, footprint]));
  const corridor = terrain.corridors.find(({ code }) => corridorScope(code) === scope);
  const ground = corridor === undefined ? countryOf(scope, vocabulary) : ({ kind: 'corridor', corridor } as const);
  const joint = corridor === undefined ? [] : composeJointCampaigns(corridor, footprints, terrain, asOf);
  const overlaps = pairs.flatMap(([a, b]) => measureIfThere(byId.get(a), byId.get(b), vocabulary));
  const known = practices.map((practice) => toPractice(practice, vocabulary));
  const rowsById = new Map(rows.map((row) => [row.subject_id, row]));
  const onGround =
    ground === null
      ? []
      : [
          ...composeAlignments(ground, footprints, terrain, asOf),
          ...composeReplications(ground, known, footprints, terrain, asOf),
        ];
  return [...joint, ...composePairDrafts(overlaps, byId, terrain, asOf), ...onGround]
    .filter((draft) => draft.corridor === (corridor?.bit ?? null))
    .map((draft) => ({ draft, proposal: describeDraft(draft, rowsById, vocabulary) }));
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
