import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Stage, stageJobId, STAGES } from '../../core/recomputation/add-stage.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { Queues } from '../../platform/queue/queues.ts';
import { progressBar } from '../progress-bar.ts';

const LOOK_AGAIN_MS = 250;

/** As jobs with children tell it. */
const progress = z.object({ done: z.number(), total: z.number() });

const TITLES: Readonly<Record<Stage, string>> = {
  footprints: 'Footprints',
  overlaps: 'Overlaps',
  suggestions: 'Suggestions',
};

/** Shows people how far a recomputation is until it has ended, whoever works on it. @throws PlainError when it failed */
export async function followRecomputation(queues: Queues, runId: string): Promise<void> {
  for (const stage of STAGES) {
    const bar = progressBar(TITLES[stage]);
    for (;;) {
      const job = await queues.queue('recompute').getJob(stageJobId(runId, stage));
      const state = await job?.getState();
      const told = progress.safeParse(job?.progress);
      if (told.success) bar.show(told.data.done, told.data.total);
      if (state === 'completed') {
        if (told.success) bar.show(told.data.total, told.data.total);
        break;
      }
      if (state === 'failed')
        throw new PlainError(`The recomputation failed: ${job?.failedReason ?? 'without a reason'}`);
      await delay(LOOK_AGAIN_MS);
    }
    bar.end();
  }
}
