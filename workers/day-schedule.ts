import { addJobs } from '../core/jobs/add-jobs.ts';
import { retryOptions } from '../core/jobs/job-options.ts';
import type { Clock } from '../platform/clock.ts';
import type { Queues } from '../platform/queue/queues.ts';

const SCHEDULE = 'every-utc-day';
/** Midnight of the hub's day, which is the day of UTC. */
const EVERY_MIDNIGHT = { pattern: '0 0 * * *', tz: 'UTC' };

/**
 * Adds `advance-day` at each new UTC day, and once for today: a hub that was down at midnight has missed it (BullMQ drops an
 * overdue job when its schedule is set anew). Any number of processes may call this: schedule and day are known by their ids.
 */
export async function scheduleDays(queues: Queues, clock: Clock): Promise<void> {
  const queue = queues.queue('advance-day');
  try {
    const template = { name: 'advance-day', data: {}, opts: retryOptions('advance-day') };
    await queue.upsertJobScheduler(SCHEDULE, EVERY_MIDNIGHT, template);
  } catch (error) {
    // Of two processes that start together one is told that the job exists already.
    if ((await queue.getJobScheduler(SCHEDULE)) === undefined) throw error;
  }
  await addJobs(queues, [{ request: { queue: 'advance-day', payload: {} }, key: `day-${String(clock.today())}` }]);
}
