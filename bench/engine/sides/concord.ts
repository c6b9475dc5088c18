import {
  type BestLists,
  findBestLists,
  forEachRow,
  mergeBestLists,
  type RowBlock,
  type Sheet,
} from '../../../engine/index.ts';
import { openThreads } from '../threads.ts';
import { type Found, type Side, STRENGTH_PARTS, sums } from './side.ts';

/** The sums of a block's pairs. */
export interface BlockFound {
  readonly pairs: number;
  readonly lower: number;
  readonly higher: number;
}

/** Our engine on one thread, or on several that share the columns. */
export function openConcord(sheet: Sheet, threads: number): Side {
  const { count } = sheet.rows;
  if (threads === 1) {
    const block = { fromRow: 0, toRow: count };
    return {
      all: () => Promise.resolve(added([pairsOf(sheet, block)])),
      top: (k) => Promise.resolve(told(listsOf(sheet, k, block))),
      cpuMs: null,
      close: () => Promise.resolve(),
    };
  }
  const pool = openThreads(sheet, threads);
  return {
    all: async () => added(await pool.pairs()),
    top: async (k) => told(mergeBestLists({ sheet }, await pool.lists(k), k)),
    cpuMs: null,
    close: () => pool.close(),
  };
}

export function pairsOf(sheet: Sheet, { fromRow, toRow }: RowBlock): BlockFound {
  let [pairs, lower, higher] = [0, 0, 0];
  const visit = (row: number, laterRows: Int32Array, count: number): void => {
    pairs += count;
    lower += row * count;
    for (let at = 0; at < count; at++) higher += laterRows[at] ?? 0;
  };
  forEachRow({ sheet }, visit, fromRow, toRow);
  return { pairs, lower, higher };
}

/** The best lists without a limit for each owner, as the peers' SQL asks for. */
export const listsOf = (sheet: Sheet, k: number, block: RowBlock): BestLists =>
  findBestLists({ sheet }, { k, perOwner: k, ...block });

function added(blocks: readonly BlockFound[]): Found {
  const sum = (of: (block: BlockFound) => number): number => blocks.reduce((all, block) => all + of(block), 0);
  return {
    pairs: sum(({ pairs }) => pairs),
    checksum: sums(
      sum(({ lower }) => lower),
      sum(({ higher }) => higher),
    ),
  };
}

function told({ k, lengths, strengths }: BestLists): Found {
  let pairs = 0;
  let total = 0;
  for (const [row, length] of lengths.entries()) {
    pairs += length;
    for (let at = row * k; at < row * k + length; at++)
      total += Math.floor((strengths[at] ?? 0) * STRENGTH_PARTS + 0.5);
  }
  return { pairs, checksum: String(total) };
}
