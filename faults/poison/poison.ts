import { setTimeout as delay } from 'node:timers/promises';
import { retryOptions } from '../../core/jobs/job-options.ts';
import { inSeconds, percentile } from '../hub/ask.ts';
import { openFaultHub } from '../hub/hub.ts';
import { drawing } from '../hub/random.ts';
import { openQueuesOf } from '../hub/settled.ts';
import { join } from 'node:path';
import { supervise } from '../hub/supervised.ts';
import type { HubQueue } from '../../platform/queue/queues.ts';
import type { Finding, Run } from '../promise.ts';

const QUEUE = 'deliver-webhook';
const POISONS = ['throw', 'hang', 'memory'];
/** Each is tried once more, as any job is. */
const ATTEMPTS = 2;
const WITHIN_MS = 300_000;

/** R3: jobs that throw, hang or take all memory end as failed where an operator sees them, and hold up the others at most twofold. */
export async function poison({ seed, smoke, say }: Run): Promise<Finding> {
  const jobs = smoke ? 300 : 1_000;
  const poisoned = jobs / 20;
  const draw = drawing(seed);
  const hub = await openFaultHub();
  const queues = await openQueuesOf(hub);
  const worker = supervise({
    name: 'poisoned worker',
    module: 'faults/poison/worker.ts',
    logFile: join(hub.cluster.folder, 'poisoned.log'),
    env: hub.environment(),
  });
  try {
    const queue = queues.queue(QUEUE);
    const sound = Array.from({ length: jobs - poisoned }, (_, at) => `sound-${String(at)}`);
    const bad = Array.from({ length: poisoned }, (_, at) => `${POISONS[at % POISONS.length] ?? ''}-${String(at)}`);
    const alone = await p99Of(queue, sound, 'alone');
    say(`${String(sound.length)} sound jobs alone: p99 ${inSeconds(alone)}`);
    const among = await p99Of(queue, draw.shuffled([...sound, ...bad]), 'among');
    const failed = await queue.getFailed(0, jobs);
    const reasons = Map.groupBy(failed, ({ failedReason }) => failedReason.replaceAll(/\w+-\d+/g, '…'));
    say(`failed: ${[...reasons].map(([reason, of]) => `${String(of.length)} ${reason}`).join('; ')}`);
    return {
      id: 'R3',
      command: 'poison',
      demanded: `${String(jobs)} jobs, ${String(poisoned)} poisoned: all visible as failed, the others' p99 ≤ 2×`,
      measured: `${String(failed.length)} failed; p99 ${inSeconds(alone)} alone, ${inSeconds(among)} among poison, ${(among / alone).toFixed(2)}×; the process ended ${String(worker.ends)} times`,
      seed,
      kept: failed.length === poisoned && among <= 2 * alone && worker.ends === 0,
    };
  } finally {
    await queues.close();
    await worker.close();
    await hub.close();
  }
}

/** Adds the jobs at once and waits until all have ended; the delay from being added to being done that 99 of 100 sound ones stay below. */
async function p99Of(queue: HubQueue, names: readonly string[], round: string): Promise<number> {
  await queue.pause();
  for (const name of names) {
    const options = { ...retryOptions(QUEUE), attempts: ATTEMPTS, backoff: 200, jobId: `${round}-${name}` };
    await queue.add(QUEUE, { deliveryId: name }, options);
  }
  const startedAt = Date.now();
  await queue.resume();
  for (const deadline = startedAt + WITHIN_MS; ;) {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    if (Object.values(counts).every((count) => count === 0)) break;
    if (Date.now() > deadline) throw new Error(`jobs are left: ${JSON.stringify(counts)}`);
    await delay(100);
  }
  const done = await queue.getCompleted(0, 10_000);
  const delays = done.filter(({ id }) => id?.startsWith(round)).map(({ finishedOn = 0 }) => finishedOn - startedAt);
  const expected = names.filter((name) => name.startsWith('sound')).length;
  if (delays.length !== expected) throw new Error(`${String(expected)} sound jobs, ${String(delays.length)} done`);
  return percentile(delays, 99);
}
