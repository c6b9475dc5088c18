import { type Job, UnrecoverableError } from 'bullmq';
import type { Log } from '../../platform/log.ts';
import type { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withoutIds } from '../../core/jobs/without-ids.ts';
import { assertNever } from '../../core/outcome.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Queues } from '../../platform/queue/queues.ts';
import type { RecordJob } from '../job-metrics.ts';
import type { JobContext, WorkerDefinition } from './define-worker.ts';
import { describeFault, tellableError } from './fault.ts';
import type { JobOutcome } from './outcome.ts';

export interface JobRuntime {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
  readonly queues: Queues;
  /** Aborted when the process can no longer wait for its jobs. */
  readonly stopping: AbortSignal;
  /** Told of every attempt that ended; left out: nobody is. */
  readonly record?: RecordJob;
}

/**
 * Runs one attempt of a job under its time limit and turns the outcome into what BullMQ understands: return, try again, or
 * give up. A handler that ignores its signal goes on in the background, but its attempt is over.
 * @throws UnrecoverableError for a discarded job, Error for one to be tried again; neither holds contents.
 */
export async function runJob(
  definition: WorkerDefinition,
  job: Job<unknown, unknown>,
  runtime: JobRuntime,
): Promise<void> {
  const attempt = job.attemptsMade + 1;
  const log = runtime.log.child({ queue: definition.queue, jobId: job.id, attempt });
  const startedAt = runtime.clock.now();
  const outcome = await attemptOnce(definition, job, attempt, log, runtime);
  const durationMs = runtime.clock.now() - startedAt;
  runtime.record?.(definition.queue, outcome.kind, durationMs / 1_000);
  switch (outcome.kind) {
    case 'done':
      log.debug({ durationMs }, 'job done');
      return;
    case 'discard':
      log.error({ durationMs, reason: outcome.reason }, 'job discarded');
      throw new UnrecoverableError(withoutIds(outcome.reason));
    case 'retry': {
      const attempts = job.opts.attempts ?? 1;
      log[attempt < attempts ? 'warn' : 'error']({ durationMs, reason: outcome.reason, attempts }, 'job failed');
      throw new Error(withoutIds(outcome.reason));
    }
    default:
      assertNever(outcome);
  }
}

async function attemptOnce(
  definition: WorkerDefinition,
  job: Job<unknown, unknown>,
  attempt: number,
  log: Log,
  runtime: JobRuntime,
): Promise<JobOutcome> {
  const { timeoutMs } = definition.policy;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([limit, runtime.stopping]);
  const aborted = Promise.withResolvers<JobOutcome>();
  const giveUp = (): void => {
    aborted.resolve({
      kind: 'retry',
      reason: limit.aborted ? `took longer than ${String(timeoutMs)} ms` : 'the worker is stopping',
    });
  };
  const context: JobContext = {
    jobId: job.id ?? '',
    attempt,
    signal,
    log,
    clock: runtime.clock,
    queues: runtime.queues,
    transaction: async (body) => {
      signal.throwIfAborted();
      return runtime.uow.run(HUB_VIEWER, body);
    },
    look: async (body) => {
      signal.throwIfAborted();
      return runtime.uow.look(HUB_VIEWER, body);
    },
  };
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([definition.run(job.data, context), aborted.promise]);
  } catch (error) {
    // A handler that heeds its signal usually throws the signal's reason: the limit is the news, not that error.
    if (signal.aborted) return await aborted.promise;
    log.warn({ err: tellableError(error) }, 'job threw');
    return { kind: 'retry', reason: describeFault(error) };
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
