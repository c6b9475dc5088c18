import { setTimeout as delay } from 'node:timers/promises';
import type { HubWorker, HubWorkerOptions, Queues } from '../../platform/queue/queues.ts';
import type { WorkerDefinition } from './define-worker.ts';
import { RightOfWay } from './right-of-way.ts';
import { type JobRuntime, runJob } from './run-job.ts';
import { tellParent } from './tell-parent.ts';

/** Jobs get this long to finish when the process stops; then their signals are aborted, and they run again elsewhere. */
const FINISH_MS = 8_000;
/** Handlers that heed their signal need no longer than this. */
const ABORTED_MS = 1_500;

/** How fast the jobs of a killed process are taken up by another: its locks end after 5 s, and every 2 s somebody looks. */
const RECOVERY: Partial<HubWorkerOptions> = {
  lockDuration: 5_000,
  stalledInterval: 2_000,
  // A job that was cut off four times probably kills its process: it stays as failed.
  maxStalledCount: 3,
  // Pause after a refused connection; BullMQ's own 15 s would be most of what a restart may take.
  runRetryDelay: 1_000,
};

export interface QueueWorkers {
  /** Takes no new jobs, waits for those at work at most 10 s, and returns whatever is still unfinished to its queue. */
  close(): Promise<void>;
}

/** Starts one consumer per definition and resolves when all of them are taking jobs. */
export async function startQueueWorkers(
  definitions: readonly WorkerDefinition[],
  queues: Queues,
  runtime: Omit<JobRuntime, 'stopping' | 'queues'>,
): Promise<QueueWorkers> {
  const stop = new AbortController();
  const rightOfWay = new RightOfWay();
  const workers = definitions.map((definition) =>
    startOne(definition, queues, rightOfWay, { ...runtime, queues, stopping: stop.signal }),
  );
  const close = async (): Promise<void> => {
    const closed = Promise.all(workers.map((worker) => worker.close())).then(() => true);
    if (await Promise.race([closed, elapsed(FINISH_MS)])) return;
    stop.abort(new Error('the worker is stopping'));
    if (await Promise.race([closed, elapsed(ABORTED_MS)])) return;
    runtime.log.warn('stopped without waiting for the last jobs; their locks end by themselves');
  };
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function startOne(
  definition: WorkerDefinition,
  queues: Queues,
  rightOfWay: RightOfWay,
  runtime: JobRuntime,
): HubWorker {
  const { queue, policy } = definition;
  const worker = queues.worker(
    queue,
    (job) => rightOfWay.inTurn(policy, runtime.stopping, () => runJob(definition, job, runtime)),
    { ...RECOVERY, concurrency: policy.concurrency },
  );
  worker.on('stalled', (jobId) => {
    runtime.log.warn({ queue, jobId }, 'job taken over from a process that went silent');
  });
  worker.on('completed', (job) => {
    const { id, queueKey } = job.parent ?? {};
    if (id !== undefined && queueKey !== undefined) void tellParent(queues, { id, queueKey }, runtime.log);
  });
  return worker;
}

async function elapsed(ms: number): Promise<false> {
  await delay(ms, undefined, { ref: false });
  return false;
}
