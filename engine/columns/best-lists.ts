import { RULES } from '../rules.ts';
import type { Columns, Sheet } from './columns.ts';
import { openDesk, type Desk } from './desk.ts';
import { seekLater } from './seek.ts';
import { offer, openShortlists, type Shortlists } from './shortlists.ts';
import { openToldByParts } from './told-by-parts.ts';
import { weigh } from './weigh.ts';

export interface BestListsOptions {
  /** How many overlaps a footprint keeps; default 20. */
  readonly k?: number;
  /** How many of them with one other owner; default 3. */
  readonly perOwner?: number;
  /** Only pairs whose lower row is in `[fromRow, toRow)`; default all. */
  readonly fromRow?: number;
  readonly toRow?: number;
}

/** The best partners of all rows: of row `r` the first `lengths[r]` from `r × k` on, the best first. */
export type BestLists = Readonly<Pick<Shortlists, 'k' | 'lengths' | 'partnerRows' | 'strengths'>>;

/**
 * The best list of every row: that which `rankPartners` gives for each footprint by itself. Every pair is weighed once and offered to
 * both. Blocks of lower rows can be gone through apart and in any order, and `mergeBestLists` puts together what they give.
 */
export function findBestLists({ sheet }: Pick<Columns, 'sheet'>, options: BestListsOptions = {}): BestLists {
  const { k = RULES.ranking.keep, perOwner = RULES.ranking.keepPerOwner } = options;
  const { rows } = sheet;
  const { fromRow = 0, toRow = rows.count } = options;
  const desk = openDesk({ sheet });
  const told = openToldByParts(sheet);
  const lists = openShortlists(rows.count, Math.min(k, rows.count), perOwner);
  // From the last row to the first: then every list already holds all later partners when an earlier row is offered, and few rank.
  for (let row = toRow - 1; row >= fromRow; row--) {
    seekLater(sheet, row, desk);
    told?.mark(row, desk);
    weigh(rows, rows, row, desk);
    offerToBoth(lists, sheet, row, desk, told?.marks);
  }
  return lists;
}

/** The best lists of all pairs, from those of the pairs of several blocks, which were found with the same options. */
export function mergeBestLists(
  { sheet }: Pick<Columns, 'sheet'>,
  blocks: readonly BestLists[],
  perOwner: number = RULES.ranking.keepPerOwner,
): BestLists {
  const [first] = blocks;
  const lists = openShortlists(sheet.rows.count, first?.k ?? 0, perOwner);
  for (const { k, lengths, partnerRows, strengths } of blocks)
    for (let row = 0; row < lengths.length; row++)
      for (let at = row * k; at < row * k + (lengths[row] ?? 0); at++)
        offer(lists, sheet, row, partnerRows[at] ?? 0, strengths[at] ?? 0);
  return lists;
}

function offerToBoth(
  lists: Shortlists,
  sheet: Sheet,
  row: number,
  { found, strengths, count }: Desk,
  told: Int32Array | undefined,
): void {
  const { floors } = lists;
  for (let at = 0; at < count; at++) {
    const other = found[at] ?? 0;
    const strength = strengths[at] ?? 0;
    const ranksHere = strength >= (floors[row] ?? 0);
    const ranksThere = strength >= (floors[other] ?? 0);
    if (!(ranksHere || ranksThere) || told?.[other] === row) continue;
    if (ranksHere) offer(lists, sheet, row, other, strength);
    if (ranksThere) offer(lists, sheet, other, row, strength);
  }
}
