import type { Lists } from './columns.ts';
import type { FacetColumn, Rows } from './rows.ts';

type Numbers = Int32Array | Uint16Array;

/** The rows of several blocks that were laid out by one book, in their order, in memory that threads share. At least one block. */
export function joinRows(blocks: readonly Rows[]): Rows {
  const [first] = blocks;
  if (first === undefined) throw new Error('expected at least one block of rows');
  const facet = (of: (rows: Rows) => FacetColumn): FacetColumn => ({
    words: of(first).words,
    bits: join(blocks.map((rows) => of(rows).bits)),
    sizes: join(blocks.map((rows) => of(rows).sizes)),
  });
  const offsets = joinOffsets(blocks.map(({ entries }) => entries.offsets));
  return {
    count: blocks.reduce((sum, { count }) => sum + count, 0),
    starts: join(blocks.map(({ starts }) => starts)),
    ends: join(blocks.map(({ ends }) => ends)),
    owners: join(blocks.map(({ owners }) => owners)),
    partners: joinLists(blocks.map(({ partners }) => partners)),
    audiences: facet(({ audiences }) => audiences),
    themes: facet(({ themes }) => themes),
    channels: facet(({ channels }) => channels),
    languages: facet(({ languages }) => languages),
    topics: facet(({ topics }) => topics),
    entries: {
      offsets,
      cells: join(blocks.map(({ entries }) => entries.cells)),
      words: first.entries.words,
      masks: join(blocks.map(({ entries }) => entries.masks)),
    },
    records: { stride: first.records.stride, words: join(blocks.map(({ records }) => records.words)) },
  };
}

/** The first `count` rows, on the same memory. */
export function firstRows(rows: Rows, count: number): Rows {
  const facet = ({ words, bits, sizes }: FacetColumn): FacetColumn => ({
    words,
    bits: bits.subarray(0, count * words),
    sizes: sizes.subarray(0, count),
  });
  const first = ({ offsets, items }: Lists): Lists => ({
    offsets: offsets.subarray(0, count + 1),
    items: items.subarray(0, offsets[count]),
  });
  const { entries, records } = rows;
  const entryCount = entries.offsets[count] ?? 0;
  return {
    count,
    starts: rows.starts.subarray(0, count),
    ends: rows.ends.subarray(0, count),
    owners: rows.owners.subarray(0, count),
    partners: first(rows.partners),
    audiences: facet(rows.audiences),
    themes: facet(rows.themes),
    channels: facet(rows.channels),
    languages: facet(rows.languages),
    topics: facet(rows.topics),
    entries: {
      offsets: entries.offsets.subarray(0, count + 1),
      cells: entries.cells.subarray(0, entryCount),
      words: entries.words,
      masks: entries.masks.subarray(0, entryCount * entries.words),
    },
    records: { stride: records.stride, words: records.words.subarray(0, count * records.stride) },
  };
}

/** Lists of several blocks as those of one. */
export function joinLists(blocks: readonly Lists[]): Lists {
  return { offsets: joinOffsets(blocks.map(({ offsets }) => offsets)), items: join(blocks.map(({ items }) => items)) };
}

function joinOffsets(blocks: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(shared(4 * (1 + blocks.reduce((sum, { length }) => sum + length - 1, 0))));
  let at = 0;
  for (const offsets of blocks) {
    const before = joined[at] ?? 0;
    for (let i = 1; i < offsets.length; i++) joined[at + i] = before + (offsets[i] ?? 0);
    at += offsets.length - 1;
  }
  return joined;
}

/** Numbers of several blocks in one run. */
export const joinNumbers = (blocks: readonly Int32Array[]): Int32Array => join(blocks);

function join(blocks: readonly Int32Array[]): Int32Array;
function join(blocks: readonly Uint16Array[]): Uint16Array;
function join(blocks: readonly Numbers[]): Numbers {
  const bytes = blocks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const joined = blocks[0] instanceof Uint16Array ? new Uint16Array(shared(bytes)) : new Int32Array(shared(bytes));
  let at = 0;
  for (const numbers of blocks) {
    joined.set(numbers, at);
    at += numbers.length;
  }
  return joined;
}

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
