import { continuing, inSpan } from '../../platform/telemetry/tracing.ts';
import type { Queues } from '../../platform/queue/queues.ts';
import type { JobRequest } from './contract.ts';
import { jobOptions } from './job-options.ts';
import { deduplicationKey } from './policies.ts';

export interface KeyedJob {
  readonly request: JobRequest;
  /** Names the cause, such as `outbox-17`. Letters, digits and `-`, not digits alone. */
  readonly key: string;
  /** What the job is a step of, if anything. */
  readonly traceparent?: string | null;
}

/**
 * Adds jobs in the given order; of several with the same content only the first. Not one transaction: after an error call it
 * again with the same jobs, none will run twice because of it.
 *
 * One by one, because both of BullMQ's ways to add many fall short on PostgreSQL: `Queue.addBulk` makes temporary tables, which
 * the worker login may not, and `FlowProducer.addBulk` returns normally when nothing was added, so that events would be lost.
 */
export async function addJobs(queues: Queues, jobs: readonly KeyedJob[]): Promise<void> {
  const seen = new Set<string>();
  for (const { request, key, traceparent = null } of jobs) {
    const content = deduplicationKey(request);
    const identity = `${request.queue} ${content ?? key}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    await continuing(traceparent, () =>
      inSpan('outbox', { 'bullmq.queue.name': request.queue }, () =>
        queues.queue(request.queue).add(request.queue, request.payload, jobOptions(request, key)),
      ),
    );
  }
}
