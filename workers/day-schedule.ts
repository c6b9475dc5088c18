import { addJobs } from '../core/jobs/add-jobs.ts';
import { retryOptions } from '../core/jobs/job-options.ts';
import type { Clock } from '../platform/clock.ts';
import type { Queues } from '../platform/queue/queues.ts';

/** Midnight of the hub's day, which is the day of UTC. */
const MIDNIGHT = 0;

/**
 * Adds `advance-day` at each new UTC day, and once for today: a hub that was down at midnight has missed it (BullMQ drops an
 * overdue job when its schedule is set anew). Any number of processes may call this: schedule and day are known by their ids.
 */
export function scheduleDays(queues: Queues, clock: Clock): Promise<void> {
  return scheduleDaily(queues, clock, 'advance-day', { schedule: 'every-utc-day', hour: MIDNIGHT, key: 'day' });
}

/** Adds `plan-digests` at this hour of each UTC day, and once for today, which plans nothing before that hour. */
export function scheduleDigests(queues: Queues, clock: Clock, hour: number): Promise<void> {
  return scheduleDaily(queues, clock, 'plan-digests', { schedule: 'digests-of-a-day', hour, key: 'digests' });
}

async function scheduleDaily(
  queues: Queues,
  clock: Clock,
  name: 'advance-day' | 'plan-digests',
  { schedule, hour, key }: { readonly schedule: string; readonly hour: number; readonly key: string },
): Promise<void> {
  const queue = queues.queue(name);
  try {
    const template = { name, data: {}, opts: retryOptions(name) };
    await queue.upsertJobScheduler(schedule, { pattern: `0 ${String(hour)} * * *`, tz: 'UTC' }, template);
  } catch (error) {
    // Of two processes that start together one is told that the job exists already.
    if ((await queue.getJobScheduler(schedule)) === undefined) throw error;
  }
  await addJobs(queues, [{ request: { queue: name, payload: {} }, key: `${key}-${String(clock.today())}` }]);
}
