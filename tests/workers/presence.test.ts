import { afterEach, beforeEach, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import { fixedClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { savedId } from '../support/matching.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const DAY_MS = 86_400_000;

/** Thursday, 1 January 1970, was day 0. */
const daysToMonday = (today: number): number => 7 - ((today + 3) % 7);

const clock = fixedClock(Date.now());
let hub: WorkingHub;

beforeEach(async () => {
  hub = await workingHub({ clock });
  await hub.workers.quiet();
});
afterEach(() => hub.close());

let turns = 0;

/** Lets so many days pass, and runs the job of the day that it is then. */
async function turnDays(days: number): Promise<void> {
  clock.advance(days * DAY_MS);
  turns += 1;
  await addJobs(hub.workers.queues, [{ request: { queue: 'advance-day', payload: {} }, key: `turn-${String(turns)}` }]);
  await hub.workers.quiet();
}

async function planThree(corridor: string): Promise<void> {
  const footprint = { days: { start: '2020-01-01' }, places: ['MY'], corridors: [corridor] };
  const release = { visibility: 'partners', matching: 'existence' };
  for (let i = 0; i < 3; i += 1) {
    const owner = await hub.actor();
    savedId(await hub.app.services.campaigns.plan(HUB_VIEWER, { name: 'Example campaign', owner, footprint, release }));
  }
}

async function corridorsTold(): Promise<string[]> {
  const coordinator = await hub.as('coordinator');
  const { presence } = await coordinator.query<{ presence: { corridor: { code: string } }[] }>(
    '{ presence { corridor { code } } }',
  );
  return [...new Set(presence.map(({ corridor }) => corridor.code))];
}

/** What is stored, with the transactions that wrote it. */
const imprint = (): Promise<unknown[]> =>
  withClient(hub.database.adminUrl, async (client) => {
    const { rows } = await client.query('select xmin::text, * from app.presence_owner order by 2, 3, 4, 5');
    return rows;
  });

test('the jobs of the days of one week tell of what was on its Monday, that of the next Monday of what is then', async () => {
  await planThree('bd_my_labour');
  expect(await corridorsTold()).toEqual([]);
  await turnDays(daysToMonday(clock.today()));
  expect(await corridorsTold()).toEqual(['bd_my_labour']);
  const stored = await imprint();
  expect(stored).not.toEqual([]);
  await planThree('id_my_labour');
  await turnDays(0);
  await turnDays(6);
  expect(await imprint()).toEqual(stored);
  expect(await corridorsTold()).toEqual(['bd_my_labour']);
  await turnDays(1);
  expect(await corridorsTold()).toEqual(['bd_my_labour', 'id_my_labour']);
});
