import type { Footprint } from './footprint.ts';
import type { Standing } from './standing.ts';
import { countSharedDays } from './values/day-range.ts';
import { has, intersects } from './values/facet-set.ts';
import { placeSimilarity, SAME_CORRIDOR } from './values/place.ts';

/** By what two footprints meet. */
export interface Meeting {
  /** Similarity of their best pair of places, 0 to 1. */
  readonly place: number;
  /** The lowest corridor by which they meet across countries, or null. */
  readonly corridor: number | null;
}

/**
 * Whether and by what two footprints meet, or null. They do when they have different owners, neither of them a partner inside
 * the other's programme, share at least `minSharedDays` days, and either share a place and an audience or a theme, or meet
 * across countries on a corridor. Symmetric.
 */
export function meet(a: Standing, b: Standing, minSharedDays: number): Meeting | null {
  if (workTogether(a.footprint, b.footprint)) return null;
  if (countSharedDays(a.footprint.days, b.footprint.days) < minSharedDays) return null;
  const audience = intersects(a.footprint.audiences, b.footprint.audiences);
  const theme = intersects(a.footprint.themes, b.footprint.themes);
  if (!audience && !theme) return null;
  const place = bestPlaceSimilarity(a, b);
  const corridor = lowestCorridorBetween(a, b, audience && theme);
  if (place === 0 && corridor === null) return null;
  return { place: corridor === null ? place : Math.max(place, SAME_CORRIDOR), corridor };
}

/** Whether two footprints are of one owner, or one's owner is a partner inside the other's programme. */
function workTogether(a: Footprint, b: Footprint): boolean {
  return a.owner === b.owner || a.partners.includes(b.owner) || b.partners.includes(a.owner);
}

/** The best place similarity over the countries of both. Inside one country only places decide. */
function bestPlaceSimilarity(a: Standing, b: Standing): number {
  let best = 0;
  for (const [country, subdivisions] of a.countries) {
    const others = b.countries.get(country);
    if (others !== undefined) best = Math.max(best, placeSimilarity(subdivisions, others));
  }
  return best;
}

/**
 * The lowest corridor of both on which they have seats in different countries. One that both state needs a shared audience or
 * theme, which the caller has seen to; any other needs both.
 */
function lowestCorridorBetween(a: Standing, b: Standing, audienceAndTheme: boolean): number | null {
  let lowest: number | null = null;
  for (const [corridor, seats] of a.seats) {
    const others = b.seats.get(corridor);
    if (others === undefined || !inDifferentCountries(seats, others)) continue;
    if (!audienceAndTheme && !(has(a.footprint.corridors, corridor) && has(b.footprint.corridors, corridor))) continue;
    if (lowest === null || corridor < lowest) lowest = corridor;
  }
  return lowest;
}

/** Whether a country of the one and a country of the other differ: always, unless both have only the same one. */
function inDifferentCountries(a: readonly number[], b: readonly number[]): boolean {
  return a.length > 1 || b.length > 1 || a[0] !== b[0];
}
