import { lowerBound, type Columns } from './columns.ts';

/** A block of rows, `[fromRow, toRow)`. */
export interface RowBlock {
  readonly fromRow: number;
  readonly toRow: number;
}

/**
 * Splits rows into blocks whose pairs take about the same time to find, for threads or jobs: weighed by how many rows start before
 * each ends. Together the blocks are all rows, in order. O(n log n).
 */
export function splitRows({ sheet: { rows } }: Pick<Columns, 'sheet'>, blocks: number): RowBlock[] {
  const { count, starts, ends } = rows;
  const workBefore = new Float64Array(count + 1);
  for (let row = 0; row < count; row++)
    workBefore[row + 1] = (workBefore[row] ?? 0) + lowerBound(starts, ends[row] ?? 0, row) - row;
  const work = workBefore[count] ?? 0;
  const limits = Array.from({ length: blocks + 1 }, (_, block) =>
    block === blocks ? count : workBefore.findIndex((before) => before >= (work * block) / blocks),
  );
  return Array.from({ length: blocks }, (_, block) => ({
    fromRow: limits[block] ?? 0,
    toRow: limits[block + 1] ?? count,
  }));
}
