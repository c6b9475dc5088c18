import { participantJaccard, windowJaccard, type Seated } from './draft-key.ts';
import { RULES } from './rules.ts';
import { union, type FacetSet } from './values/facet-set.ts';
import type { Seating } from './value-joint-campaign.ts';

/** A joint campaign that could be proposed. */
export interface Candidate {
  readonly key: string;
  readonly value: number;
  readonly seating: Seating;
  readonly participants: readonly Seated[];
  readonly themes: FacetSet;
  readonly audiences: FacetSet;
}

/**
 * Makes one of candidates of ONE corridor that would invite mostly the same participants to mostly the same days: greedily, by
 * value, the highest first, then by start, then by key, each joins the first one kept with which it agrees. The kept one stays
 * as it is and gains the other's themes and audiences. In that order. Candidates of equal key must be equal but for themes and audiences.
 * O(candidates × kept).
 */
export function mergeCandidates(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted(compareCandidates)) {
    const at = kept.findIndex((best) => wouldMeetTwice(best, candidate));
    const best = kept[at];
    if (best === undefined) {
      kept.push(candidate);
    } else {
      const themes = union(best.themes, candidate.themes);
      const audiences = union(best.audiences, candidate.audiences);
      kept[at] = { ...best, themes, audiences };
    }
  }
  return kept;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.value - a.value || a.seating.window.start - b.seating.window.start || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

function wouldMeetTwice(a: Candidate, b: Candidate): boolean {
  const { mergeWindows, mergeParticipants } = RULES.jointCampaign;
  return (
    windowJaccard(a.seating.window, b.seating.window) >= mergeWindows &&
    participantJaccard(a.participants, b.participants) >= mergeParticipants
  );
}
