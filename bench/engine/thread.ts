import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from '../../engine/index.ts';
import { listsOf, pairsOf } from './sides/concord.ts';
import type { Asked } from './threads.ts';

const sheet = workerData as Sheet;

parentPort?.on('message', ({ block, k }: Asked) => {
  if (k === null) {
    parentPort?.postMessage(pairsOf(sheet, block));
    return;
  }
  const { lengths, partnerRows, strengths } = listsOf(sheet, k, block);
  const lists = { k, lengths, partnerRows, strengths };
  parentPort?.postMessage(lists, [lengths.buffer, partnerRows.buffer, strengths.buffer] as ArrayBuffer[]);
});
