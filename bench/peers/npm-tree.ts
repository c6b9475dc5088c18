import { createRequire } from 'node:module';
import type { Sheet } from '../../engine/index.ts';
import { type Posting, postingsOf } from '../engine/cells.ts';
import { type Found, type Side, sums } from '../engine/sides/side.ts';

type Interval = [low: number, high: number, posting: Member];
interface Tree {
  queryInterval(low: number, high: number, visit: (interval: Interval) => boolean | void): void;
}
const createTree = createRequire(import.meta.url)('interval-tree-1d') as (intervals: Interval[]) => Tree;

/** A posting with its masks as plain numbers, which are quicker to compare than bigints. */
interface Member extends Omit<Posting, 'places' | 'audiences' | 'themes'> {
  readonly places: number;
  readonly audiences: number;
  readonly themes: number;
}

/** The fastest interval tree on npm that we found (interval-tree-1d), one for each cell, and our rule over what it finds. */
export async function openNpmTree(sheet: Sheet): Promise<Side> {
  const members = [...postingsOf(sheet)].map((posting) => ({
    ...posting,
    places: Number(posting.places),
    audiences: Number(posting.audiences) | 0,
    themes: Number(posting.themes) | 0,
  }));
  const trees = new Map<number, Tree>();
  for (const [cell, own] of Map.groupBy(members, (member) => member.cell))
    trees.set(cell, createTree(own.map((member): Interval => [member.start, member.end - 1, member])));
  const byRow = Map.groupBy(members, ({ row }) => row);
  return { all: async () => allOf(trees, byRow, sheet.rows.count), top: null, cpuMs: null, close: async () => {} };
}

function allOf(
  trees: ReadonlyMap<number, Tree>,
  byRow: ReadonlyMap<number, readonly Member[]>,
  rowCount: number,
): Found {
  /** By row, the row that found it last: a pair may be in several cells. */
  const foundBy = new Int32Array(rowCount).fill(-1);
  let [pairs, lower, higher] = [0, 0, 0];
  for (const [row, members] of byRow) {
    for (const member of members) {
      trees.get(member.cell)?.queryInterval(member.start, member.end - 1, ([, , other]) => {
        if (other.row <= row || foundBy[other.row] === row || !meets(member, other)) return;
        foundBy[other.row] = row;
        pairs += 1;
        lower += row;
        higher += other.row;
      });
    }
  }
  return { pairs, checksum: sums(lower, higher) };
}

function meets(a: Member, b: Member): boolean {
  if (a.owner === b.owner) return false;
  const audience = (a.audiences & b.audiences) !== 0;
  const theme = (a.themes & b.themes) !== 0;
  if (a.isCountry) {
    if ((a.places & b.places) === 0 && (a.places & 1) === 0 && (b.places & 1) === 0) return false;
    return audience || theme;
  }
  if (a.onlyCountry === b.onlyCountry && a.onlyCountry !== -1) return false;
  return a.stated && b.stated ? audience || theme : audience && theme;
}
