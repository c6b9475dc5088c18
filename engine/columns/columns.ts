import type { Footprint } from '../footprint.ts';
import type { Terrain } from '../terrain.ts';

/**
 * Footprints laid out for comparing all with all: structure of arrays, one row a footprint, rows in order of start, then id.
 *
 * A *cell* is a country or a corridor. A *posting* is a footprint's entry in a cell; a cell lists its postings in order of row,
 * so in order of start. Two footprints that meet are in one cell; the partners of a posting are then those after it that start
 * before it ends, and those before it that have not ended when it starts.
 */
export interface Columns {
  readonly terrain: Terrain;
  /** Pairs must share this many days. Shorter footprints have a row but no posting. */
  readonly minSharedDays: number;
  readonly footprints: readonly Footprint[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Place of the row's id among all ids in code-unit order. */
  readonly idRanks: Int32Array;
  /** Number of the owning actor. */
  readonly owners: Int32Array;
  /** Numbers of the actors that are partners inside; null when there are none. */
  readonly partners: readonly (ReadonlySet<number> | null)[];
  readonly audiences: FacetColumn;
  readonly themes: FacetColumn;
  readonly channels: FacetColumn;
  readonly languages: FacetColumn;
  readonly countryCells: ReadonlyMap<number, CountryCell>;
  readonly corridorCells: ReadonlyMap<number, CorridorCell>;
  /** Rows of the footprints that a row is a part of. */
  readonly ancestorRows: readonly (readonly number[])[];
  /** Rows of the footprints that are a part of a row. */
  readonly partRows: readonly (readonly number[])[];
  readonly actorNumbers: ReadonlyMap<string, number>;
}

/** One facet of all rows: row `r` has words `r × words` to `(r + 1) × words - 1` of `bits`, and `sizes[r]` elements. */
export interface FacetColumn {
  readonly words: number;
  readonly bits: Uint32Array;
  readonly sizes: Uint16Array;
}

/** The rows that have a posting in a cell, ascending. */
export interface Cell {
  readonly rows: Int32Array;
  /** The postings' ends, beside them because most of those before a footprint are over when it starts. */
  readonly ends: Int32Array;
  /** The latest end in each `BLOCK` postings: blocks that are over are skipped when looking back. */
  readonly blockEnds: Int32Array;
}

export interface CountryCell extends Cell {
  /** Words a posting has in `places`. */
  readonly words: number;
  /** The posting's subdivisions; bit 0 of its first word is the whole country. */
  readonly places: Uint32Array;
}

export interface CorridorCell extends Cell {
  /** The only country in which the posting has a seat, or `SEVERAL`. */
  readonly onlyCountry: Int32Array;
  /** 1 when the footprint states the corridor, 0 when it is derived. */
  readonly stated: Uint8Array;
}

/** Postings a block. */
export const BLOCK = 64;

/** A footprint with seats in several countries always has one in another country than its partner. */
export const SEVERAL = -1;

/** The first position in an ascending list whose number is at least `least`; its length when there is none. O(log n). */
export function lowerBound(ascending: Int32Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? least) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
