import type { EntityManager } from '@mikro-orm/postgresql';
import type { QueueFigures } from '../core/jobs/heartbeat.ts';
import { type FailedJobRow, askedOf, hasFailedJobs, storeFailedJobs } from '../core/jobs/failed-job.rows.ts';
import { withoutIds } from '../core/jobs/without-ids.ts';
import { discardFailed, retryFailed } from '../core/jobs/failed-jobs.ts';
import type { Queues } from '../platform/queue/queues.ts';

/** The latest of each queue are shown; how many more there are is in the figures of the queue. */
const SHOWN_OF_QUEUE = 200;

/** Brings what coordinators see of failed jobs up to date with the queues. */
export async function showFailedJobs(
  em: EntityManager,
  queues: Queues,
  figures: readonly QueueFigures[],
): Promise<void> {
  const failing = figures.filter(({ failed }) => failed > 0);
  if (failing.length === 0 && !(await hasFailedJobs(em))) return;
  const rows = await Promise.all(failing.map(({ name }) => failedIn(queues, name)));
  await storeFailedJobs(em, rows.flat());
}

async function failedIn(queues: Queues, name: string): Promise<FailedJobRow[]> {
  const jobs = await queues.queue(name).getFailed(0, SHOWN_OF_QUEUE - 1);
  // A job that was taken up again meanwhile is no failed one.
  return jobs.flatMap(({ id, failedReason, attemptsMade, timestamp, finishedOn }) =>
    id === undefined || finishedOn === undefined
      ? []
      : [
          {
            queue: name,
            jobId: id,
            // BullMQ gives up some jobs by itself, in words of its own.
            reason: withoutIds(failedReason),
            attempts: attemptsMade,
            addedAt: new Date(timestamp),
            failedAt: new Date(finishedOn),
          },
        ],
  );
}

/**
 * Does what a coordinator asked for: the job begins anew with all its attempts, or is removed. A job that is gone, or not failed any
 * more, is left alone. Twice is once.
 */
export async function settleFailedJob(em: EntityManager, queues: Queues, id: string): Promise<void> {
  const row = await askedOf(em, id);
  if (!row) return;
  if (row.asked === 'retry') await retryFailed(queues, row.queue, row.jobId);
  else await discardFailed(queues, row.queue, row.jobId);
}
