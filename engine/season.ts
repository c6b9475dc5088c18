import type { Season } from './terrain.ts';
import type { DayRange } from './values/day-range.ts';
import { epochDay, toCivil } from './values/epoch-day.ts';

/** Whether a day of the range falls into a month of the season. */
export function isInSeason(range: DayRange, season: Season): boolean {
  const first = toCivil(range.start);
  const last = toCivil(epochDay(range.end - 1));
  const months = (last.year - first.year) * 12 + last.month - first.month + 1;
  for (let month = 0; month < Math.min(months, 12); month++) {
    if (hasMonth(season, ((first.month - 1 + month) % 12) + 1)) return true;
  }
  return false;
}

function hasMonth({ fromMonth, toMonth }: Season, month: number): boolean {
  return fromMonth <= toMonth ? fromMonth <= month && month <= toMonth : month >= fromMonth || month <= toMonth;
}
