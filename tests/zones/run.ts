import { spawnSync } from 'node:child_process';

/** East and west of UTC by much, by parts of an hour, and across the date line; PostgreSQL of the run is set up with the same. */
const ZONES = ['UTC', 'Asia/Kathmandu', 'Asia/Yangon', 'Pacific/Apia', 'America/Sao_Paulo'];
/** What counts days, reads or writes them, or asks what day it is. */
const FILES = [
  'tests/engine/values.test.ts',
  'tests/core/edges-of-the-calendar.test.ts',
  'tests/core/recurrence.test.ts',
  'tests/core/icalendar-reading.test.ts',
  'tests/core/imports/sheets-reading.test.ts',
  'tests/core/imports/sheets-xlsx.test.ts',
  'tests/core/observances.test.ts',
  'tests/core/presence.test.ts',
  'tests/core/retention.test.ts',
  'tests/api/calendar.test.ts',
  'tests/api/calendar-feeds.test.ts',
  'tests/api/dates.test.ts',
  'tests/workers/digests.test.ts',
];

/** `npm run test:zones [-- ZONE…]` */
const zones = process.argv.length > 2 ? process.argv.slice(2) : ZONES;
for (const zone of zones) {
  process.stdout.write(`TZ=${zone}\n`);
  const { status } = spawnSync(
    'vitest',
    ['run', '--reporter=dot', '--project', 'foundations', '--project', 'hub', ...FILES],
    { env: { ...process.env, TZ: zone }, stdio: 'inherit', shell: process.platform === 'win32' },
  );
  if (status !== 0) process.exitCode = 1;
}
