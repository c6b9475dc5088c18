import { retryOptions } from '../core/jobs/job-options.ts';
import type { Queues } from '../platform/queue/queues.ts';

/** Midnight of the hub's day, which is the day of UTC. */
const EVERY_MIDNIGHT = { pattern: '0 0 * * *', tz: 'UTC' };

/** Adds `advance-day` at each new UTC day. Any number of processes may call this: the schedule is one, known by its id. */
export async function scheduleDays(queues: Queues): Promise<void> {
  await queues.queue('advance-day').upsertJobScheduler('every-utc-day', EVERY_MIDNIGHT, {
    name: 'advance-day',
    data: {},
    opts: retryOptions('advance-day'),
  });
}
