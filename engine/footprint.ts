import type { DayRange } from './values/day-range.ts';
import type { FacetSet } from './values/facet-set.ts';
import type { Place } from './values/place.ts';

/** A fact that messages state, in a form that can only be compared. */
export interface Fact {
  /** Its kind, as `hotline`. */
  readonly kind: string;
  /** Facts of one kind about the same have the same subject; if they also hold the same, the same value. Neither means anything else. */
  readonly subject: string;
  readonly value: string;
  /** Whom it is told; none: the audiences of the footprint. */
  readonly audiences: FacetSet;
  /** The days on which it holds; null: all. */
  readonly days: DayRange | null;
}

/**
 * The who-what-where-when of one matchable unit (a programme, a campaign or a calendar entry), with everything it inherits
 * resolved. All that the engine ever sees of a record; an empty set or list means "not stated", and what is not stated is not shared.
 */
export interface Footprint {
  /** The record's id; unique among footprints, and the last tie-breaker everywhere, in code-unit order. */
  readonly id: string;
  /** The ids of the records it is a part of, nearest first. */
  readonly ancestors: readonly string[];
  /** The actor whose work it is. */
  readonly owner: string;
  /** Actors that are partners inside this one's programme: with them it never overlaps. */
  readonly partners: readonly string[];
  /** The owner is a state, intergovernmental or regional body. */
  readonly publicBody: boolean;
  /** The owner has registered committed resources. */
  readonly committed: boolean;
  /** The dates are not confirmed. It matches all the same. */
  readonly tentative: boolean;
  readonly days: DayRange;
  readonly places: readonly Place[];
  /** Corridors the record itself names; when it names none, they are derived from its countries and themes. */
  readonly corridors: FacetSet;
  readonly audiences: FacetSet;
  readonly themes: FacetSet;
  readonly channels: FacetSet;
  /** By primary language subtag. */
  readonly languages: FacetSet;
  /** Audiences that its messages deter. */
  readonly deters: FacetSet;
  /** Audiences that its messages protect. */
  readonly protects: FacetSet;
  /** What its messages state and others may compare. */
  readonly facts: readonly Fact[];
}
