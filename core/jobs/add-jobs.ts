import type { Queues } from '../../platform/queue/queues.ts';
import type { JobRequest, QueueName } from './contract.ts';
import { jobOptions } from './job-options.ts';
import { deduplicationKey } from './policies.ts';

export interface KeyedJob {
  readonly request: JobRequest;
  /** Names the cause, such as `outbox-17`. Letters, digits and `-`, not digits alone. */
  readonly key: string;
}

/**
 * Adds jobs in the given order within each queue, one statement a queue. Of several with the same content only the first is
 * sent. Not one transaction over all queues: after an error call it again with the same jobs, none will run twice because of it.
 */
export async function addJobs(queues: Queues, jobs: readonly KeyedJob[]): Promise<void> {
  const perQueue = new Map<QueueName, KeyedJob[]>();
  const seen = new Set<string>();
  for (const job of jobs) {
    const { queue } = job.request;
    const content = deduplicationKey(job.request);
    const identity = content === null ? `${queue} key ${job.key}` : `${queue} content ${content}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    const ofQueue = perQueue.get(queue);
    if (ofQueue) ofQueue.push(job);
    else perQueue.set(queue, [job]);
  }
  for (const [queue, ofQueue] of perQueue) {
    await queues
      .queue(queue)
      .addBulk(
        ofQueue.map(({ request, key }) => ({ name: queue, data: request.payload, opts: jobOptions(request, key) })),
      );
  }
}
