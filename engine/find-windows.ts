import { dayRange, type DayRange } from './values/day-range.ts';
import { epochDay } from './values/epoch-day.ts';

/**
 * The windows of some ranges, in order: the maximal stretches of days that begin where a range starts, end at the first end
 * after it, and inside which nothing starts. In each a different set of ranges runs together, that no other window's set
 * contains (the maximal cliques of the interval graph); the ranges of a window are those that cover it. O(n log n).
 */
export function findWindows(ranges: readonly DayRange[]): DayRange[] {
  const starts = Int32Array.from(new Set(ranges.map((range) => range.start))).sort();
  const ends = Int32Array.from(ranges, (range) => range.end).sort();
  const windows: DayRange[] = [];
  let passed = 0;
  starts.forEach((start, at) => {
    while ((ends[passed] ?? Infinity) <= start) passed++;
    const firstEnd = ends[passed] ?? Infinity;
    const nextStart = starts[at + 1] ?? Infinity;
    // Had another range started by then, it would run together with all of these: then its start begins the window.
    if (firstEnd <= nextStart) windows.push(dayRange(epochDay(start), epochDay(firstEnd)));
  });
  return windows;
}
