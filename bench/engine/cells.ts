import type { Sheet } from '../../engine/index.ts';

/** A posting as peers keep it: one row a footprint and cell, with the masks that decide beside it. */
export interface Posting {
  readonly row: number;
  readonly cell: number;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly owner: number;
  readonly isCountry: boolean;
  /** Of a country cell the subdivisions, bit 0 the whole country. */
  readonly places: bigint;
  /** Of a corridor cell the only seat, or -1; and whether the corridor is stated. */
  readonly onlyCountry: number;
  readonly stated: boolean;
  readonly audiences: bigint;
  readonly themes: bigint;
}

/** What weighing reads of a row. */
export interface Profile {
  readonly row: number;
  readonly idRank: number;
  readonly start: number;
  readonly end: number;
  readonly audiences: bigint;
  readonly themes: bigint;
  readonly channels: bigint;
  readonly languages: bigint;
}

/** Of every mask, bit 31 is set and says nothing. */
const MASK = 0x7fff_ffff;

/** The postings of a sheet whose facets and masks take one word. @throws when one takes more */
export function* postingsOf({ rows, postings }: Sheet): Generator<Posting> {
  expectOneWord(rows.entries.words, rows.audiences.words, rows.themes.words);
  const { cellStarts, firstCorridor } = postings;
  for (let cell = 0; cell + 1 < cellStarts.length; cell++) {
    for (let at = cellStarts[cell] ?? 0; at < (cellStarts[cell + 1] ?? 0); at++) {
      const row = postings.rows[at] ?? 0;
      const mask = (postings.masks[at] ?? 0) & MASK;
      const seats = mask & ~1;
      yield {
        row,
        cell,
        start: rows.starts[row] ?? 0,
        end: postings.ends[at] ?? 0,
        owner: postings.owners[at] ?? 0,
        isCountry: cell < firstCorridor,
        places: BigInt(mask),
        onlyCountry: (seats & (seats - 1)) === 0 ? seats : -1,
        stated: (mask & 1) === 1,
        audiences: unsigned(rows.audiences.bits[row]),
        themes: unsigned(rows.themes.bits[row]),
      };
    }
  }
}

/** What weighing reads of the rows of a sheet whose facets take one word. @throws when one takes more */
export function* profilesOf({ rows, idRanks }: Sheet): Generator<Profile> {
  const { audiences, themes, channels, languages } = rows;
  expectOneWord(audiences.words, themes.words, channels.words, languages.words);
  for (let row = 0; row < rows.count; row++) {
    yield {
      row,
      idRank: idRanks[row] ?? 0,
      start: rows.starts[row] ?? 0,
      end: rows.ends[row] ?? 0,
      audiences: unsigned(audiences.bits[row]),
      themes: unsigned(themes.bits[row]),
      channels: unsigned(channels.bits[row]),
      languages: unsigned(languages.bits[row]),
    };
  }
}

const unsigned = (word = 0): bigint => BigInt(word >>> 0);

function expectOneWord(...words: number[]): void {
  if (words.some((count) => count > 1)) throw new Error('peers are given worlds whose facets take one word');
}
