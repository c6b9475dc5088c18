import { RULES } from '../rules.ts';
import type { BestLists, BestListsOptions } from './best-lists.ts';
import { openDesk } from './desk.ts';
import { leavesOut, type Seekers } from './seekers.ts';
import { lookoutOf, seek } from './seek.ts';
import { offer, openShortlists } from './shortlists.ts';
import { weigh } from './weigh.ts';

export type ListLimits = Pick<BestListsOptions, 'k' | 'perOwner'>;

/** Finds complete best lists, of whichever rows are asked for. */
export interface ListFinder {
  /** Of `rows[i]` the first `lengths[i]` from `i × k` on, the best first: what `rankPartners` gives for it. */
  findListsOf(rows: Int32Array): BestLists;
}

/** What finding lists needs of whoever does the work: the columns, or the kernel. */
export interface Looking {
  /** Where `look` leaves the rows of the sheet that a row meets. */
  readonly found: Int32Array;
  /** By row of the sheet, the row with which its overlap is told by a part: written here, heeded by `offer`. */
  readonly told: Int32Array;
  look(row: number): number;
  /** Offers the first `count` found to the list of that number. */
  offer(row: number, list: number, count: number): void;
}

/** Gives each row of `rows` the list of its number. Looks both ways from every row, so that a list needs nobody else's. */
export function fillLists(seekers: Seekers, rows: Int32Array, looking: Looking): void {
  const { parts, apart, sheet } = seekers;
  const { found, told } = looking;
  const { ancestors } = sheet.families;
  const anyFamilies = parts.items.length > 0 || ancestors.items.length > 0;
  const keepWanted = (row: number, count: number): number => {
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const other = found[at] ?? 0;
      if (!leavesOut(seekers, row, other)) found[kept++] = other;
    }
    return kept;
  };
  const look = (row: number, as: number): number => {
    const count = looking.look(as);
    return apart === null ? count : keepWanted(row, count);
  };
  const markAncestors = (row: number, count: number): void => {
    for (let at = 0; at < count; at++) {
      const other = found[at] ?? 0;
      for (let i = ancestors.offsets[other] ?? 0; i < (ancestors.offsets[other + 1] ?? 0); i++)
        told[ancestors.items[i] ?? 0] = row;
    }
  };
  rows.forEach((row, list) => {
    if (anyFamilies)
      for (let at = parts.offsets[row] ?? 0; at < (parts.offsets[row + 1] ?? 0); at++) {
        const count = look(row, parts.items[at] ?? 0);
        for (let i = 0; i < count; i++) told[found[i] ?? 0] = row;
        markAncestors(row, count);
      }
    const count = look(row, row);
    if (anyFamilies) markAncestors(row, count);
    looking.offer(row, list, count);
  });
}

/** The columns as the finder of lists: for where there is no WebAssembly with SIMD, and the oracle that the kernel is tested against. */
export function listFinder(
  seekers: Seekers,
  { k = RULES.ranking.keep, perOwner = RULES.ranking.keepPerOwner }: ListLimits = {},
): ListFinder {
  const { sheet, rows: own } = seekers;
  const { rows } = sheet;
  const desk = openDesk({ sheet });
  const told = new Int32Array(rows.count).fill(-1);
  return {
    findListsOf: (asked) => {
      const lists = openShortlists(asked.length, Math.min(k, rows.count), perOwner);
      fillLists(seekers, asked, {
        found: desk.found,
        told,
        look: (row) => {
          seek(sheet, own, row, lookoutOf(sheet, own, row), desk);
          return desk.count;
        },
        offer: (row, list, count) => {
          desk.count = count;
          weigh(rows, own, row, desk);
          for (let at = 0; at < count; at++) {
            const other = desk.found[at] ?? 0;
            if (told[other] !== row) offer(lists, sheet, list, other, desk.strengths[at] ?? 0);
          }
        },
      });
      return lists;
    },
  };
}
