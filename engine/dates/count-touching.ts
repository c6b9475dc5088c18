import { countSharedDays, type DayRange } from '../values/day-range.ts';

/** How many of these share a day with the window. */
export function countTouching(window: DayRange, all: readonly { readonly days: DayRange }[]): number {
  let touching = 0;
  for (const { days } of all) if (countSharedDays(window, days) > 0) touching += 1;
  return touching;
}
