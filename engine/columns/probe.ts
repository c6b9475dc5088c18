import type { Footprint } from '../footprint.ts';
import type { Columns } from './columns.ts';
import { openDesk, type Desk } from './desk.ts';
import { layOutRows } from './rows.ts';
import { lookoutOf, seek } from './seek.ts';

/**
 * The footprints in the columns that `footprint` meets, by start, then id. It may have a row there or not. A desk passed again
 * and again spares clearing memory for each probe.
 */
export function probe(columns: Columns, footprint: Footprint, desk: Desk = openDesk(columns)): Footprint[] {
  const { sheet, book, footprints } = columns;
  const own = layOutRows([footprint], book, sheet.minSharedDays);
  seek(sheet, own, 0, lookoutOf(sheet, own, 0), desk);
  return [...desk.found.subarray(0, desk.count).sort()].flatMap((row) => footprints[row] ?? []);
}
