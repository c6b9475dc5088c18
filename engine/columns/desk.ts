import type { Columns } from './columns.ts';

/** Where a search writes: reused from search to search, so that none allocates. One desk, one search at a time. */
export interface Desk {
  /** How many rows the last search found. */
  count: number;
  /** The rows found, in no particular order: the first `count`. */
  readonly found: Int32Array;
  /** How strongly, once it has been weighed: beside `found`. */
  readonly strengths: Float64Array;
  /**
   * By row, its place level in the last search that found it, on top of the number of that search: below `search` it has not been
   * found yet in this one. A row in several cells is found once.
   */
  readonly stamps: Int32Array;
  /** The number of the search, a multiple of `LEVELS`. */
  search: number;
  /** The postings that have passed the masks. */
  readonly candidates: Int32Array;
  /** What masks are compared with: a posting passes that shares a bit with `wanted`, and one with `topics`. */
  readonly wanted: Int32Array;
  readonly topics: Int32Array;
}

/** What two footprints' best pair of places comes to, rising; the index into `PLACE_SIMILARITIES`. */
export const ON_ONE_CORRIDOR = 1;
export const ONE_CONTAINS_THE_OTHER = 2;
export const SAME = 3;
export const LEVELS = 4;

/** A desk for these columns. */
export function openDesk({ sheet }: Pick<Columns, 'sheet'>): Desk {
  const { count, entries, topics } = sheet.rows;
  return {
    count: 0,
    found: new Int32Array(count),
    strengths: new Float64Array(count),
    stamps: new Int32Array(count),
    search: 0,
    candidates: new Int32Array(count + 1),
    wanted: new Int32Array(entries.words),
    topics: new Int32Array(topics.words),
  };
}

/** Forgets what the last search found. */
export function clearDesk(desk: Desk): void {
  desk.count = 0;
  desk.search += LEVELS;
  if (desk.search < 2 ** 31 - LEVELS) return;
  desk.stamps.fill(0);
  desk.search = LEVELS;
}
