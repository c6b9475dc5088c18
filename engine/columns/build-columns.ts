import type { Footprint } from '../footprint.ts';
import type { MeetOptions } from '../measure-overlap.ts';
import type { Terrain } from '../terrain.ts';
import { writeBook } from './book.ts';
import { toLists, type Columns, type Families } from './columns.ts';
import { post } from './postings.ts';
import { layOutRows } from './rows.ts';

/** Lays footprints out in columns, in whatever order they come. @throws when two have one id. O(n log n). */
export function buildColumns(
  footprints: readonly Footprint[],
  terrain: Terrain,
  { minSharedDays = 1 }: MeetOptions = {},
): Columns {
  const inOrder = footprints.toSorted((a, b) => a.days.start - b.days.start || (a.id < b.id ? -1 : 1));
  const rowOf = new Map(inOrder.map(({ id }, row) => [id, row]));
  if (rowOf.size !== inOrder.length)
    throw new Error(`expected footprints of different ids, found ${inOrder.length - rowOf.size} repeated`);
  const book = writeBook(inOrder, terrain);
  const rows = layOutRows(inOrder, book, minSharedDays);
  const sheet = {
    minSharedDays,
    rows,
    idRanks: rankIds(inOrder),
    postings: post(rows, book),
    families: relateFamilies(inOrder, rowOf),
  };
  return { footprints: inOrder, book, sheet };
}

function rankIds(inOrder: readonly Footprint[]): Int32Array {
  const byId = inOrder.map((_, row) => row).sort((a, b) => ((inOrder[a]?.id ?? '') < (inOrder[b]?.id ?? '') ? -1 : 1));
  const ranks = new Int32Array(inOrder.length);
  byId.forEach((row, rank) => {
    ranks[row] = rank;
  });
  return ranks;
}

const NONE: readonly number[] = [];

function relateFamilies(inOrder: readonly Footprint[], rowOf: ReadonlyMap<string, number>): Families {
  const ancestors = inOrder.map((footprint) =>
    footprint.ancestors.length === 0 ? NONE : footprint.ancestors.flatMap((id) => rowOf.get(id) ?? []),
  );
  const parts = new Map<number, number[]>();
  ancestors.forEach((list, row) => {
    for (const ancestor of list) {
      const others = parts.get(ancestor);
      if (others === undefined) parts.set(ancestor, [row]);
      else others.push(row);
    }
  });
  return {
    ancestors: toLists(ancestors),
    parts: toLists(inOrder.map((_, row) => parts.get(row) ?? NONE)),
    partsComeLater: ancestors.every((list, row) => list.every((ancestor) => ancestor < row)),
  };
}
