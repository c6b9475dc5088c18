import type { DayRange } from './values/day-range.ts';
import type { FacetSet } from './values/facet-set.ts';
import type { Place } from './values/place.ts';

export type CountryRole = 'origin' | 'transit' | 'destination' | 'return';

/** One country's part on a corridor. A country may have several legs, with different roles. */
export interface Leg {
  readonly country: number;
  readonly role: CountryRole;
}

/** The months in which a corridor is travelled most, 1 to 12, both included; from 10 to 1 it runs over the turn of the year. */
export interface Season {
  readonly fromMonth: number;
  readonly toMonth: number;
}

/** A migration route, as the hub records it. */
export interface Corridor {
  readonly bit: number;
  /** Its stable code, part of the key of every draft on it. */
  readonly code: string;
  readonly legs: readonly Leg[];
  readonly themes: FacetSet;
  /** Languages that its travellers need. */
  readonly languages: FacetSet;
  readonly season: Season | null;
}

/** A channel's share, 0 to 1, in how an audience obtains information. */
export interface ChannelWeight {
  readonly channel: number;
  readonly weight: number;
}

/** A sourced statement about one audience: how it obtains information, what it lacks, or what is changing. */
export interface Insight {
  /** One that is about several places is here once for each, with the same id. */
  readonly id: string;
  readonly kind: 'information_way' | 'unmet_need' | 'trend';
  readonly place: Place | null;
  readonly corridor: number | null;
  /** The audience's bit. */
  readonly audience: number;
  /** Empty: whatever it is about. */
  readonly themes: FacetSet;
  /** When it holds; null is always. Gaps look at it, overlaps do not: they depend on no day. */
  readonly days: DayRange | null;
  readonly channels: readonly ChannelWeight[];
}

/** What matching knows beside footprints. The order of the lists does not matter. */
export interface Terrain {
  readonly corridors: readonly Corridor[];
  readonly insights: readonly Insight[];
}
