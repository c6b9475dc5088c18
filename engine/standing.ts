import type { Footprint } from './footprint.ts';
import type { Corridor, CountryRole, Terrain } from './terrain.ts';
import { facetSet, has, intersects, isEmpty, type FacetSet } from './values/facet-set.ts';
import { subdivisionsByCountry, type Place } from './values/place.ts';

/** A footprint, and where it takes part: what its places and corridors come to on a terrain. */
export interface Standing {
  readonly footprint: Footprint;
  /** Of each of its countries the subdivision numbers; bit 0 is the whole country. */
  readonly countries: ReadonlyMap<number, FacetSet>;
  /** The corridors it states; when it states none, those on which it has a country and whose themes it shares. */
  readonly corridors: FacetSet;
  /**
   * Of each of these corridors its countries with a leg there, ascending: its seats. A corridor without a seat is absent:
   * to name a corridor is not enough to take part in it.
   */
  readonly seats: ReadonlyMap<number, readonly number[]>;
}

/** What has been worked out, for as long as terrain and footprint are used: neither ever changes. */
const known = new WeakMap<Terrain, WeakMap<Footprint, Standing>>();

/** Where a footprint takes part: worked out once. Linear in its places and the terrain's legs. */
export function standingOf(footprint: Footprint, terrain: Terrain): Standing {
  let standings = known.get(terrain);
  if (standings === undefined) known.set(terrain, (standings = new WeakMap()));
  let standing = standings.get(footprint);
  if (standing === undefined) standings.set(footprint, (standing = workOut(footprint, terrain)));
  return standing;
}

function workOut(footprint: Footprint, terrain: Terrain): Standing {
  const countries = subdivisionsByCountry(footprint.places);
  const corridors = corridorsOf(footprint, terrain);
  const seats = new Map<number, readonly number[]>();
  for (const corridor of terrain.corridors) {
    if (!has(corridors, corridor.bit)) continue;
    const seated = seatsOf(corridor, countries);
    if (seated.length > 0) seats.set(corridor.bit, seated);
  }
  return { footprint, countries, corridors, seats };
}

/** The corridors a footprint states; when it states none, those derived from its places and themes. */
export function corridorsOf({ corridors, places, themes }: Footprint, terrain: Terrain): FacetSet {
  return isEmpty(corridors) ? deriveCorridors(places, themes, terrain) : corridors;
}

/**
 * The corridors of a footprint that states none: those on which one of its countries has a leg and whose themes it shares.
 * Linear in its places and the terrain's legs.
 */
export function deriveCorridors(places: readonly Place[], themes: FacetSet, terrain: Terrain): FacetSet {
  const isIn = (country: number): boolean => places.some((place) => place.country === country);
  const derived = terrain.corridors.filter(
    (corridor) => intersects(themes, corridor.themes) && corridor.legs.some((leg) => isIn(leg.country)),
  );
  return facetSet(derived.map((corridor) => corridor.bit));
}

/** The roles of a country on a corridor, in the order of its legs; none when it has no leg there. */
export function rolesOn(corridor: Corridor, country: number): CountryRole[] {
  return corridor.legs.filter((leg) => leg.country === country).map((leg) => leg.role);
}

function seatsOf(corridor: Corridor, countries: ReadonlyMap<number, FacetSet>): number[] {
  const seated: number[] = [];
  for (const { country } of corridor.legs)
    if (countries.has(country) && !seated.includes(country)) seated.push(country);
  return seated.sort((a, b) => a - b);
}
