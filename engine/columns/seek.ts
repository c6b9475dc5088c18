import { admit } from './admit.ts';
import { FIRST, PRESENT } from './mask.ts';
import { lowerBound, type Sheet } from './columns.ts';
import { clearDesk, type Desk } from './desk.ts';
import { filterPostings } from './filter-postings.ts';
import { BLOCK, type Postings } from './postings.ts';
import type { Rows } from './rows.ts';

/** Which rows a search looks at. */
export interface Lookout {
  /** Rows `[fromRow, limitRow)` … */
  readonly fromRow: number;
  readonly limitRow: number;
  /** … that end no earlier than this day. Rows from `youngRow` on do. */
  readonly leastEnd: number;
  readonly youngRow: number;
}

/** Looks at all rows that share enough days with a row, here or of its own, from `fromRow` on. */
export function lookoutOf({ rows: { starts }, minSharedDays }: Sheet, own: Rows, row: number, fromRow = 0): Lookout {
  const start = own.starts[row] ?? 0;
  return {
    fromRow,
    limitRow: lowerBound(starts, (own.ends[row] ?? 0) - minSharedDays + 1),
    leastEnd: start + minSharedDays,
    youngRow: lowerBound(starts, start),
  };
}

/**
 * Finds the rows of a lookout that row `row` of `own` meets but for the days, each once, and leaves them on the desk. `own` is the
 * sheet's rows, or rows laid out by the same book.
 */
export function seek(sheet: Sheet, own: Rows, row: number, lookout: Lookout, desk: Desk): void {
  const { postings } = sheet;
  const { fromRow, limitRow, leastEnd, youngRow } = lookout;
  openSearch(own, row, desk);
  const lastEntry = own.entries.offsets[row + 1] ?? 0;
  for (let entry = own.entries.offsets[row] ?? 0; entry < lastEntry; entry++) {
    const cell = own.entries.cells[entry] ?? 0;
    const cellEnd = postings.cellStarts[cell + 1] ?? 0;
    const from = lowerBound(postings.rows, fromRow, postings.cellStarts[cell], cellEnd);
    const limit = lowerBound(postings.rows, limitRow, from, cellEnd);
    const young = lowerBound(postings.rows, Math.max(fromRow, youngRow), from, limit);
    want(postings, own, entry, desk);
    const old = filterBlocks(postings, cell, from, young, leastEnd, desk);
    const candidates = filterPostings(postings, cell, young, limit, desk, old);
    admit(sheet, own, row, entry, candidates, leastEnd, desk);
  }
}

/**
 * Finds the later rows that a row of the sheet meets, each once, and leaves them on the desk: with all rows, each pair of rows is
 * found from one side only. The heart of the engine's speed: no allocation and no closure.
 */
export function seekLater(sheet: Sheet, row: number, desk: Desk): void {
  const { rows, postings } = sheet;
  const { offsets, cells } = rows.entries;
  openSearch(rows, row, desk);
  // Rows are in order of start: whoever is to share enough days starts before this row.
  const limitRow = lowerBound(rows.starts, (rows.ends[row] ?? 0) - sheet.minSharedDays + 1, row);
  const lastEntry = offsets[row + 1] ?? 0;
  for (let entry = offsets[row] ?? 0; entry < lastEntry; entry++) {
    const cell = cells[entry] ?? 0;
    const from = (postings.ofEntries[entry] ?? 0) + 1;
    const limit = lowerBound(postings.rows, limitRow, from, postings.cellStarts[cell + 1]);
    want(postings, rows, entry, desk);
    const candidates = filterPostings(postings, cell, from, limit, desk, 0);
    admit(sheet, rows, row, entry, candidates, 0, desk);
  }
}

function openSearch({ topics: { words, bits } }: Rows, row: number, desk: Desk): void {
  clearDesk(desk);
  for (let word = 0; word < words; word++) desk.topics[word] = bits[row * words + word] ?? 0;
}

/** Puts on the desk with which places an entry shares one. */
function want({ firstCorridor, cellWords }: Postings, { entries }: Rows, entry: number, { wanted }: Desk): void {
  const { words, masks } = entries;
  const cell = entries.cells[entry] ?? 0;
  const first = masks[entry * words] ?? 0;
  const isCorridor = cell >= firstCorridor;
  if (isCorridor ? areSeveralSeats(masks, entry * words, words) : (first & FIRST) !== 0) {
    // Whoever is in the whole country shares a place with everybody in it, whoever has several seats one of another country.
    wanted.fill(0);
    wanted[0] = PRESENT;
    return;
  }
  // In a country: its own subdivisions, and whoever is in the whole of it. On a corridor: all seats but its own.
  wanted[0] = isCorridor ? ~first & ~PRESENT & ~FIRST : (first & ~PRESENT) | FIRST;
  for (let word = 1; word < words; word++) {
    const own = masks[entry * words + word] ?? 0;
    wanted[word] = word >= (cellWords[cell] ?? 1) ? 0 : isCorridor ? ~own : own;
  }
}

function areSeveralSeats(masks: Int32Array, offset: number, words: number): boolean {
  let seats = 0;
  for (let word = 0; word < words; word++) {
    let rest = (masks[offset + word] ?? 0) & (word === 0 ? ~PRESENT & ~FIRST : -1);
    for (; rest !== 0; rest &= rest - 1) seats++;
  }
  return seats > 1;
}

/** Filters the postings of blocks that are not over as a whole. */
function filterBlocks(
  postings: Postings,
  cell: number,
  from: number,
  limit: number,
  leastEnd: number,
  desk: Desk,
): number {
  let count = 0;
  for (let at = from; at < limit;) {
    const block = Math.floor(at / BLOCK);
    const next = Math.min(limit, (block + 1) * BLOCK);
    if ((postings.blockEnds[block] ?? 0) >= leastEnd) count = filterPostings(postings, cell, at, next, desk, count);
    at = next;
  }
  return count;
}
