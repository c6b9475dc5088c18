import { facetSet, has, intersects, union, type FacetSet } from './facet-set.ts';

/** Where an audience is reached: a country, or one of its first-level subdivisions. */
export interface Place {
  /** The country's number in the vocabulary, dense from 0. */
  readonly country: number;
  /** `WHOLE_COUNTRY`, or the subdivision's number in its country, from 1. */
  readonly subdivision: number;
}

/** The subdivision number that stands for the country itself, and so for all its subdivisions. */
export const WHOLE_COUNTRY = 0;

/** The two are one place. */
export const SAME_PLACE = 1;
/** One is the country of the other. */
export const CONTAINED_PLACE = 0.7;
/** Different countries on one corridor. */
export const SAME_CORRIDOR = 0.5;

/** The place both stand for: the same one, or the finer of two of which one contains the other; null when they are apart. */
export function sharedPlace(a: Place, b: Place): Place | null {
  if (a.country !== b.country) return null;
  if (a.subdivision === b.subdivision || b.subdivision === WHOLE_COUNTRY) return a;
  return a.subdivision === WHOLE_COUNTRY ? b : null;
}

/** The places country by country: of each country the set of its subdivision numbers, in which bit 0 means the whole country. */
export function subdivisionsByCountry(places: readonly Place[]): ReadonlyMap<number, FacetSet> {
  const sets = new Map<number, FacetSet>();
  for (const { country, subdivision } of places) {
    const one = facetSet([subdivision]);
    const others = sets.get(country);
    sets.set(country, others === undefined ? one : union(others, one));
  }
  return sets;
}

/** How well two subdivision sets of ONE country agree, by their best pair: equal 1, one contains the other .7, else 0. */
export function placeSimilarity(a: FacetSet, b: FacetSet): number {
  if (intersects(a, b)) return SAME_PLACE;
  return has(a, WHOLE_COUNTRY) || has(b, WHOLE_COUNTRY) ? CONTAINED_PLACE : 0;
}

/** Orders places by country, then subdivision. */
export function comparePlaces(a: Place, b: Place): number {
  return a.country - b.country || a.subdivision - b.subdivision;
}
