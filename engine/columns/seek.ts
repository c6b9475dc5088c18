import { BLOCK, lowerBound, SEVERAL, type Cell, type Columns, type FacetColumn } from './columns.ts';
import type { Seeker, SoughtCorridor, SoughtCountry, SoughtFacet } from './seeker.ts';

/** What two footprints' best pair of places comes to, rising; the index into `PLACE_SIMILARITIES`. */
const ON_ONE_CORRIDOR = 1;
const ONE_CONTAINS_THE_OTHER = 2;
const SAME = 3;

/** Where a search writes: reused from search to search, so that none allocates. One desk, one search at a time. */
export interface Desk {
  /** How many rows the last search found. */
  count: number;
  /** The rows found, in no particular order: the first `count`. */
  readonly found: Int32Array;
  /** By row found, its place level. */
  readonly placeLevels: Uint8Array;
  /** By row, the number of the search that found it last: a row in several cells is found once. */
  readonly stamps: Int32Array;
  search: number;
}

/** A desk for these columns. */
export function openDesk({ footprints: { length } }: Columns): Desk {
  return {
    count: 0,
    found: new Int32Array(length),
    placeLevels: new Uint8Array(length),
    stamps: new Int32Array(length),
    search: 0,
  };
}

/**
 * Finds the rows from `firstRow` on that the seeker meets, each once, and leaves them on the desk. With `firstRow` 0 all of them;
 * with the row after the seeker's own, each pair of rows is found from one side only. The heart of the engine's speed: no
 * allocation and no closure, two loads and one AND for most postings.
 */
export function seek(columns: Columns, seeker: Seeker, firstRow: number, desk: Desk): void {
  desk.count = 0;
  desk.search++;
  if (seeker.end - seeker.start < columns.minSharedDays) return;
  // Rows are in order of start: whoever is to share enough days starts before this row.
  const limitRow = lowerBound(columns.starts, seeker.end - columns.minSharedDays + 1);
  // Countries first: they decide the place level; a corridor only adds rows that no country found.
  for (const country of seeker.countries) seekInCountry(columns, seeker, country, firstRow, limitRow, desk);
  for (const corridor of seeker.corridors) seekOnCorridor(columns, seeker, corridor, firstRow, limitRow, desk);
}

function seekInCountry(
  columns: Columns,
  seeker: Seeker,
  { cell, places: own }: SoughtCountry,
  firstRow: number,
  limitRow: number,
  desk: Desk,
): void {
  const { rows, ends, places, words } = cell;
  const { stamps, placeLevels, found, search } = desk;
  const leastEnd = seeker.start + columns.minSharedDays;
  const own0 = own[0] ?? 0;
  const ownsWhole = (own0 & 1) === 1;
  const wanted0 = own0 | 1; // whoever is in the whole country is everywhere in it
  const limit = lowerBound(rows, limitRow);
  for (let at = lowerBound(rows, firstRow); at < limit; at++) {
    if ((ends[at] ?? 0) < leastEnd) {
      at = skipBlockThatIsOver(cell, at, leastEnd);
      continue;
    }
    const word0 = places[at * words] ?? 0;
    const same = (word0 & own0) !== 0 || (words > 1 && shareLaterWord(places, at * words, own));
    if (!same && !ownsWhole && (word0 & wanted0) === 0) continue;
    const row = rows[at] ?? 0;
    const placeLevel = same ? SAME : ONE_CONTAINS_THE_OTHER;
    if (stamps[row] === search) {
      if ((placeLevels[row] ?? 0) < placeLevel) placeLevels[row] = placeLevel;
      continue;
    }
    if (!shares(columns.audiences, row, seeker.audiences) && !shares(columns.themes, row, seeker.themes)) continue;
    if (workTogether(columns, seeker, row)) continue;
    stamps[row] = search;
    placeLevels[row] = placeLevel;
    found[desk.count++] = row;
  }
}

function seekOnCorridor(
  columns: Columns,
  seeker: Seeker,
  { cell, onlyCountry: own, stated: ownStated }: SoughtCorridor,
  firstRow: number,
  limitRow: number,
  desk: Desk,
): void {
  const { rows, ends, onlyCountry, stated } = cell;
  const { stamps, placeLevels, found, search } = desk;
  const leastEnd = seeker.start + columns.minSharedDays;
  const limit = lowerBound(rows, limitRow);
  for (let at = lowerBound(rows, firstRow); at < limit; at++) {
    if ((ends[at] ?? 0) < leastEnd) {
      at = skipBlockThatIsOver(cell, at, leastEnd);
      continue;
    }
    if (own !== SEVERAL && onlyCountry[at] === own) continue; // both only in one country: places decide
    const row = rows[at] ?? 0;
    if (stamps[row] === search) continue;
    const audience = shares(columns.audiences, row, seeker.audiences);
    const theme = shares(columns.themes, row, seeker.themes);
    const enough = ownStated && stated[at] === 1 ? audience || theme : audience && theme;
    if (!enough || workTogether(columns, seeker, row)) continue;
    stamps[row] = search;
    placeLevels[row] = ON_ONE_CORRIDOR;
    found[desk.count++] = row;
  }
}

/** The last posting of a block that begins at `at` and is over as a whole; else `at`. */
function skipBlockThatIsOver({ blockEnds }: Cell, at: number, leastEnd: number): number {
  return at % BLOCK === 0 && (blockEnds[at / BLOCK] ?? 0) < leastEnd ? at + BLOCK - 1 : at;
}

function shareLaterWord(places: Uint32Array, offset: number, own: Uint32Array): boolean {
  for (let word = 1; word < own.length; word++)
    if (((places[offset + word] ?? 0) & (own[word] ?? 0)) !== 0) return true;
  return false;
}

function shares({ bits, words }: FacetColumn, row: number, sought: SoughtFacet): boolean {
  const offset = row * words;
  for (let word = 0; word < words; word++) {
    if (((bits[offset + word] ?? 0) & (sought.bits[sought.offset + word] ?? 0)) !== 0) return true;
  }
  return false;
}

function workTogether({ owners, partners }: Columns, seeker: Seeker, row: number): boolean {
  const owner = owners[row] ?? 0;
  if (owner === seeker.owner) return true;
  return seeker.partners?.has(owner) === true || partners[row]?.has(seeker.owner) === true;
}
