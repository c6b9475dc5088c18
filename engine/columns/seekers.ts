import type { Lists, Sheet } from './columns.ts';
import type { Rows } from './rows.ts';

/**
 * Who looks for partners in a sheet. Its first rows are those of the sheet; behind them, in any order, rows that are in no cell and only
 * look: others do not meet them. Numbers only, so that threads can share them.
 */
export interface Seekers {
  readonly sheet: Sheet;
  readonly rows: Rows;
  /** Of each row the rows that are a part of it, as whoever it looks for knows them. */
  readonly parts: Lists;
  /** Null when nobody leaves out anybody. */
  readonly apart: Apart | null;
}

/** Whom a row that only looks leaves out, though they meet: one that refuses one of its marks, or an open one whose owner it avoids. */
export interface Apart {
  /** Marks and actors by their numbers; empty lists for the sheet's own rows, which leave out nobody. */
  readonly marks: Lists;
  readonly avoided: Lists;
  /** Of the sheet's rows. */
  readonly refused: Lists;
  /** 1 for those that are open, else 0. */
  readonly open: Int32Array;
}

/** Whether `row` looks and leaves out `other`, a row of the sheet. */
export function leavesOut({ rows, apart }: Seekers, row: number, other: number): boolean {
  if (apart === null) return false;
  if (shareItem(apart.marks, row, apart.refused, other)) return true;
  return apart.open[other] === 1 && holds(apart.avoided, row, rows.owners[other] ?? 0);
}

function shareItem(a: Lists, rowOfA: number, b: Lists, rowOfB: number): boolean {
  for (let at = a.offsets[rowOfA] ?? 0; at < (a.offsets[rowOfA + 1] ?? 0); at++)
    if (holds(b, rowOfB, a.items[at] ?? 0)) return true;
  return false;
}

function holds({ offsets, items }: Lists, row: number, item: number): boolean {
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) if (items[at] === item) return true;
  return false;
}
