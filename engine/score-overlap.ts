import type { Footprint } from './footprint.ts';
import type { ScorePart } from './overlap.ts';
import { FACET_WEIGHTS, FACETS, type Facet } from './rules.ts';
import { countSharedDays, lengthOf } from './values/day-range.ts';
import { isEmpty, jaccard, type FacetSet } from './values/facet-set.ts';

/** How much two footprints agree; all three 0 to 1. */
export interface Score {
  /** Σ weight × similarity over all facets; equals score × confidence. */
  readonly strength: number;
  /** Σ weight × similarity ÷ Σ weight over the facets that both state. */
  readonly score: number;
  /** Σ weight over the facets that both state. */
  readonly confidence: number;
}

/** Compares two footprints facet by facet, in the order of `FACETS`, given the similarity of their best pair of places. */
export function compareFacets(a: Footprint, b: Footprint, place: number): ScorePart[] {
  const similarity: Readonly<Record<Facet, number>> = {
    place,
    audience: jaccard(a.audiences, b.audiences),
    theme: jaccard(a.themes, b.themes),
    time: timeSimilarity(a, b),
    channel: jaccard(a.channels, b.channels),
    language: jaccard(a.languages, b.languages),
  };
  const stated: Readonly<Record<Facet, boolean>> = {
    place: a.places.length > 0 && b.places.length > 0,
    audience: bothState(a.audiences, b.audiences),
    theme: bothState(a.themes, b.themes),
    time: true,
    channel: bothState(a.channels, b.channels),
    language: bothState(a.languages, b.languages),
  };
  return FACETS.map((facet) => ({
    facet,
    similarity: similarity[facet],
    weight: FACET_WEIGHTS[facet],
    stated: stated[facet],
  }));
}

/** Adds the parts up in their order. What is not stated adds nothing, so blanks lower the strength and not the score. */
export function addUp(parts: readonly ScorePart[]): Score {
  let sum = 0;
  let stated = 0;
  for (const part of parts) {
    if (!part.stated) continue;
    sum += part.weight * part.similarity;
    stated += part.weight;
  }
  return { strength: sum / 100, score: sum / stated, confidence: stated / 100 };
}

/** What `addUp` makes of `compareFacets`, to the last bit: the same sum in the same order. */
export function strengthOf(a: Footprint, b: Footprint, place: number): number {
  let sum = 0;
  if (a.places.length > 0 && b.places.length > 0) sum += FACET_WEIGHTS.place * place;
  if (bothState(a.audiences, b.audiences)) sum += FACET_WEIGHTS.audience * jaccard(a.audiences, b.audiences);
  if (bothState(a.themes, b.themes)) sum += FACET_WEIGHTS.theme * jaccard(a.themes, b.themes);
  sum += FACET_WEIGHTS.time * timeSimilarity(a, b);
  if (bothState(a.channels, b.channels)) sum += FACET_WEIGHTS.channel * jaccard(a.channels, b.channels);
  if (bothState(a.languages, b.languages)) sum += FACET_WEIGHTS.language * jaccard(a.languages, b.languages);
  return sum / 100;
}

/** Shared days by the days of the shorter one. Two open ranges share all of the shorter one: 1. */
function timeSimilarity(a: Footprint, b: Footprint): number {
  return countSharedDays(a.days, b.days) / Math.min(lengthOf(a.days), lengthOf(b.days));
}

function bothState(a: FacetSet, b: FacetSet): boolean {
  return !isEmpty(a) && !isEmpty(b);
}
