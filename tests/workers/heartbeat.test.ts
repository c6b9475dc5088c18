import { afterEach, beforeEach, expect, test } from 'vitest';
import { beat, heartbeats } from '../../core/jobs/heartbeat.ts';
import { beatOnce } from '../../workers/heartbeat.ts';
import { systemClock } from '../../platform/clock.ts';
import { type World, openWorld } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

test('the server sees how many processes live, and what waits and what failed', async () => {
  const workers = await world.start([]);
  const queue = workers.queues.queue('match-footprint');
  await queue.add('match-footprint', {});
  await queue.add('match-footprint', {});
  await beatOnce({ orm: world.orm, queues: workers.queues, clock: systemClock, log: world.log, processId: 'other' });
  const seen = await world.transaction(({ em }) => heartbeats(em));
  expect(seen.map(({ processId }) => processId).sort()).toEqual(['other', expect.stringMatching(/^test-/)]);
  expect(seen.find(({ processId }) => processId === 'other')).toMatchObject({ waiting: 2, active: 0, failed: 0 });
});

test('a process that stops in good order is gone at once, one that was killed within a minute or so', async () => {
  const em = world.orm.em.fork();
  await beat(em, { processId: 'killed', waiting: 0, active: 0, failed: 0 });
  const workers = await world.start([]);
  await workers.close();
  expect((await heartbeats(em)).map(({ processId }) => processId)).toEqual(['killed']);
  await world.admin(`update app.worker_heartbeat set at = now() - interval '61 seconds'`);
  await beat(em, { processId: 'young', waiting: 0, active: 0, failed: 0 });
  expect((await heartbeats(em)).map(({ processId }) => processId)).toEqual(['young']);
});
