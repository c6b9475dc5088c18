import { isInSeason } from '../season.ts';
import type { Season } from '../terrain.ts';
import type { DayRange } from '../values/day-range.ts';
import { type EpochDay, fromCivil, toCivil } from '../values/epoch-day.ts';
import { DATE_RULES } from './date-rules.ts';

/** How a window lies to the season of a route: over when the season begins and not long before, in it, or away from it. */
export type Stage =
  { readonly stage: 'before'; readonly daysBefore: number } | { readonly stage: 'in' } | { readonly stage: 'out' };

/** `daysBefore`: the days between the end of the window and the first of the season. A window that reaches into the season is in it. */
export function stageOf(window: DayRange, season: Season): Stage {
  if (isInSeason(window, season)) return { stage: 'in' };
  const opens = nextStart(season, window.end);
  if (opens - window.start > DATE_RULES.reachBeforeSeasonDays) return { stage: 'out' };
  return { stage: 'before', daysBefore: opens - window.end };
}

/** The first day of the season on `day` or after it. */
function nextStart({ fromMonth }: Season, day: EpochDay): EpochDay {
  const { year } = toCivil(day);
  const thisYear = fromCivil({ year, month: fromMonth, dayOfMonth: 1 });
  return thisYear >= day ? thisYear : fromCivil({ year: year + 1, month: fromMonth, dayOfMonth: 1 });
}
