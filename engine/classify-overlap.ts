import { effectiveChannels, isAtOneOf } from './channel-fit.ts';
import type { Footprint } from './footprint.ts';
import type { Contradiction, OverlapKind, ScorePart, Shared } from './overlap.ts';
import { RULES, type Facet } from './rules.ts';
import type { Standing } from './standing.ts';
import type { Corridor, Terrain } from './terrain.ts';
import {
  bitsOf,
  difference,
  has,
  intersection,
  intersects,
  isEmpty,
  union,
  type FacetSet,
} from './values/facet-set.ts';

/** Two footprints that meet, and what has been measured of them. */
export interface Comparison {
  readonly a: Standing;
  readonly b: Standing;
  readonly parts: readonly ScorePart[];
  readonly shared: Shared;
}

/** What an overlap is good for: the first kind that fits. */
export function classifyOverlap(comparison: Comparison, terrain: Terrain): OverlapKind {
  if (isDuplication(comparison)) return 'DUPLICATION';
  if (isComplement(comparison, terrain)) return 'COMPLEMENT';
  if (isLeverage(comparison, terrain)) return 'LEVERAGE';
  if (isReinforcement(comparison)) return 'REINFORCEMENT';
  return 'CO_PRESENCE';
}

/**
 * Whether, in one place, the messages of one deter an audience that those of the other protect; null when they do not.
 * The audience must be one of both; a footprint that states none has those of its messages. Should each deter whom the other
 * protects, what `a` deters is told.
 */
export function findContradiction({ a, b, parts }: Comparison): Contradiction | null {
  if (similarityOf(parts, 'place') < RULES.overlap.samePlace) return null;
  const both = intersection(addressedBy(a.footprint), addressedBy(b.footprint));
  for (const [one, other] of [
    [a.footprint, b.footprint],
    [b.footprint, a.footprint],
  ] as const) {
    const audiences = intersection(intersection(one.deters, other.protects), both);
    if (!isEmpty(audiences)) return { audiences, deterring: one.id, protecting: other.id };
  }
  return null;
}

/** The same work twice: same place, audience, theme, channel and time, in a language that does not set them apart. */
function isDuplication({ a, b, parts, shared }: Comparison): boolean {
  const oneLanguage = !isEmpty(shared.languages) || isEmpty(a.footprint.languages) || isEmpty(b.footprint.languages);
  return (
    oneLanguage &&
    similarityOf(parts, 'place') >= RULES.overlap.samePlace &&
    similarityOf(parts, 'audience') >= RULES.overlap.duplicateAudience &&
    similarityOf(parts, 'theme') >= RULES.overlap.duplicateTheme &&
    similarityOf(parts, 'channel') >= RULES.overlap.duplicateChannel &&
    similarityOf(parts, 'time') >= RULES.overlap.duplicateTime
  );
}

/** Different places, and on a corridor of both they sit in different countries with different roles. */
function isComplement({ a, b, parts, shared }: Comparison, terrain: Terrain): boolean {
  if (similarityOf(parts, 'place') >= RULES.overlap.samePlace) return false;
  return terrain.corridors.some(
    (corridor) => has(shared.corridors, corridor.bit) && sitInDifferentRoles(corridor, a, b),
  );
}

function sitInDifferentRoles(corridor: Corridor, a: Standing, b: Standing): boolean {
  const legs = corridor.legs.filter(({ country }) => a.countries.has(country));
  const others = corridor.legs.filter(({ country }) => b.countries.has(country));
  return legs.some((leg) => others.some((other) => leg.country !== other.country && leg.role !== other.role));
}

/** A body that is not public has a channel which really reaches an audience of both and which the public one lacks. */
function isLeverage({ a, b, shared }: Comparison, terrain: Terrain): boolean {
  if (a.footprint.publicBody === b.footprint.publicBody) return false;
  const [publicBody, carrier] = a.footprint.publicBody ? [a.footprint, b.footprint] : [b.footprint, a.footprint];
  const offered = difference(carrier.channels, publicBody.channels);
  return bitsOf(shared.audiences).some((audience) =>
    intersects(
      offered,
      effectiveChannels(terrain, audience, (place) => isAtOneOf(shared.places, place)),
    ),
  );
}

/** The same people in the same place by other channels. */
function isReinforcement({ a, b, parts, shared }: Comparison): boolean {
  return (
    similarityOf(parts, 'place') >= RULES.overlap.samePlace &&
    !isEmpty(shared.audiences) &&
    !isEmpty(a.footprint.channels) &&
    !isEmpty(b.footprint.channels) &&
    isEmpty(shared.channels)
  );
}

/** Whom a footprint addresses: its audiences, else those of its messages. */
export function addressedBy(footprint: Footprint): FacetSet {
  return isEmpty(footprint.audiences) ? union(footprint.deters, footprint.protects) : footprint.audiences;
}

/** How far two agree in a facet; 0 where it is not stated. */
export function similarityOf(parts: readonly ScorePart[], facet: Facet): number {
  return parts.find((part) => part.facet === facet)?.similarity ?? 0;
}
