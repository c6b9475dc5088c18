import type { Footprint } from '../footprint.ts';
import type { Book } from './book.ts';
import type { Postings } from './postings.ts';
import type { Rows } from './rows.ts';

/**
 * Footprints laid out for comparing all with all: structure of arrays, one row a footprint, rows in order of start, then id.
 *
 * A *cell* is a country or a corridor. A *posting* is a footprint's entry in a cell; a cell lists its postings in order of row,
 * so in order of start. Two footprints that meet are in one cell; the partners of a posting are then those after it that start
 * before it ends, and those before it that have not ended when it starts.
 */
export interface Columns {
  readonly footprints: readonly Footprint[];
  /** How they are numbered. */
  readonly book: Book;
  readonly sheet: Sheet;
}

/** The numbers of columns: typed arrays and counts, nothing else, so that threads can share them. All that searching needs. */
export interface Sheet {
  /** Pairs must share this many days. Shorter footprints have a row but no posting. */
  readonly minSharedDays: number;
  readonly rows: Rows;
  /** Place of each row's id among all ids in code-unit order. */
  readonly idRanks: Int32Array;
  readonly postings: Postings;
  readonly families: Families;
}

/** Who is a part of whom, both ways. */
export interface Families {
  /** Of each row the rows of the footprints that it is a part of. */
  readonly ancestors: Lists;
  /** Of each row the rows of the footprints that are a part of it. */
  readonly parts: Lists;
  /** Whether every part has a later row than all that it is a part of, as it is when parts begin no earlier. */
  readonly partsComeLater: boolean;
}

/** A list for each row: that of row `r` is `items` from `offsets[r]` to before `offsets[r + 1]`. */
export interface Lists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Lists as one run of numbers. */
export function toLists(lists: readonly (readonly number[])[]): Lists {
  const offsets = new Int32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) offsets[at + 1] = (offsets[at] ?? 0) + list.length;
  const items = new Int32Array(offsets[lists.length] ?? 0);
  for (const [at, list] of lists.entries()) items.set(list, offsets[at]);
  return { offsets, items };
}

/** The first position from `low` to before `high` in an ascending stretch whose number is at least `least`; `high` when there is none. O(log n). */
export function lowerBound(numbers: Int32Array, least: number, low = 0, high = numbers.length): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] ?? least) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
