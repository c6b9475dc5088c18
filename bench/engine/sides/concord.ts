import {
  type BestLists,
  findBestLists,
  forEachRow,
  mergeBestLists,
  openKernel,
  type RowBlock,
  type Sheet,
  type VisitRow,
} from '../../../engine/index.ts';
import { openThreads } from '../threads.ts';
import { type Found, type Side, STRENGTH_PARTS, sums } from './side.ts';

/** The sums of a block's pairs. */
export interface BlockFound {
  readonly pairs: number;
  readonly lower: number;
  readonly higher: number;
}

/** Which of our two: the kernel in WebAssembly, or the columns in TypeScript, its oracle. */
export type Engine = 'concord' | 'concord-ts';

/** Our engine on one thread, or on several that share the columns. */
export function openConcord(engine: Engine, sheet: Sheet, threads: number): Side {
  if (threads === 1) {
    const block = { fromRow: 0, toRow: sheet.rows.count };
    const finder = openFinder(engine, sheet);
    return {
      all: () => Promise.resolve(added([finder.pairs(block)])),
      top: (k) => Promise.resolve(told(finder.lists(k, block))),
      cpuMs: null,
      close: () => Promise.resolve(),
    };
  }
  const pool = openThreads(engine, sheet, threads);
  return {
    all: async () => added(await pool.pairs()),
    top: async (k) => told(mergeBestLists({ sheet }, await pool.lists(k), k)),
    cpuMs: null,
    close: () => pool.close(),
  };
}

/** What one thread does: the sums of a block's pairs; and its best lists, without a limit for each owner, as the SQL of peers asks. */
export interface Finder {
  pairs(block: RowBlock): BlockFound;
  lists(k: number, block: RowBlock): BestLists;
}

export function openFinder(engine: Engine, sheet: Sheet): Finder {
  if (engine === 'concord-ts')
    return {
      pairs: ({ fromRow, toRow }) => summed((visit) => forEachRow({ sheet }, visit, fromRow, toRow)),
      lists: (k, block) => findBestLists({ sheet }, { k, perOwner: k, ...block }),
    };
  const kernel = openKernel({ sheet });
  return {
    pairs: ({ fromRow, toRow }) => summed((visit) => kernel.forEachRow(visit, fromRow, toRow)),
    // Copying the sheet is part of what it costs.
    lists: (k, { fromRow, toRow }) => openKernel({ sheet }, { k, perOwner: k }).findBestLists(fromRow, toRow),
  };
}

function summed(forEach: (visit: VisitRow) => void): BlockFound {
  let [pairs, lower, higher] = [0, 0, 0];
  forEach((row, laterRows, count) => {
    pairs += count;
    lower += row * count;
    higher += sumOf(laterRows, count);
  });
  return { pairs, lower, higher };
}

function sumOf(numbers: Int32Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += numbers[at] ?? 0;
  return sum;
}

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
