import type { Footprint } from '../footprint.ts';
import { popcount, type FacetSet } from '../values/facet-set.ts';
import type { Book } from './book.ts';
import { toLists, type Lists } from './columns.ts';
import { enter, type Entries } from './entries.ts';

/** What is known of footprints by themselves, wherever others are: one row each. Who looks for partners has a row, here or of its own. */
export interface Rows {
  readonly count: number;
  readonly starts: Int32Array;
  /** Exclusive. */
  readonly ends: Int32Array;
  /** Number of the owning actor; -1 when the book has no such actor. */
  readonly owners: Int32Array;
  /** Numbers of the actors that are partners inside. */
  readonly partners: Lists;
  readonly audiences: FacetColumn;
  readonly themes: FacetColumn;
  readonly channels: FacetColumn;
  readonly languages: FacetColumn;
  /** Audiences, then themes, in one set: two footprints that share neither share no topic. */
  readonly topics: FacetColumn;
  readonly entries: Entries;
  readonly records: Records;
}

/**
 * What weighing a pair reads of a row, all of it side by side, because the rows that a search finds lie apart: of row `r` the words
 * from `r × stride` on. First start and end, then the sizes of audiences | themes << 16 and of channels | languages << 16, then the
 * words of audiences, themes, channels and languages, as many as each column has.
 */
export interface Records {
  readonly stride: number;
  readonly words: Int32Array;
}

/** One facet of all rows: row `r` has words `r × words` to `(r + 1) × words - 1` of `bits`, and `sizes[r]` elements. */
export interface FacetColumn {
  readonly words: number;
  readonly bits: Int32Array;
  readonly sizes: Uint16Array;
}

/** Lays footprints out in rows, in their order, numbered by the book. Those shorter than `minSharedDays` take part nowhere. */
export function layOutRows(footprints: readonly Footprint[], book: Book, minSharedDays: number): Rows {
  const { words, actors, audienceBits } = book;
  const rows = {
    count: footprints.length,
    starts: Int32Array.from(footprints, ({ days }) => days.start),
    ends: Int32Array.from(footprints, ({ days }) => days.end),
    owners: Int32Array.from(footprints, ({ owner }) => actors.get(owner) ?? -1),
    partners: toLists(footprints.map(({ partners }) => partners.flatMap((actor) => actors.get(actor) ?? []))),
    audiences: layOut(footprints, ({ audiences }) => audiences, words.audiences),
    themes: layOut(footprints, ({ themes }) => themes, words.themes),
    channels: layOut(footprints, ({ channels }) => channels, words.channels),
    languages: layOut(footprints, ({ languages }) => languages, words.languages),
    topics: layOutTopics(footprints, words.topics, audienceBits),
    entries: enter(footprints, book, minSharedDays),
  };
  return { ...rows, records: record(rows) };
}

function record(rows: Omit<Rows, 'records'>): Records {
  const { count, audiences, themes, channels, languages } = rows;
  const facets = [audiences, themes, channels, languages];
  const stride = 4 + facets.reduce((sum, { words }) => sum + words, 0);
  const words = new Int32Array(count * stride);
  for (let row = 0; row < count; row++) {
    let at = row * stride;
    words[at++] = rows.starts[row] ?? 0;
    words[at++] = rows.ends[row] ?? 0;
    words[at++] = (audiences.sizes[row] ?? 0) | ((themes.sizes[row] ?? 0) << 16);
    words[at++] = (channels.sizes[row] ?? 0) | ((languages.sizes[row] ?? 0) << 16);
    for (const facet of facets)
      for (let word = 0; word < facet.words; word++) words[at++] = facet.bits[row * facet.words + word] ?? 0;
  }
  return { stride, words };
}

/** Elements that the book has no word for are nobody's in the columns; they count in the size all the same. */
function layOut(
  footprints: readonly Footprint[],
  facet: (footprint: Footprint) => FacetSet,
  words: number,
): FacetColumn {
  const bits = new Int32Array(footprints.length * words);
  const sizes = new Uint16Array(footprints.length);
  footprints.forEach((footprint, row) => {
    const set = facet(footprint);
    for (let word = 0; word < Math.min(words, set.length); word++) bits[row * words + word] = set[word] ?? 0;
    sizes[row] = popcount(set);
  });
  return { words, bits, sizes };
}

function layOutTopics(footprints: readonly Footprint[], words: number, audienceBits: number): FacetColumn {
  const bits = new Int32Array(footprints.length * words);
  footprints.forEach(({ audiences, themes }, row) => {
    addShifted(bits, row * words, words, audiences, 0, audienceBits);
    addShifted(bits, row * words, words, themes, audienceBits, words * 32);
  });
  return { words, bits, sizes: new Uint16Array(0) };
}

/** Adds the elements of a set, moved up by `shift`, to the words at `offset`; only those that come to lie below `limit`. */
function addShifted(to: Int32Array, offset: number, words: number, set: FacetSet, shift: number, limit: number): void {
  for (let word = 0; word < set.length; word++) {
    for (let rest = set[word] ?? 0; rest !== 0; rest &= rest - 1) {
      const bit = shift + word * 32 + 31 - Math.clz32(rest & -rest);
      const at = bit >>> 5;
      if (bit < limit && at < words) to[offset + at] = (to[offset + at] ?? 0) | (1 << (bit & 31));
    }
  }
}
