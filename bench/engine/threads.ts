import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type BestLists, type RowBlock, shareSheet, type Sheet, splitRows } from '../../engine/index.ts';
import type { BlockFound, Engine } from './sides/concord.ts';

/** What a thread is asked, and what it answers. */
export interface Asked {
  readonly block: RowBlock;
  /** How many best overlaps of each row; `null` asks for the sums of all pairs. */
  readonly k: number | null;
}

export interface Threads {
  pairs(): Promise<BlockFound[]>;
  lists(k: number): Promise<BestLists[]>;
  close(): Promise<void>;
}

/** Threads that look at one sheet in memory they share, each with a block of rows of its own. */
export function openThreads(engine: Engine, sheet: Sheet, threads: number): Threads {
  const workerData = { engine, sheet: shareSheet(sheet) };
  const blocks = splitRows({ sheet }, threads);
  const workers = blocks.map((block) => ({
    block,
    worker: new Worker(new URL('thread.ts', import.meta.url), { workerData }),
  }));
  const ask = <Answer>(k: number | null): Promise<Answer[]> =>
    Promise.all(
      workers.map(async ({ block, worker }) => {
        const answered = once(worker, 'message');
        worker.postMessage({ block, k } satisfies Asked);
        const [answer] = await answered;
        return answer as Answer;
      }),
    );
  return {
    pairs: () => ask<BlockFound>(null),
    lists: (k) => ask<BestLists>(k),
    close: async () => {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}
