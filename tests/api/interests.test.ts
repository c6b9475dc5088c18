import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let owner: Client;
let planner: Client;
let member: Client;
let coordinator: Client;
let outsider: Client;

beforeAll(async () => {
  hub = await testHub();
  const id = await hub.actor({ basedIn: ['PH', 'ID'], baliProcessRole: 'member', visibility: 'members' });
  owner = await hub.as('editor', id);
  planner = await hub.as('planner', id);
  member = await hub.as('editor', await hub.actor({ basedIn: ['ID-JI'], baliProcessRole: 'observer' }));
  coordinator = await hub.as('coordinator');
  outsider = await hub.as('observer');
});
afterAll(() => hub.close());

const offer = { topic: 'TRAINING', offers: 'Trainers who have been there', languages: ['BN-bd'], until: '2099-12-31' };

async function offersSeenBy(client: Client, filter: object = {}): Promise<string[]> {
  const { contributionInterests } = await client.query<{ contributionInterests: { nodes: { offers: string }[] } }>(
    'query ($filter: ContributionInterestFilter) { contributionInterests(first: 100, filter: $filter) { nodes { offers } } }',
    { filter },
  );
  return contributionInterests.nodes.map(({ offers }) => offers).sort();
}

async function mapSeenBy(client: Client): Promise<unknown[]> {
  const { interestMap } = await client.query<{ interestMap: unknown[] }>(
    '{ interestMap { topic country { code } actors members observers } }',
  );
  return interestMap;
}

test('an editor declares what its actor wants to contribute to, and members see it', async () => {
  const declared = await mutate(
    owner,
    'declareInterest',
    { ...offer, clientMutationKey: 'once' },
    'topic offers languages until withdrawn actor { id }',
  );
  expect(declared).toMatchObject({ ...offer, languages: ['bn-BD'], withdrawn: false, actor: { id: owner.actorId } });
  const again = await mutate(owner, 'declareInterest', { ...offer, clientMutationKey: 'once' });
  expect(again['id']).toBe(declared['id']);
  for (const client of [owner, planner, member, coordinator])
    expect(await offersSeenBy(client)).toEqual([offer.offers]);
  expect(await offersSeenBy(outsider)).toEqual([]);
});

test('nobody declares it for another, and neither planners nor coordinators do', async () => {
  const named = { ...offer, actor: owner.actorId };
  for (const client of [planner, member, coordinator])
    expect(await mutate(client, 'declareInterest', named)).toMatchObject({ __typename: 'Forbidden' });
  const wrong = await mutate(owner, 'declareInterest', { ...offer, languages: ['en', 'qq-qq'] });
  expect(wrong).toMatchObject({ __typename: 'InvalidInput', issues: [{ path: 'input.languages[1]' }] });
});

test('what is revised names the version it was made on; what is over or withdrawn is for its actor and coordinators', async () => {
  const id = await idOf(mutate(owner, 'declareInterest', { topic: 'CASE_STUDY', offers: 'First' }));
  const change = { id, expectedVersion: 1, offers: 'Second', until: '2026-01-01' };
  expect(await mutate(member, 'reviseInterest', change)).toMatchObject({ __typename: 'Forbidden' });
  expect(await mutate(owner, 'reviseInterest', change, 'offers')).toMatchObject({ offers: 'Second', version: 2 });
  expect(await mutate(owner, 'reviseInterest', change)).toMatchObject({ __typename: 'StaleVersion', stored: 2 });
  const over = { topics: ['CASE_STUDY'] };
  for (const client of [owner, coordinator]) expect(await offersSeenBy(client, over)).toEqual(['Second']);
  expect(await offersSeenBy(member, over)).toEqual([]);
  expect(await mutate(member, 'reviseInterest', change)).toMatchObject({ __typename: 'NotFound' });
  expect(await mutate(owner, 'withdrawInterest', { id, expectedVersion: 2 }, 'withdrawn')).toMatchObject({
    withdrawn: true,
  });
  expect(await mutate(owner, 'withdrawInterest', { id, expectedVersion: 3 })).toMatchObject({ __typename: 'Conflict' });
});

test('the list is filtered by topic, country, language, role and whether it still holds', async () => {
  await idOf(mutate(member, 'declareInterest', { topic: 'RESEARCH', offers: 'A survey', languages: ['id'] }));
  expect(await offersSeenBy(coordinator, { current: true })).toEqual(['A survey', offer.offers]);
  expect(await offersSeenBy(coordinator, { countries: ['ID'], topics: ['RESEARCH'] })).toEqual(['A survey']);
  expect(await offersSeenBy(coordinator, { countries: ['PH'], current: true })).toEqual([offer.offers]);
  expect(await offersSeenBy(coordinator, { baliProcessRoles: ['OBSERVER'] })).toEqual(['A survey']);
  expect(await offersSeenBy(coordinator, { languages: ['id'] })).toEqual(['A survey']);
  expect(await offersSeenBy(coordinator, { actors: [member.actorId] })).toEqual(['A survey']);
});

test('the map counts whom its reader sees, each once in a topic and country', async () => {
  await idOf(mutate(owner, 'declareInterest', { ...offer, offers: 'More of the same' }));
  const shy = await hub.actor({ basedIn: ['ID'], visibility: 'partners' });
  await idOf(mutate(await hub.as('editor', shy), 'declareInterest', offer));
  const research = { topic: 'RESEARCH', country: { code: 'ID' }, actors: 1, members: 0, observers: 1 };
  const training = (code: string, actors: number) => ({
    topic: 'TRAINING',
    country: { code },
    actors,
    members: 1,
    observers: 0,
  });
  expect(await mapSeenBy(coordinator)).toEqual([research, training('ID', 2), training('PH', 1)]);
  expect(await mapSeenBy(member)).toEqual([research, training('ID', 1), training('PH', 1)]);
  expect(await mapSeenBy(outsider)).toEqual([]);
});
