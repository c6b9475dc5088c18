import { countTouching } from './dates/count-touching.ts';
import { DATE_RULES } from './dates/date-rules.ts';
import { describeTradeOffs, type TradeOff } from './dates/trade-offs.ts';
import { openScale } from './dates/value-dates.ts';
import type { Corridor } from './terrain.ts';
import { countSharedDays, dayRange, type DayRange } from './values/day-range.ts';
import { epochDay, type EpochDay } from './values/epoch-day.ts';
import type { FacetSet } from './values/facet-set.ts';

export type DateBandKind =
  'PUBLIC_HOLIDAY' | 'RELIGIOUS_PERIOD' | 'INTERNATIONAL_DAY' | 'HOME_VISIT_PEAK' | 'ELECTION' | 'OTHER';

/** Days on which something is observed in a country. */
export interface DateBand {
  readonly kind: DateBandKind;
  readonly name: string;
  readonly days: DayRange;
  /** The country's number; null: everywhere. */
  readonly country: number | null;
  /** What an international day is about; empty: everything. */
  readonly themes: FacetSet;
}

/** Somebody else's campaign, as far as whoever asks may know it. */
export interface DateNeighbour {
  readonly owner: string;
  readonly days: DayRange;
  /** `here`: it speaks to the same people at the same place; `along`: at another end of the same route. */
  readonly where: 'here' | 'along';
  /** Whoever asks does not see the record itself. */
  readonly hidden: boolean;
}

/** For what dates are sought. The order of its lists does not matter. */
export interface DatesSought {
  readonly lengthDays: number;
  /** The days from which to choose; what is past on `asOf` is not proposed. */
  readonly within: DayRange;
  readonly asOf: EpochDay;
  /** Where the audience is reached. */
  readonly countries: readonly number[];
  readonly corridors: readonly Corridor[];
  readonly themes: FacetSet;
  /** The audience is met when people visit their homes: families, and those who work elsewhere. */
  readonly reachableAtHome: boolean;
  readonly bands: readonly DateBand[];
  readonly neighbours: readonly DateNeighbour[];
  /** A window with a day of one of these kinds is not proposed. */
  readonly avoid: readonly DateBandKind[];
}

/** A window, and what speaks for and against it. */
export interface DateProposal {
  readonly window: DayRange;
  /** 0 to 1: the share of what a window could offer here. */
  readonly score: number;
  readonly tradeOffs: readonly TradeOff[];
}

/**
 * Up to five windows of the length sought, the best first, then the earlier: each the best of those that share at most half of their
 * days with every better one. None when the length does not fit. O(days × (bands of the kinds to avoid + neighbours)).
 */
export function proposeDates(sought: DatesSought): DateProposal[] {
  const scale = openScale(sought);
  const ranked = candidatesOf(sought)
    .map((window) => ({ window, score: scale(window) }))
    .sort((a, b) => b.score - a.score || a.window.start - b.window.start);
  const chosen: { readonly window: DayRange; readonly score: number }[] = [];
  const mostShared = sought.lengthDays * DATE_RULES.sharedAtMost;
  for (const candidate of ranked) {
    if (chosen.length === DATE_RULES.proposals) break;
    if (chosen.every(({ window }) => countSharedDays(window, candidate.window) <= mostShared)) chosen.push(candidate);
  }
  return chosen.map(({ window, score }) => ({ window, score, tradeOffs: describeTradeOffs(window, sought) }));
}

/** Every window of the length that begins on a day within, from `asOf` on, and touches nothing that is to be avoided. */
function candidatesOf({ lengthDays, within, asOf, avoid, bands, countries }: DatesSought): DayRange[] {
  const avoided = bands.filter(
    ({ kind, country }) => avoid.includes(kind) && (country === null || countries.includes(country)),
  );
  const windows: DayRange[] = [];
  for (let start = Math.max(within.start, asOf); start + lengthDays <= within.end; start++) {
    const window = dayRange(epochDay(start), epochDay(start + lengthDays));
    if (countTouching(window, avoided) === 0) windows.push(window);
  }
  return windows;
}
