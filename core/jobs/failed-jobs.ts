import type { Queues } from '../../platform/queue/queues.ts';
import { type QueueName, queueNames } from './contract.ts';

/** A job that used up its attempts and waits for a person. */
export interface FailedJob {
  readonly queue: QueueName;
  /** Unique within its queue. */
  readonly id: string;
  /** Ids and a version, never content. */
  readonly payload: unknown;
  /** ISO 8601; null when it was not noted. */
  readonly failedAt: string | null;
  readonly attempts: number;
  /** Why its last attempt failed, without anybody's text; see workers/runtime/fault.ts. */
  readonly reason: string;
}

/** `gone`: there is no such job, or it did not fail, or somebody else was faster. */
export type JobFate = 'retried' | 'discarded' | 'gone';

/** How many failed jobs each of the queues holds; queues without any are left out. */
export async function countFailed(queues: Queues): Promise<ReadonlyMap<QueueName, number>> {
  const counts = await Promise.all(
    queueNames.map(async (name) => [name, await queues.queue(name).getFailedCount()] as const),
  );
  return new Map(counts.filter(([, count]) => count > 0));
}

/** The failed jobs of one queue, the latest first: at most `limit`, after the first `offset`. */
export async function listFailed(
  queues: Queues,
  name: QueueName,
  { limit, offset = 0 }: { readonly limit: number; readonly offset?: number },
): Promise<readonly FailedJob[]> {
  const jobs = await queues.queue(name).getFailed(offset, offset + limit - 1);
  return jobs.map((job) => ({
    queue: name,
    id: job.id ?? '',
    payload: job.data,
    failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn).toISOString(),
    attempts: job.attemptsMade,
    reason: job.failedReason,
  }));
}

/** Puts a failed job back into its queue, with all its attempts. Handlers read the present, so late is as good as in time. */
export async function retryFailed(queues: Queues, name: QueueName, id: string): Promise<JobFate> {
  const job = await queues.queue(name).getJob(id);
  if (!job || !(await job.isFailed())) return 'gone';
  await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
  return 'retried';
}

/** Gives a failed job up for good. */
export async function discardFailed(queues: Queues, name: QueueName, id: string): Promise<JobFate> {
  const job = await queues.queue(name).getJob(id);
  if (!job || !(await job.isFailed())) return 'gone';
  await job.remove();
  return 'discarded';
}
