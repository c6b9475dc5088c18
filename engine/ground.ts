import type { Overlap } from './overlap.ts';
import { standingOf, type Standing } from './standing.ts';
import type { Corridor, Terrain } from './terrain.ts';
import type { Footprint } from './footprint.ts';

/** Where suggestions are composed: a corridor, or a country for what is on no corridor. */
export type Ground =
  { readonly kind: 'corridor'; readonly corridor: Corridor } | { readonly kind: 'country'; readonly country: number };

/** The countries in which the two of a pair take part; the same one where they share a place. */
export type PairCountries = readonly [number, number];

/**
 * The countries of a pair on a ground; null when it belongs to another. It belongs to the lowest corridor on which both have a seat,
 * else to the lowest country in which they share a place. Sharing a place they take part in the best one of them; else in the lowest
 * two countries of that corridor, or of the one by which they meet, that differ. @param overlap theirs
 */
export function countriesOn(
  ground: Ground,
  one: Footprint,
  other: Footprint,
  { shared, corridor: meetingCorridor }: Pick<Overlap, 'shared' | 'corridor'>,
  terrain: Terrain,
): PairCountries | null {
  const [a, b] = [standingOf(one, terrain), standingOf(other, terrain)];
  const corridor = lowestSeated(a, b);
  if (ground.kind === 'country') {
    const lowest = Math.min(...shared.places.map(({ country }) => country));
    return corridor === null && lowest === ground.country ? [lowest, lowest] : null;
  }
  if (corridor !== ground.corridor.bit) return null;
  const country = shared.places[0]?.country;
  if (country !== undefined) return [country, country];
  return differentSeats(a, b, corridor) ?? (meetingCorridor === null ? null : differentSeats(a, b, meetingCorridor));
}

function lowestSeated(a: Standing, b: Standing): number | null {
  const both = [...a.seats.keys()].filter((corridor) => b.seats.has(corridor));
  return both.length === 0 ? null : Math.min(...both);
}

function differentSeats(a: Standing, b: Standing, corridor: number): PairCountries | null {
  for (const one of a.seats.get(corridor) ?? []) {
    const other = b.seats.get(corridor)?.find((country) => country !== one);
    if (other !== undefined) return [one, other];
  }
  return null;
}
