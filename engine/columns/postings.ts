import type { Book } from './book.ts';
import type { Rows } from './rows.ts';

/**
 * The postings of all cells, cell after cell: those of cell `c` from `cellStarts[c]` to before `cellStarts[c + 1]`, each cell's in
 * order of row. What decides over most of them lies beside them, so that a search runs through memory in one direction.
 */
export interface Postings {
  readonly cellStarts: Int32Array;
  /** How many words the masks of a cell's postings take, at least 1. */
  readonly cellWords: Int32Array;
  /** Where the later words of a cell's masks begin in `laterWords`. */
  readonly cellLaterWords: Int32Array;
  /** Cells from this one on are corridors. */
  readonly firstCorridor: number;
  readonly rows: Int32Array;
  readonly ends: Int32Array;
  readonly owners: Int32Array;
  /** The first word of the postings' masks. */
  readonly masks: Int32Array;
  /** The others: of each cell the second words of all its postings, then the third. */
  readonly laterWords: Int32Array;
  /** Topics: the first words of all postings, then the second. */
  readonly topics: Int32Array;
  readonly topicWords: number;
  /** The latest end in each `BLOCK` postings: blocks that are over are skipped when looking back. */
  readonly blockEnds: Int32Array;
  /** By entry of a row, its posting. */
  readonly ofEntries: Int32Array;
}

/** Postings a block; a power of two. */
export const BLOCK = 64;

/** Posts the entries of all rows in their cells. Linear. */
export function post(rows: Rows, { countries, corridors }: Book): Postings {
  const { offsets, cells, masks: entryMasks, words } = rows.entries;
  const cellCount = countries.size + corridors.length;
  const cellStarts = new Int32Array(cellCount + 1);
  const cellWords = new Int32Array(cellCount).fill(1);
  for (const [entry, cell] of cells.entries()) {
    cellStarts[cell + 1] = (cellStarts[cell + 1] ?? 0) + 1;
    for (let word = words - 1; word >= (cellWords[cell] ?? 0); word--)
      if (entryMasks[entry * words + word] !== 0) cellWords[cell] = word + 1;
  }
  const cellLaterWords = new Int32Array(cellCount);
  let laterWordCount = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    cellLaterWords[cell] = laterWordCount;
    laterWordCount += ((cellWords[cell] ?? 1) - 1) * (cellStarts[cell + 1] ?? 0);
    cellStarts[cell + 1] = (cellStarts[cell + 1] ?? 0) + (cellStarts[cell] ?? 0);
  }
  const count = cells.length;
  const postings: Postings = {
    cellStarts,
    cellWords,
    cellLaterWords,
    firstCorridor: countries.size,
    rows: new Int32Array(count),
    ends: new Int32Array(count),
    owners: new Int32Array(count),
    masks: new Int32Array(count),
    laterWords: new Int32Array(laterWordCount),
    topics: new Int32Array(count * rows.topics.words),
    topicWords: rows.topics.words,
    blockEnds: new Int32Array(Math.ceil(count / BLOCK)).fill(-(2 ** 31)),
    ofEntries: new Int32Array(count),
  };
  const next = cellStarts.slice();
  for (let row = 0; row < rows.count; row++) {
    for (let entry = offsets[row] ?? 0; entry < (offsets[row + 1] ?? 0); entry++) {
      const cell = cells[entry] ?? 0;
      const at = next[cell] ?? 0;
      next[cell] = at + 1;
      postings.ofEntries[entry] = at;
      fill(postings, rows, row, entry, at);
    }
  }
  return postings;
}

function fill(postings: Postings, rows: Rows, row: number, entry: number, at: number): void {
  const { entries, topics } = rows;
  const end = rows.ends[row] ?? 0;
  postings.rows[at] = row;
  postings.ends[at] = end;
  postings.owners[at] = rows.owners[row] ?? 0;
  postings.masks[at] = entries.masks[entry * entries.words] ?? 0;
  const cell = entries.cells[entry] ?? 0;
  for (let word = 1; word < (postings.cellWords[cell] ?? 1); word++)
    postings.laterWords[laterWordOf(postings, cell, word) + at] = entries.masks[entry * entries.words + word] ?? 0;
  for (let word = 0; word < topics.words; word++)
    postings.topics[word * postings.rows.length + at] = topics.bits[row * topics.words + word] ?? 0;
  const block = Math.floor(at / BLOCK);
  postings.blockEnds[block] = Math.max(postings.blockEnds[block] ?? end, end);
}

/** Where in `laterWords` a word (from 1) of the masks of a cell lies, less the posting's number. */
export function laterWordOf({ cellStarts, cellLaterWords }: Postings, cell: number, word: number): number {
  const start = cellStarts[cell] ?? 0;
  const size = (cellStarts[cell + 1] ?? 0) - start;
  return (cellLaterWords[cell] ?? 0) + (word - 1) * size - start;
}
