import { afterEach, beforeEach, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import type { Scope } from '../../core/jobs/scope.ts';
import { append } from '../../core/outbox/outbox.ts';
import { fixedClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { subscribeByWebSocket } from '../support/streams.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const DAY_MS = 86_400_000;

const clock = fixedClock(Date.now());
let hub: WorkingHub;

beforeEach(async () => {
  hub = await workingHub({ clock });
});
afterEach(() => hub.close());

async function plan(place: string): Promise<Client> {
  const client = await hub.as('editor', await hub.actor());
  const footprint = {
    days: { start: dayFromNow(1), end: dayFromNow(10) },
    places: [place],
    corridors: ['rohingya_andaman'],
    audiences: ['refugee_in_camp'],
    themes: ['people_smuggling'],
  };
  await idOf(mutate(client, 'planCampaign', { name: 'Example', footprint }));
  return client;
}

const dayFromNow = (days: number): string => new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10);

const touch = (scope: Scope): Promise<void> =>
  hub.app.services.unitOfWork.run(HUB_VIEWER, ({ em }) => append(em, { kind: 'scope.touched', scope }));

/** Everything stored of suggestions, with the transactions that wrote it. */
async function imprint(): Promise<unknown[]> {
  const { rows } = await withClient(hub.database.adminUrl, (client) =>
    client.query<object>(
      `select id, version, status, xmin::text, (select array_agg(p.xmin::text) from app.suggestion_participant p where suggestion_id = s.id)
        from app.suggestion s order by id`,
    ),
  );
  return rows;
}

test('a scope composed once more writes nothing', async () => {
  await plan('BD');
  await plan('MY');
  await hub.workers.quiet();
  const before = await imprint();
  expect(before).toHaveLength(1);
  await touch('corridor:rohingya_andaman');
  await touch('country:BD');
  await hub.workers.quiet();
  expect(await imprint()).toEqual(before);
});

test('a scope that nobody knows stays visible as failed', async () => {
  await touch('corridor:nowhere');
  await hub.workers.quiet();
  const failed = await hub.workers.queues.queue('compose-suggestions').getFailed();
  expect(failed.map(({ failedReason }) => failedReason)).toEqual(['no corridor:nowhere in the vocabulary']);
});

test('a hub in which nobody works yet knows its gaps, and what an insight changes in them', async () => {
  await hub.workers.quiet();
  const viewer = await hub.as('coordinator');
  const ask = async (): Promise<number> =>
    (
      await viewer.query<{ gaps: { totalCount: number } }>(
        '{ gaps(filter: { corridor: "pacific_seasonal", audiences: ["fisher"] }) { totalCount } }',
      )
    ).gaps.totalCount;
  expect(await ask()).toBe(0);
  const { gaps } = await viewer.query<{ gaps: { totalCount: number } }>(
    '{ gaps(filter: { country: "BD" }) { totalCount } }',
  );
  expect(gaps.totalCount).toBeGreaterThan(0);
  const need = {
    kind: 'UNMET_NEED',
    audience: 'fisher',
    corridor: 'pacific_seasonal',
    statement: 'They ask',
    source: 'Example',
  };
  const id = await idOf(mutate(viewer, 'registerInsight', { ...need, publishedOn: '2026-06-01' }));
  await hub.workers.quiet();
  expect(await ask()).toBeGreaterThan(0);
  await idOf(mutate(viewer, 'withdrawInsight', { id, expectedVersion: 1 }));
  await hub.workers.quiet();
  expect(await ask()).toBe(0);
});

test('the job of a new day lets what has passed expire', async () => {
  const client = await plan('BD');
  await plan('TH');
  await hub.workers.quiet();
  const stream = await subscribeByWebSocket<{ suggestionChanged: { status: string; version: number } }>(
    hub.url,
    client,
    'subscription { suggestionChanged(addressedToMe: true) { status version } }',
  );
  try {
    clock.advance(20 * DAY_MS);
    await addJobs(hub.workers.queues, [{ request: { queue: 'advance-day', payload: {} }, key: 'the-next-day' }]);
    expect((await stream.next()).suggestionChanged).toEqual({ status: 'EXPIRED', version: 2 });
  } finally {
    await stream.close();
  }
});
