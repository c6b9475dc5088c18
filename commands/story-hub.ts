import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObservanceCalendar } from '../core/observances/observance-calendar.ts';
import { demoKeysIn } from '../demo/demo-keys.ts';
import { loadDemo } from '../demo/load-demo.ts';
import type { Stage } from '../demo/story/stage.ts';
import { dayRange, epochDay } from '../engine/index.ts';
import { clockSetTo, systemClock } from '../platform/clock.ts';
import { systemRandomness } from '../platform/ids.ts';
import { openNotices } from '../platform/notices.ts';
import type { Shutdown } from '../platform/shutdown.ts';
import { startApp } from '../server/app.ts';
import { scheduleDays } from '../workers/day-schedule.ts';
import { openHub } from './open-hub.ts';

const DAY_MS = 86_400_000;
/** Enough to plan, endorse and prepare before Ramadan begins. */
const DAYS_BEFORE_RAMADAN = 70;
/** A year of the moon is shorter than one of the sun. */
const DAYS_TO_NEXT_RAMADAN = 366;
/** Noon, so that no day turns while the story is told. */
const NOON_MS = DAY_MS / 2;

/**
 * Opens a fresh demo hub with everything that belongs to it, in a folder that goes with it: its own database, workers, and the server
 * on a free port. Its clock is set so many days before the next Ramadan, because the story needs one, and can be moved on.
 * @param shutdown gets to know how to end whatever was started
 */
export async function openStoryHub(shutdown: Shutdown): Promise<Stage> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'concord-story-'));
  shutdown.add('folder', () => rm(dataFolder, { recursive: true, force: true }));
  const ramadan = await nextRamadan(systemClock.today() + DAYS_BEFORE_RAMADAN);
  const firstDay = ramadan - DAYS_BEFORE_RAMADAN;
  const clock = clockSetTo(firstDay * DAY_MS + NOON_MS);
  // Nothing of the environment: the story is told on its own hub, wherever another one runs.
  const hub = await openHub({ CONCORD_DATA: dataFolder, LOG_LEVEL: 'error' }, clock);
  shutdown.add('hub', () => hub.close());
  const notices = await openNotices({ url: hub.appUrl, log: hub.log });
  shutdown.add('notices', () => notices.close());
  const { orm, log, secrets } = hub;
  const { budget } = hub.config;
  const place = { host: '127.0.0.1', port: 0 };
  const app = await startApp({ orm, notices, clock, randomness: systemRandomness, log, secrets, budget, ...place });
  shutdown.add('server', () => app.close());
  const keysFile = join(dataFolder, 'demo-keys.json');
  await loadDemo(hub.services, keysFile);
  await hub.quiet();
  const advanceTo = async (day: number): Promise<void> => {
    clock.advance((day - clock.today()) * DAY_MS);
    await scheduleDays(hub.workers.queues, clock);
  };
  return { url: app.url, keys: (await demoKeysIn(keysFile)) ?? {}, firstDay, ramadan, advanceTo };
}

/** The first day from `earliest` on (whole days since 1970-01-01) on which a Ramadan begins, by the calendar that the hub itself asks. */
async function nextRamadan(earliest: number): Promise<number> {
  const days = dayRange(epochDay(earliest), epochDay(earliest + DAYS_TO_NEXT_RAMADAN));
  const observances = await new ObservanceCalendar(systemClock).between(days, ['ID']);
  const found = observances.find(({ name, days: { start } }) => name === 'Ramadan' && start >= earliest);
  if (found === undefined) throw new Error('no Ramadan begins within a year');
  return found.days.start;
}
