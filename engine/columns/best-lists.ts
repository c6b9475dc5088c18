import { RULES } from '../rules.ts';
import type { Columns } from './columns.ts';
import { openDesk, seek, type Desk } from './seek.ts';
import { toSeeker } from './seeker.ts';
import { offer, openShortlist } from './shortlist.ts';
import { strengthOf } from './strength-in-columns.ts';

export interface BestListsOptions {
  /** How many overlaps a footprint keeps; default 20. */
  readonly k?: number;
  /** How many of them with one other owner; default 3. */
  readonly perOwner?: number;
  /** The block of rows whose lists are wanted, `[fromRow, toRow)`; default all rows. */
  readonly fromRow?: number;
  readonly toRow?: number;
}

/** The best partners of a block of rows: of row `r`, the entries from `offsets[r - fromRow]` to before the next offset, the best first. */
export interface BestLists {
  readonly fromRow: number;
  readonly offsets: Int32Array;
  readonly partnerRows: Int32Array;
  readonly strengths: Float64Array;
}

/**
 * The best lists of a block of rows: those that `rankPartners` gives for each footprint by itself. Blocks are complete in
 * themselves, so they can be computed apart and in any order.
 */
export function findBestLists(columns: Columns, options: BestListsOptions = {}): BestLists {
  const { k = RULES.ranking.keep, perOwner = RULES.ranking.keepPerOwner } = options;
  const { fromRow = 0, toRow = columns.footprints.length } = options;
  const desk = openDesk(columns);
  const told = new Int32Array(columns.footprints.length).fill(-1);
  const list = openShortlist(Math.min(k, columns.footprints.length), perOwner);
  const offsets = [0];
  const partnerRows: number[] = [];
  const strengths: number[] = [];
  columns.footprints.slice(fromRow, toRow).forEach((footprint, at) => {
    const row = fromRow + at;
    markToldByParts(columns, row, desk, told);
    const seeker = toSeeker(footprint, columns, row);
    seek(columns, seeker, 0, desk);
    markToldByPartsOfFound(columns, row, desk, told);
    list.length = 0;
    for (let i = 0; i < desk.count; i++) {
      const other = desk.found[i] ?? 0;
      if (told[other] === row) continue;
      offer(list, columns, other, strengthOf(columns, seeker, other, desk.placeLevels[other] ?? 0));
    }
    partnerRows.push(...list.rows.subarray(0, list.length));
    strengths.push(...list.strengths.subarray(0, list.length));
    offsets.push(partnerRows.length);
  });
  return {
    fromRow,
    offsets: Int32Array.from(offsets),
    partnerRows: Int32Array.from(partnerRows),
    strengths: Float64Array.from(strengths),
  };
}

/** Notes, in `told`, whose overlap with a row is told by a part of the row: whom the part meets, and what that is a part of. */
function markToldByParts(columns: Columns, row: number, desk: Desk, told: Int32Array): void {
  for (const part of columns.partRows[row] ?? []) {
    const footprint = columns.footprints[part];
    if (footprint === undefined) continue;
    seek(columns, toSeeker(footprint, columns, part), 0, desk);
    for (let i = 0; i < desk.count; i++) told[desk.found[i] ?? 0] = row;
    markToldByPartsOfFound(columns, row, desk, told);
  }
}

/** Notes, in `told`, whose overlap with a row is told by a part of theirs: what the rows found are a part of. */
function markToldByPartsOfFound(columns: Columns, row: number, desk: Desk, told: Int32Array): void {
  for (let i = 0; i < desk.count; i++) {
    for (const ancestor of columns.ancestorRows[desk.found[i] ?? 0] ?? []) told[ancestor] = row;
  }
}
