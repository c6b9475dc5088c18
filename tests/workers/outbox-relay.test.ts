import { afterEach, beforeEach, expect, test } from 'vitest';
import { backlog, forgetDispatched } from '../../core/outbox/outbox.ts';
import { openNotices } from '../../platform/notices.ts';
import { defineWorker } from '../../workers/runtime/define-worker.ts';
import { done } from '../../workers/runtime/outcome.ts';
import { Seen, type World, openWorld } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

function matcher(seen: Seen<string>) {
  return defineWorker({
    queue: 'match-footprint',
    handle: ({ subjectIds: [subjectId = ''] }) => {
      seen.add(subjectId);
      return Promise.resolve(done);
    },
  });
}
const changed = (subjectId: string) => ({ kind: 'record.changed', subjectIds: [subjectId] }) as const;

test('the sweep finds events whose notification was lost', async () => {
  const seen = new Seen<string>();
  await world.start([matcher(seen)]);
  await world.admin('alter table app.outbox_event disable trigger outbox_event_wakes_relay');
  await world.write(changed('prg_1'));
  expect(await seen.reached(1)).toEqual(['prg_1']);
});

test('a relay whose listening connection was cut listens again', async () => {
  const seen = new Seen<string>();
  const workers = await world.start([matcher(seen)]);
  const cut = await world.admin(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'concord-outbox-relay'`);
  expect(cut).toHaveLength(1);
  await world.write(changed('prg_1'));
  await workers.quiet();
  expect(seen.items).toEqual(['prg_1']);
});

test('an event that cannot be read is set aside with the reason, and those after it go on', async () => {
  const seen = new Seen<string>();
  const workers = await world.start([matcher(seen)]);
  await world.admin(
    `insert into app.outbox_event (kind, payload) values ('record.changed', '{"subjectIds": 2, "kept": "CANARY"}')`,
  );
  await world.write(changed('prg_1'));
  await workers.quiet();
  expect(seen.items).toEqual(['prg_1']);
  const kept = await world.admin('select refused, dispatched_at from app.outbox_event where refused is not null');
  expect(kept).toEqual([{ refused: 'unreadable: subjectIds, ', dispatched_at: null }]);
  expect(world.logged.filter((line) => line.includes('CANARY'))).toEqual([]);
});

test('an event of a kind that this release does not know waits for one that does', async () => {
  const seen = new Seen<string>();
  await world.start([matcher(seen)]);
  await world.admin(`insert into app.outbox_event (kind, payload) values ('weather.changed', '{}')`);
  await world.write(changed('prg_1'));
  await seen.reached(1);
  const kept = await world.admin(`select refused, dispatched_at from app.outbox_event where kind = 'weather.changed'`);
  expect(kept).toEqual([{ refused: null, dispatched_at: null }]);
});

test('what is for subscribers reaches every process by id, and makes no job', async () => {
  const workers = await world.start([]);
  const listeners = await Promise.all([1, 2].map(() => openNotices({ url: world.database.appUrl, log: world.log })));
  const streams = listeners.map((notices) => notices.stream('suggestion.changed'));
  await world.write({ kind: 'suggestion.changed', id: 'sug_1' });
  for (const stream of streams) {
    expect(await stream.next()).toEqual({ done: false, value: { kind: 'changed', id: 'sug_1' } });
  }
  const found = listeners.map((notices) => notices.stream('overlap.found'));
  await world.write({ kind: 'overlaps.found', ids: ['ovl_3', 'ovl_4'] }, { kind: 'overlap.found', id: 'ovl_5' });
  for (const stream of found) {
    for (const id of ['ovl_3', 'ovl_4', 'ovl_5'])
      expect(await stream.next()).toEqual({ done: false, value: { kind: 'changed', id } });
  }
  const counts = await workers.queues.queue('compose-suggestions').getJobCounts();
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(0);
  await Promise.all(listeners.map((notices) => notices.close()));
});

test('records that are written in a burst are matched by few jobs, and by others when a longer batch is done again', async () => {
  const written: string[][] = [];
  const seen = new Seen<string>();
  const workers = await world.start([
    defineWorker({
      queue: 'match-footprint',
      handle: ({ subjectIds }) => {
        written.push([...subjectIds]);
        for (const id of subjectIds) seen.add(id);
        return Promise.resolve(done);
      },
    }),
  ]);
  const ids = Array.from({ length: 120 }, (_, at) => `prg_${String(at)}`);
  await world.write(...ids.map(changed));
  await workers.quiet();
  expect([...new Set(written.flat())].sort()).toEqual(ids.toSorted());
  expect(written.length).toBeLessThan(10);
  expect(Math.max(...written.map((some) => some.length))).toBeLessThanOrEqual(50);
  // A relay died before it marked its events, and meanwhile there is one more.
  await world.write(changed('prg_late'));
  await world.forgetDispatch();
  await workers.quiet();
  expect(seen.items).toContain('prg_late');
});

test('events handed on long ago are forgotten, younger and pending ones kept', async () => {
  await world.admin(`
    insert into app.outbox_event (kind, payload, dispatched_at) values
      ('scope.touched', '{}', now() - interval '25 hours'), ('scope.touched', '{}', now() - interval '23 hours'), ('scope.touched', '{}', null)`);
  const em = world.orm.em.fork();
  expect(await forgetDispatched(em, 24, 100)).toBe(1);
  expect(await forgetDispatched(em, 24, 100)).toBe(0);
  expect(await backlog(em)).toEqual({ pending: 1, lastId: '3' });
});
