import type { JobsOptions } from 'bullmq';
import type { JobRequest, QueueName } from './contract.ts';
import { deduplicationKey, queuePolicies } from './policies.ts';

/** Attempts, pauses and retention of every job in a queue, as BullMQ wants them. */
export function retryOptions(queue: QueueName): JobsOptions {
  const policy = queuePolicies[queue];
  return {
    attempts: policy.attempts,
    backoff: { type: 'exponential', delay: policy.backoffMs, jitter: 0.5 },
    removeOnComplete: policy.keepCompletedS === 0 ? true : { age: policy.keepCompletedS },
    removeOnFail: { age: policy.keepFailedS },
    // Where it failed is in the log; frames stored with each attempt would only swell the table.
    stackTraceLimit: 5,
  };
}

/**
 * The options of one job. `key` names its cause (an outbox event): a job with the same key is not added again while the first
 * is remembered.
 *
 * A job is either keyed by its cause or deduplicated by content, never both. BullMQ on PostgreSQL records the new winner of a
 * deduplication before it notices that the id exists already: a repeated key of a finished job would make that finished job
 * the winner, and every later job with that content would be dropped until retention removes it.
 */
export function jobOptions(request: JobRequest, key: string): JobsOptions {
  const content = deduplicationKey(request);
  return content === null
    ? { ...retryOptions(request.queue), jobId: key }
    : {
        ...retryOptions(request.queue),
        // Plain deduplication drops what is added while its twin is active, though that one may have read too early.
        deduplication: { id: content, keepLastIfActive: true },
      };
}
