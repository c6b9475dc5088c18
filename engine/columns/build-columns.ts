import type { Footprint } from '../footprint.ts';
import type { MeetOptions } from '../measure-overlap.ts';
import { standingOf, type Standing } from '../standing.ts';
import type { Terrain } from '../terrain.ts';
import { lengthOf } from '../values/day-range.ts';
import { has, popcount, type FacetSet } from '../values/facet-set.ts';
import { BLOCK, SEVERAL, type Columns, type CorridorCell, type CountryCell, type FacetColumn } from './columns.ts';

/** Lays footprints out in columns, in whatever order they come. @throws when two have one id. O(n log n). */
export function buildColumns(
  footprints: readonly Footprint[],
  terrain: Terrain,
  { minSharedDays = 1 }: MeetOptions = {},
): Columns {
  const rows = footprints.toSorted((a, b) => a.days.start - b.days.start || (a.id < b.id ? -1 : 1));
  const ends = Int32Array.from(rows, ({ days }) => days.end);
  const standings = rows.map((footprint) => standingOf(footprint, terrain));
  const actorNumbers = numberActors(rows);
  return {
    terrain,
    minSharedDays,
    footprints: rows,
    starts: Int32Array.from(rows, ({ days }) => days.start),
    ends,
    idRanks: rankIds(rows),
    owners: Int32Array.from(rows, ({ owner }) => actorNumbers.get(owner) ?? -1),
    partners: rows.map((footprint) => numberPartners(footprint, actorNumbers)),
    audiences: layOut(rows.map(({ audiences }) => audiences)),
    themes: layOut(rows.map(({ themes }) => themes)),
    channels: layOut(rows.map(({ channels }) => channels)),
    languages: layOut(rows.map(({ languages }) => languages)),
    ...buildCells(standings, ends, minSharedDays),
    ...relateFamilies(rows),
    actorNumbers,
  };
}

/** The numbers of a footprint's partners; actors that are nobody's owner or partner have none. */
export function numberPartners(
  { partners }: Footprint,
  actorNumbers: ReadonlyMap<string, number>,
): ReadonlySet<number> | null {
  const numbers = partners.map((actor) => actorNumbers.get(actor)).filter((number) => number !== undefined);
  return numbers.length === 0 ? null : new Set(numbers);
}

function numberActors(rows: readonly Footprint[]): ReadonlyMap<string, number> {
  const actors = new Set(rows.flatMap(({ owner, partners }) => [owner, ...partners]));
  return new Map([...actors].map((actor, number) => [actor, number]));
}

function rankIds(rows: readonly Footprint[]): Int32Array {
  const ranks = new Map(
    rows
      .map(({ id }) => id)
      .sort()
      .map((id, rank) => [id, rank]),
  );
  if (ranks.size !== rows.length)
    throw new Error(`expected footprints of different ids, found ${rows.length - ranks.size} repeated`);
  return Int32Array.from(rows, ({ id }) => ranks.get(id) ?? 0);
}

function layOut(sets: readonly FacetSet[]): FacetColumn {
  const words = sets.reduce((most, set) => Math.max(most, set.length), 1);
  const bits = new Uint32Array(sets.length * words);
  sets.forEach((set, row) => {
    copyWords(set, bits, row * words);
  });
  return { words, bits, sizes: Uint16Array.from(sets, popcount) };
}

function copyWords(set: FacetSet, to: Uint32Array, offset: number): void {
  for (let word = 0; word < set.length; word++) to[offset + word] = set[word] ?? 0;
}

function buildCells(standings: readonly Standing[], ends: Int32Array, minSharedDays: number) {
  const countries = new Map<number, number[]>();
  const corridors = new Map<number, number[]>();
  standings.forEach(({ footprint, countries: subdivisions, seats }, row) => {
    if (lengthOf(footprint.days) < minSharedDays) return;
    for (const country of subdivisions.keys()) post(countries, country, row);
    for (const corridor of seats.keys()) post(corridors, corridor, row);
  });
  const countryCells = new Map<number, CountryCell>();
  for (const [country, rows] of countries) {
    const places = layOut(rows.map((row) => standings[row]?.countries.get(country) ?? []));
    countryCells.set(country, { ...listRows(rows, ends), words: places.words, places: places.bits });
  }
  const corridorCells = new Map<number, CorridorCell>();
  for (const [corridor, rows] of corridors) {
    const members = rows.flatMap((row) => standings[row] ?? []);
    corridorCells.set(corridor, {
      ...listRows(rows, ends),
      onlyCountry: Int32Array.from(members, ({ seats }) => onlyCountryOf(seats.get(corridor) ?? [])),
      stated: Uint8Array.from(members, ({ footprint }) => Number(has(footprint.corridors, corridor))),
    });
  }
  return { countryCells, corridorCells };
}

/** The only one of a footprint's seats on a corridor, or `SEVERAL`. */
export function onlyCountryOf(seats: readonly number[]): number {
  return seats.length === 1 ? (seats[0] ?? SEVERAL) : SEVERAL;
}

function post(cells: Map<number, number[]>, cell: number, row: number): void {
  const rows = cells.get(cell);
  if (rows === undefined) cells.set(cell, [row]);
  else rows.push(row);
}

function listRows(rows: readonly number[], endOfRow: Int32Array) {
  const ends = Int32Array.from(rows, (row) => endOfRow[row] ?? 0);
  const blockEnds = new Int32Array(Math.ceil(rows.length / BLOCK));
  ends.forEach((end, at) => {
    const block = Math.floor(at / BLOCK);
    blockEnds[block] = Math.max(blockEnds[block] ?? 0, end);
  });
  return { rows: Int32Array.from(rows), ends, blockEnds };
}

const NONE: readonly number[] = [];

function relateFamilies(rows: readonly Footprint[]) {
  const rowOf = new Map(rows.map(({ id }, row) => [id, row]));
  const ancestorRows = rows.map(({ ancestors }) =>
    ancestors.length === 0 ? NONE : ancestors.map((id) => rowOf.get(id)).filter((row) => row !== undefined),
  );
  const partRows = rows.map((): number[] => []);
  ancestorRows.forEach((ancestors, row) => {
    for (const ancestor of ancestors) partRows[ancestor]?.push(row);
  });
  return { ancestorRows, partRows };
}
