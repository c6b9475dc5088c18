import type { Footprint } from '../footprint.ts';
import { standingOf } from '../standing.ts';
import { has, popcount, type FacetSet } from '../values/facet-set.ts';
import { numberPartners, onlyCountryOf } from './build-columns.ts';
import type { Columns, CorridorCell, CountryCell, FacetColumn } from './columns.ts';

/** A footprint that looks for its partners in columns, whether it has a row there or not, in the form the columns have. */
export interface Seeker {
  readonly start: number;
  readonly end: number;
  /** -1 when nobody in the columns has or knows this owner. */
  readonly owner: number;
  readonly partners: ReadonlySet<number> | null;
  readonly audiences: SoughtFacet;
  readonly themes: SoughtFacet;
  readonly channels: SoughtFacet;
  readonly languages: SoughtFacet;
  /** The cells it would have a posting in, with what the posting would say. */
  readonly countries: readonly SoughtCountry[];
  readonly corridors: readonly SoughtCorridor[];
}

export interface SoughtFacet {
  /** Its words begin at `offset`, as many as the column has. Elements beyond them are no row's. */
  readonly bits: Uint32Array;
  readonly offset: number;
  /** All elements, those beyond the column's words too. */
  readonly size: number;
}

export interface SoughtCountry {
  readonly cell: CountryCell;
  readonly places: Uint32Array;
}

export interface SoughtCorridor {
  readonly cell: CorridorCell;
  readonly onlyCountry: number;
  readonly stated: boolean;
}

/** Prepares a footprint for seeking; one that has a row says which, and its words are not copied. */
export function toSeeker(footprint: Footprint, columns: Columns, row?: number): Seeker {
  const standing = standingOf(footprint, columns.terrain);
  const countries: SoughtCountry[] = [];
  for (const [country, subdivisions] of standing.countries) {
    const cell = columns.countryCells.get(country);
    if (cell !== undefined) countries.push({ cell, places: fitWords(subdivisions, cell.words) });
  }
  const corridors: SoughtCorridor[] = [];
  for (const [corridor, seats] of standing.seats) {
    const cell = columns.corridorCells.get(corridor);
    const stated = has(footprint.corridors, corridor);
    if (cell !== undefined) corridors.push({ cell, onlyCountry: onlyCountryOf(seats), stated });
  }
  return {
    start: footprint.days.start,
    end: footprint.days.end,
    owner: columns.actorNumbers.get(footprint.owner) ?? -1,
    partners: numberPartners(footprint, columns.actorNumbers),
    audiences: toSought(footprint.audiences, columns.audiences, row),
    themes: toSought(footprint.themes, columns.themes, row),
    channels: toSought(footprint.channels, columns.channels, row),
    languages: toSought(footprint.languages, columns.languages, row),
    countries,
    corridors,
  };
}

function toSought(set: FacetSet, { bits, words, sizes }: FacetColumn, row: number | undefined): SoughtFacet {
  if (row !== undefined) return { bits, offset: row * words, size: sizes[row] ?? 0 };
  return { bits: fitWords(set, words), offset: 0, size: popcount(set) };
}

function fitWords(set: FacetSet, words: number): Uint32Array {
  const bits = new Uint32Array(words);
  for (let word = 0; word < words; word++) bits[word] = set[word] ?? 0;
  return bits;
}
