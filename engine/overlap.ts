import type { Facet } from './rules.ts';
import type { DayRange } from './values/day-range.ts';
import type { FacetSet } from './values/facet-set.ts';
import type { Place } from './values/place.ts';

/** What an overlap is good for; the first that fits, in this order. */
export type OverlapKind = 'DUPLICATION' | 'COMPLEMENT' | 'LEVERAGE' | 'REINFORCEMENT' | 'CO_PRESENCE';

/** How far two footprints agree in one facet. */
export interface ScorePart {
  readonly facet: Facet;
  /** 0 to 1; 0 when not stated. */
  readonly similarity: number;
  /** In hundredths. */
  readonly weight: number;
  /** Both footprints state the facet. */
  readonly stated: boolean;
}

/** What two footprints have in common. */
export interface Shared {
  /** The finer of two places one of which contains the other. Equal places before contained ones, then by country and subdivision. */
  readonly places: readonly Place[];
  /** Corridors of both, stated or derived. */
  readonly corridors: FacetSet;
  readonly audiences: FacetSet;
  readonly themes: FacetSet;
  readonly channels: FacetSet;
  readonly languages: FacetSet;
}

/** Messages to one audience, in one place, on the same days, that take opposed stances. */
export interface Contradiction {
  readonly audiences: FacetSet;
  /** Id of the footprint whose messages deter these audiences. */
  readonly deterring: string;
  /** Id of the footprint whose messages protect them. */
  readonly protecting: string;
}

/** Messages to one audience, in one place, on the same days, that state different facts. */
export interface Divergence {
  readonly audiences: FacetSet;
  /** The kinds of the facts, each once, in code-unit order. */
  readonly kinds: readonly string[];
}

/** Two footprints of different owners that meet, measured. */
export interface Overlap {
  /** The lower of the two ids in code-unit order. */
  readonly a: string;
  readonly b: string;
  readonly kind: OverlapKind;
  /** score × confidence, 0 to 1: what orders overlaps. Blanks are not rewarded. */
  readonly strength: number;
  /** How well they agree in what both state, 0 to 1. */
  readonly score: number;
  /** How much of what counts both state, 0 to 1. */
  readonly confidence: number;
  /** One part a facet, in the order of `FACETS`. */
  readonly parts: readonly ScorePart[];
  /** The days both cover. */
  readonly days: DayRange;
  readonly shared: Shared;
  readonly contradiction: Contradiction | null;
  readonly divergence: Divergence | null;
  /** The lowest corridor by which they meet across countries; null when they meet by place only. */
  readonly corridor: number | null;
}
