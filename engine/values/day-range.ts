import { epochDay, type EpochDay } from './epoch-day.ts';

/** Half-open `[start, end)`, the canonical form of PostgreSQL `daterange`; never empty: `start < end`. */
export interface DayRange {
  readonly start: EpochDay;
  readonly end: EpochDay;
}

/** The end of a range that has none: later than every date that can be written (9999-12-31 is day 2,932,896). */
export const OPEN_END: EpochDay = epochDay(10_000_000);

/** The range from `start` up to but without `end`. @throws RangeError when it would be empty. */
export function dayRange(start: EpochDay, end: EpochDay): DayRange {
  if (start >= end) throw new RangeError(`expected a range that starts before it ends, found [${start}, ${end})`);
  return { start, end };
}

/** The range from the first to the last day, both included, as people speak; without a last day it is open. @throws RangeError when `last` is before `first`. */
export function fromInclusive(first: EpochDay, last: EpochDay | null): DayRange {
  return dayRange(first, last === null ? OPEN_END : epochDay(last + 1));
}

/** The last day of a range, included; null when the range is open. */
export function lastDayOf(range: DayRange): EpochDay | null {
  return isOpen(range) ? null : epochDay(range.end - 1);
}

/** Whether a range has no end. */
export function isOpen(range: DayRange): boolean {
  return range.end === OPEN_END;
}

/** The number of days in a range; of an open one a number larger than that of any closed one. */
export function lengthOf(range: DayRange): number {
  return range.end - range.start;
}

/** The days both ranges cover, or null. Touching ranges (`a.end === b.start`) share none. */
export function intersect(a: DayRange, b: DayRange): DayRange | null {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start < end ? { start, end } : null;
}

/** How many days both ranges cover. */
export function countSharedDays(a: DayRange, b: DayRange): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

/** Whether every day of `inner` is a day of `outer`. */
export function covers(outer: DayRange, inner: DayRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** What is left of a range on `day` and after it, or null when it is over. */
export function cutAt(range: DayRange, day: EpochDay): DayRange | null {
  if (range.end <= day) return null;
  return range.start >= day ? range : { start: day, end: range.end };
}
