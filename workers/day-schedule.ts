import type { RepeatOptions } from 'bullmq';
import { addJobs } from '../core/jobs/add-jobs.ts';
import type { QueueName } from '../core/jobs/contract.ts';
import { retryOptions } from '../core/jobs/job-options.ts';
import type { Clock } from '../platform/clock.ts';
import type { Queues } from '../platform/queue/queues.ts';

/** Midnight of the hub's day, which is the day of UTC. */
const MIDNIGHT = 0;
/** After the work of midnight, when few write. */
const QUIET_HOUR = 2;
const REFRESHED_EVERY_MS = 300_000;

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

/** Adds `apply-retention` in the quiet of each UTC day, and once for today. */
export function scheduleRetention(queues: Queues, clock: Clock): Promise<void> {
  return scheduleDaily(queues, clock, 'apply-retention', {
    schedule: 'retention-of-a-day',
    hour: QUIET_HOUR,
    key: 'retention',
  });
}

/** Adds `refresh-calendars` every five minutes: calendars that are due wait no longer. */
export function scheduleRefreshes(queues: Queues): Promise<void> {
  return schedule(queues, 'refresh-calendars', {
    schedule: 'calendars-that-are-due',
    repeat: { every: REFRESHED_EVERY_MS },
  });
}

async function scheduleDaily(
  queues: Queues,
  clock: Clock,
  name: 'advance-day' | 'plan-digests' | 'apply-retention',
  { schedule: id, hour, key }: { readonly schedule: string; readonly hour: number; readonly key: string },
): Promise<void> {
  await schedule(queues, name, { schedule: id, repeat: { pattern: `0 ${String(hour)} * * *`, tz: 'UTC' } });
  await addJobs(queues, [{ request: { queue: name, payload: {} }, key: `${key}-${String(clock.today())}` }]);
}

async function schedule(
  queues: Queues,
  name: QueueName,
  { schedule: id, repeat }: { readonly schedule: string; readonly repeat: Omit<RepeatOptions, 'key'> },
): Promise<void> {
  const queue = queues.queue(name);
  try {
    await queue.upsertJobScheduler(id, repeat, { name, data: {}, opts: retryOptions(name) });
  } catch (error) {
    // Of two processes that start together one is told that the job exists already.
    if ((await queue.getJobScheduler(id)) === undefined) throw error;
  }
}
