import { parentPort, workerData } from 'node:worker_threads';
import { type BestLists, type ListFinder, listFinder, openListKernel, type Seekers } from '../../engine/index.ts';

/** Asked of a thread: the lists of these rows. */
export interface ListsAsked {
  readonly ask: number;
  readonly rows: Int32Array;
}

export interface ListsFound extends BestLists {
  readonly ask: number;
}

/** The kernel; the columns where there is no WebAssembly with SIMD. */
function open(seekers: Seekers): ListFinder {
  try {
    return openListKernel(seekers);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return listFinder(seekers);
    throw error;
  }
}

// The program of every thread that `openListThreads` starts: by then the sheet is in memory that it shares.
if (parentPort) {
  const port = parentPort;
  const finder = open(workerData as Seekers);
  port.on('message', ({ ask, rows }: ListsAsked) => {
    const { k, lengths, partnerRows, strengths } = finder.findListsOf(rows);
    const found: ListsFound = { ask, k, lengths, partnerRows, strengths };
    port.postMessage(found, [lengths.buffer, partnerRows.buffer, strengths.buffer] as ArrayBuffer[]);
  });
}
