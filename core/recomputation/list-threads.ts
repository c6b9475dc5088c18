import { Worker } from 'node:worker_threads';
import type { BestLists, Seekers } from '../../engine/index.ts';
import { flagsFor, moduleBeside } from '../../platform/module-beside.ts';
import type { ListsAsked, ListsFound } from './list-thread.ts';

/** Threads that find best lists beside the event loop, all on the same columns in shared memory. */
export interface ListThreads {
  /** Complete lists of these rows, in their order: of `rows[i]` the first `lengths[i]` from `i × k` on. @throws what ended a thread */
  findListsOf(rows: Int32Array): Promise<BestLists>;
  close(): Promise<void>;
}

export function openListThreads(seekers: Seekers, count: number): ListThreads {
  const threads = Array.from({ length: count }, () => startThread(seekers));
  return {
    findListsOf: async (rows) => {
      const share = Math.ceil(rows.length / count);
      const found = await Promise.all(
        threads.map((thread, at) => thread.ask(rows.slice(at * share, (at + 1) * share))),
      );
      return joinFound(found, rows.length);
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

function startThread(seekers: Seekers) {
  const entry = moduleBeside(import.meta.url, 'list-thread');
  const thread = new Worker(entry, { workerData: seekers, execArgv: flagsFor(entry) });
  const waiting = new Map<number, PromiseWithResolvers<BestLists>>();
  let asked = 0;
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  thread.on('message', ({ ask, ...lists }: ListsFound) => {
    waiting.get(ask)?.resolve(lists);
    waiting.delete(ask);
    if (waiting.size === 0) thread.unref();
  });
  thread.on('error', fail);
  thread.on('exit', (code) => {
    fail(new Error(`a thread that finds lists ended with ${String(code)}`));
  });
  // It keeps a process alive only while somebody waits for it.
  thread.unref();
  return {
    ask: (rows: Int32Array): Promise<BestLists> => {
      if (failure !== null) return Promise.reject(failure);
      const answer = Promise.withResolvers<BestLists>();
      waiting.set((asked += 1), answer);
      thread.ref();
      thread.postMessage({ ask: asked, rows } satisfies ListsAsked);
      return answer.promise;
    },
    end: () => thread.terminate(),
  };
}

function joinFound(found: readonly BestLists[], count: number): BestLists {
  const k = found[0]?.k ?? 0;
  const joined = {
    k,
    lengths: new Int32Array(count),
    partnerRows: new Int32Array(count * k),
    strengths: new Float64Array(count * k),
  };
  let at = 0;
  for (const { lengths, partnerRows, strengths } of found) {
    joined.lengths.set(lengths, at);
    joined.partnerRows.set(partnerRows, at * k);
    joined.strengths.set(strengths, at * k);
    at += lengths.length;
  }
  return joined;
}
