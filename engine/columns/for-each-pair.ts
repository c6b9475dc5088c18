import type { Footprint } from '../footprint.ts';
import { epochDay } from '../values/epoch-day.ts';
import { lowerBound, type Columns } from './columns.ts';
import { openDesk, seek, type Desk } from './seek.ts';
import { toSeeker } from './seeker.ts';
import { strengthButForTime, strengthOf } from './strength-in-columns.ts';

/** Is told of two rows that meet, the lower first, and how strongly. */
export type VisitPair = (row: number, laterRow: number, strength: number) => void;

/** Visits every pair of rows that meet, once, in order of the lower row; the order of its partners is not defined. */
export function forEachPair(columns: Columns, visit: VisitPair): void {
  const desk = openDesk(columns);
  columns.footprints.forEach((footprint, row) => {
    const seeker = toSeeker(footprint, columns, row);
    seek(columns, seeker, row + 1, desk);
    for (let at = 0; at < desk.count; at++) {
      const later = desk.found[at] ?? 0;
      visit(row, later, strengthOf(columns, seeker, later, desk.placeLevels[later] ?? 0));
    }
  });
}

/**
 * Visits every pair of rows that would meet if it were not for a gap of 1 to `maxGapDays` days between them, once, in order of the
 * lower row, which is the earlier one; with their strength but for time. Rows are in order of start, so that only those are looked at
 * that start soon enough after the earlier one has ended. Columns that ask for one shared day only.
 */
export function forEachPairApart(columns: Columns, maxGapDays: number, visit: VisitPair): void {
  const desk = openDesk(columns);
  columns.footprints.forEach((footprint, row) => {
    const firstDay = footprint.days.end + 1;
    const firstRow = lowerBound(columns.starts, firstDay);
    if (firstRow === columns.footprints.length) return;
    // Looks out from the days in which the later one has to start.
    const lookout = { start: epochDay(firstDay), end: epochDay(firstDay + maxGapDays) };
    const seeker = { ...toSeeker(footprint, columns, row), ...lookout };
    seek(columns, seeker, firstRow, desk);
    for (let at = 0; at < desk.count; at++) {
      const later = desk.found[at] ?? 0;
      visit(row, later, strengthButForTime(columns, seeker, later, desk.placeLevels[later] ?? 0));
    }
  });
}

/** Counts the pairs that meet. */
export function countPairs(columns: Columns): number {
  const desk = openDesk(columns);
  return columns.footprints.reduce((pairs, footprint, row) => {
    seek(columns, toSeeker(footprint, columns, row), row + 1, desk);
    return pairs + desk.count;
  }, 0);
}

/**
 * The footprints in the columns that `footprint` meets, by start, then id. It may have a row there or not. A desk passed again
 * and again spares clearing memory for each probe.
 */
export function probe(columns: Columns, footprint: Footprint, desk: Desk = openDesk(columns)): Footprint[] {
  seek(columns, toSeeker(footprint, columns), 0, desk);
  return [...desk.found.subarray(0, desk.count).sort()].flatMap((row) => columns.footprints[row] ?? []);
}
