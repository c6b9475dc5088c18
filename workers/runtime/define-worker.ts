import type { Log } from '../../platform/log.ts';
import { type JobPayload, type QueueName, jobPayloads } from '../../core/jobs/contract.ts';
import { type QueuePolicy, queuePolicies } from '../../core/jobs/policies.ts';
import type { Work } from '../../core/access/unit-of-work.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Queues } from '../../platform/queue/queues.ts';
import type { JobOutcome } from './outcome.ts';

/** Everything a handler may use. What it knows beyond its payload it reads in `transaction`. */
export interface JobContext {
  /** Unique within its queue. */
  readonly jobId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the time limit has passed or the process is about to stop: hand it on, or look at it between steps. */
  readonly signal: AbortSignal;
  /** Already says queue, job and attempt. Log ids and counts, never contents. */
  readonly log: Log;
  readonly clock: Clock;
  /** For jobs that have others follow. */
  readonly queues: Queues;
  /** Runs the body in one transaction as the hub itself; throws without starting when the signal is aborted. */
  transaction<T>(body: (work: Work) => Promise<T>): Promise<T>;
  /** The same for reading in several statements what was stored at one moment. */
  look<T>(body: (work: Work) => Promise<T>): Promise<T>;
}

/** A worker as data: which queue it serves, how, and under which policy. */
export interface WorkerDefinition {
  readonly queue: QueueName;
  readonly policy: QueuePolicy;
  /** Parses the payload and handles it; an unreadable payload is discarded before the handler sees it. */
  run(payload: unknown, context: JobContext): Promise<JobOutcome>;
}

/**
 * Declares the worker of a queue. The handler may be called twice for one job, or after a younger one: it reads the present
 * and writes by natural keys.
 *
 * @example
 * export const adviseDay = defineWorker({
 *   queue: 'advance-day',
 *   handle: async (_payload, { transaction, log }) => {
 *     const count = await transaction((work) => programmes.closeEnded(work));
 *     log.info({ count }, 'closed what has ended');
 *     return done;
 *   },
 * });
 */
export function defineWorker<Q extends QueueName>(worker: {
  readonly queue: Q;
  readonly handle: (payload: JobPayload<Q>, context: JobContext) => Promise<JobOutcome>;
}): WorkerDefinition {
  return {
    queue: worker.queue,
    policy: queuePolicies[worker.queue],
    run: async (payload, context) => {
      const parsed = jobPayloads[worker.queue].safeParse(payload);
      if (parsed.success) return worker.handle(parsed.data as JobPayload<Q>, context);
      const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`);
      return { kind: 'discard', reason: `unreadable payload: ${where.join('; ')}` };
    },
  };
}
