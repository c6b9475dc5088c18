import { afterEach, beforeEach, expect, test } from 'vitest';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import { fixedClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

/** Two who cannot see each other otherwise, each asked to take part in the same joint campaign, which begins in five days. */
const DAY_MS = 86_400_000;
const clock = fixedClock(Date.now());
let hub: WorkingHub;
let bd: Participant;
let my: Participant;

interface Participant {
  readonly client: Client;
  readonly campaign: string;
}

beforeEach(async () => {
  hub = await workingHub({ clock });
  bd = await plan('BD');
  my = await plan('MY');
  await hub.workers.quiet();
  await withClient(hub.database.adminUrl, async (client) => {
    await client.query(`update app.actor set visibility = 'partners'`);
    await client.query(`update app.campaign set visibility = 'partners'`);
  });
});
afterEach(() => hub.close());

const dayFromNow = (days: number): string => new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10);

async function plan(place: string): Promise<Participant> {
  const client = await hub.as('editor', await hub.actor());
  const footprint = {
    days: { start: dayFromNow(5), end: dayFromNow(40) },
    places: [place],
    corridors: ['rohingya_andaman'],
    audiences: ['refugee_in_camp'],
    themes: ['people_smuggling'],
  };
  return { client, campaign: await idOf(mutate(client, 'planCampaign', { name: `Example ${place}`, footprint })) };
}

/** The job of a new day, and all that follows from it. */
async function turnDay(days = 1): Promise<void> {
  clock.advance(days * DAY_MS);
  const key = `day-${String(clock.now())}`;
  await addJobs(hub.workers.queues, [{ request: { queue: 'advance-day', payload: {} }, key }]);
  await hub.workers.quiet();
}

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly score: number;
  readonly rank: number;
  readonly updatedAt: string;
  readonly window: { readonly start: string };
  readonly reasons: readonly { readonly code: string; readonly parameters: readonly { readonly values: string[] }[] }[];
  readonly participants: readonly { readonly actor: { readonly id: string } | null }[];
}

async function show({ client }: Participant): Promise<Shown> {
  const { suggestions } = await client.query<{ suggestions: { nodes: Shown[] } }>(
    `{ suggestions(filter: { kinds: [JOINT_CAMPAIGN] }) { nodes { id status version score rank updatedAt window { start }
      reasons { code parameters { values } } participants { actor { id } } } } }`,
  );
  const [joint] = suggestions.nodes;
  if (!joint || suggestions.nodes.length > 1)
    throw new Error(`expected one suggestion, found ${JSON.stringify(suggestions)}`);
  return joint;
}

async function endorse(participant: Participant): Promise<void> {
  const { id, version } = await show(participant);
  const { result } = await participant.client.query<{ result: { __typename: string } }>(
    'mutation ($input: AnswerSuggestionInput!) { result: endorseSuggestion(input: $input) { __typename } }',
    { input: { id, expectedVersion: version } },
  );
  expect(result.__typename).toBe('Suggestion');
  await hub.workers.quiet();
}

/** How many of the participants somebody knows. */
const known = async (participant: Participant): Promise<number> =>
  (await show(participant)).participants.filter(({ actor }) => actor !== null).length;

test('two who endorse on different days meet, and stay acquainted as days pass', async () => {
  const before = await show(bd);
  await endorse(bd);
  await turnDay(7);
  const after = await show(bd);
  // It is composed as of another day, and written.
  expect(after.window.start).toBe(dayFromNow(0));
  expect(before.window.start).toBe(dayFromNow(-2));
  expect(after.updatedAt > before.updatedAt).toBe(true);
  expect(after.version).toBe(before.version);
  await endorse(my);
  for (const each of [bd, my]) expect([(await show(each)).status, await known(each)]).toEqual(['AGREED', 2]);
  await turnDay();
  expect((await show(bd)).window.start).toBe(dayFromNow(0));
  for (const each of [bd, my]) expect([(await show(each)).status, await known(each)]).toEqual(['AGREED', 2]);
});

test('who endorsed other days has endorsed something else', async () => {
  await endorse(bd);
  const { version } = await show(bd);
  const days = { start: dayFromNow(5), end: dayFromNow(35) };
  const moved = { id: my.campaign, expectedVersion: 1, days };
  await idOf(mutate(my.client, 'rescheduleCampaign', moved));
  await hub.workers.quiet();
  expect((await show(bd)).version).toBe(version + 1);
  await endorse(my);
  expect([(await show(my)).status, await known(my)]).toEqual(['OPEN', 1]);
  await endorse(bd);
  expect([(await show(my)).status, await known(my)]).toEqual(['AGREED', 2]);
});

test('what a suggestion is worth follows the days, and its rank with it', async () => {
  const before = await show(bd);
  await turnDay(20);
  const after = await show(bd);
  expect(after.score).toBeLessThan(before.score);
  expect([after.rank, after.version]).toEqual([after.score, before.version]);
});

test('how many days are left is told each day and written on none', async () => {
  const daysLeft = ({ reasons }: Shown): string[] | undefined =>
    reasons.find(({ code }) => code === 'LEAD_TIME')?.parameters.flatMap(({ values }) => values);
  const before = await show(bd);
  expect(daysLeft(before)).toEqual(['5']);
  await turnDay();
  const after = await show(bd);
  expect([daysLeft(after), after.updatedAt]).toEqual([['4'], before.updatedAt]);
  await turnDay(4);
  expect(daysLeft(await show(bd))).toBeUndefined();
});
