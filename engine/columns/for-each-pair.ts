import { lowerBound, type Columns } from './columns.ts';
import { openDesk } from './desk.ts';
import { seek, seekLater } from './seek.ts';
import { weigh, weighButForTime } from './weigh.ts';

/** Is told of two rows that meet, the lower first, and how strongly. */
export type VisitPair = (row: number, laterRow: number, strength: number) => void;

/** Is told of a row and the later rows that it meets: the first `count` of `laterRows`, which is used again for the next row. */
export type VisitRow = (row: number, laterRows: Int32Array, count: number) => void;

/** Visits every pair of rows that meet, once, in order of the lower row; the order of its partners is not defined. */
export function forEachPair({ sheet }: Pick<Columns, 'sheet'>, visit: VisitPair): void {
  const { rows } = sheet;
  const desk = openDesk({ sheet });
  for (let row = 0; row < rows.count; row++) {
    seekLater(sheet, row, desk);
    weigh(rows, rows, row, desk);
    for (let at = 0; at < desk.count; at++) visit(row, desk.found[at] ?? 0, desk.strengths[at] ?? 0);
  }
}

/**
 * Visits every pair of rows that would meet if it were not for a gap of 1 to `maxGapDays` days between them, once, in order of the
 * lower row, which is the earlier one; with their strength but for time. Rows are in order of start, so that only those are looked at
 * that start soon enough after the earlier one has ended. Columns that ask for one shared day only.
 */
export function forEachPairApart({ sheet }: Pick<Columns, 'sheet'>, maxGapDays: number, visit: VisitPair): void {
  const { rows } = sheet;
  const desk = openDesk({ sheet });
  for (let row = 0; row < rows.count; row++) {
    const firstDay = (rows.ends[row] ?? 0) + 1;
    const fromRow = lowerBound(rows.starts, firstDay);
    if (fromRow === rows.count) continue;
    const limitRow = lowerBound(rows.starts, firstDay + maxGapDays, fromRow);
    seek(sheet, rows, row, { fromRow, youngRow: fromRow, limitRow, leastEnd: firstDay }, desk);
    weighButForTime(rows, rows, row, desk);
    for (let at = 0; at < desk.count; at++) visit(row, desk.found[at] ?? 0, desk.strengths[at] ?? 0);
  }
}

/** Visits the rows from `fromRow` to before `toRow` with all later rows each of them meets. Blocks of rows can be visited apart. */
export function forEachRow(
  { sheet }: Pick<Columns, 'sheet'>,
  visit: VisitRow,
  fromRow = 0,
  toRow = sheet.rows.count,
): void {
  const desk = openDesk({ sheet });
  for (let row = fromRow; row < toRow; row++) {
    seekLater(sheet, row, desk);
    visit(row, desk.found, desk.count);
  }
}

/** Counts the pairs that meet. */
export function countPairs(columns: Pick<Columns, 'sheet'>): number {
  let pairs = 0;
  forEachRow(columns, (_row, _laterRows, count) => {
    pairs += count;
  });
  return pairs;
}
