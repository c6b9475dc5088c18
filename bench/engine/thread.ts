import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from '../../engine/index.ts';
import { type Engine, openFinder } from './sides/concord.ts';
import type { Asked } from './threads.ts';

const { engine, sheet } = workerData as { readonly engine: Engine; readonly sheet: Sheet };
const finder = openFinder(engine, sheet);

parentPort?.on('message', ({ block, k }: Asked) => {
  if (k === null) {
    parentPort?.postMessage(finder.pairs(block));
    return;
  }
  const { lengths, partnerRows, strengths } = finder.lists(k, block);
  const lists = { k, lengths, partnerRows, strengths };
  parentPort?.postMessage(lists, [lengths.buffer, partnerRows.buffer, strengths.buffer] as ArrayBuffer[]);
});
