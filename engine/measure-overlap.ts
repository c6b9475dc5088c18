import { classifyOverlap, findContradiction } from './classify-overlap.ts';
import { findDivergence } from './find-divergence.ts';
import type { Footprint } from './footprint.ts';
import { meet, type Meeting } from './meet.ts';
import type { Overlap, Shared } from './overlap.ts';
import { addUp, compareFacets } from './score-overlap.ts';
import { standingOf, type Standing } from './standing.ts';
import type { Terrain } from './terrain.ts';
import { intersect } from './values/day-range.ts';
import { intersection } from './values/facet-set.ts';
import { comparePlaces, sharedPlace, type Place } from './values/place.ts';

export interface MeetOptions {
  /** How many days two footprints must share to meet, at least 1; default 1. */
  readonly minSharedDays?: number;
}

/** Measures two footprints against each other; null when they do not meet. Symmetric: the order of the two does not matter. */
export function measure(a: Footprint, b: Footprint, terrain: Terrain, options: MeetOptions = {}): Overlap | null {
  const standings = [standingOf(a, terrain), standingOf(b, terrain)] as const;
  const meeting = meet(...standings, options.minSharedDays ?? 1);
  return meeting === null ? null : toOverlap(...standings, meeting, terrain);
}

/** Describes a meeting of two footprints: score with its parts, what is shared, kind and contradiction. Symmetric. */
export function toOverlap(one: Standing, other: Standing, meeting: Meeting, terrain: Terrain): Overlap {
  const [a, b] = one.footprint.id < other.footprint.id ? [one, other] : [other, one];
  const days = intersect(a.footprint.days, b.footprint.days);
  if (days === null) throw new Error(`footprints ${a.footprint.id} and ${b.footprint.id} share no day`);
  const parts = compareFacets(a.footprint, b.footprint, meeting.place);
  const comparison = { a, b, parts, shared: findShared(a, b) };
  return {
    a: a.footprint.id,
    b: b.footprint.id,
    kind: classifyOverlap(comparison, terrain),
    ...addUp(parts),
    parts,
    days,
    shared: comparison.shared,
    contradiction: findContradiction(comparison),
    divergence: findDivergence(comparison, days),
    corridor: meeting.corridor,
  };
}

function findShared(a: Standing, b: Standing): Shared {
  return {
    places: findSharedPlaces(a.footprint.places, b.footprint.places),
    corridors: intersection(a.corridors, b.corridors),
    audiences: intersection(a.footprint.audiences, b.footprint.audiences),
    themes: intersection(a.footprint.themes, b.footprint.themes),
    channels: intersection(a.footprint.channels, b.footprint.channels),
    languages: intersection(a.footprint.languages, b.footprint.languages),
  };
}

/** The places both stand for, each once: those both state, then those that one states and the other contains. */
function findSharedPlaces(a: readonly Place[], b: readonly Place[]): Place[] {
  const equal: Place[] = [];
  const contained: Place[] = [];
  for (const one of a) {
    for (const other of b) {
      const shared = sharedPlace(one, other);
      if (shared !== null) (one.subdivision === other.subdivision ? equal : contained).push(shared);
    }
  }
  const places = [...equal.sort(comparePlaces), ...contained.sort(comparePlaces)];
  return places.filter((place, at) => places.findIndex((other) => comparePlaces(place, other) === 0) === at);
}
