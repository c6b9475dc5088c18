import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let owner: Client;
let member: Client;
let coordinator: Client;
let observer: Client;

beforeAll(async () => {
  hub = await testHub();
  owner = await hub.as('editor', await hub.actor({ basedIn: ['AU'], kind: 'state_national', visibility: 'members' }));
  member = await hub.as('editor', await hub.actor({ basedIn: ['MY'] }));
  coordinator = await hub.as('coordinator');
  observer = await hub.as('observer');
});
afterAll(() => hub.close());

const AIRTIME = {
  kind: 'AIRTIME',
  description: 'Radio in the evening',
  quantity: 40,
  unit: 'hours',
  corridors: ['rohingya_andaman'],
  themes: ['people_smuggling'],
  validFrom: '2026-01-01',
  validTo: '2099-12-31',
  source: 'a letter',
};
const FIELDS = `kind description quantity unit amount currency corridors { code } themes { code } validFrom validTo endedAt
  actor { id } programme { id }`;

async function found(client: Client, filter: object): Promise<string[]> {
  const { commitments } = await client.query<{ commitments: { totalCount: number; nodes: { description: string }[] } }>(
    'query ($filter: CommitmentFilter) { commitments(first: 100, filter: $filter) { totalCount nodes { description } } }',
    { filter },
  );
  expect(commitments.totalCount).toBe(commitments.nodes.length);
  return commitments.nodes.map(({ description }) => description).sort();
}

test('a commitment is registered, revised on its version, and ended for good', async () => {
  const registered = await mutate(owner, 'registerCommitment', { ...AIRTIME, clientMutationKey: 'once' }, FIELDS);
  expect(registered).toMatchObject({
    __typename: 'Commitment',
    kind: 'AIRTIME',
    description: AIRTIME.description,
    quantity: 40,
    unit: 'hours',
    validFrom: '2026-01-01',
    validTo: '2099-12-31',
    corridors: [{ code: 'rohingya_andaman' }],
    themes: [{ code: 'people_smuggling' }],
    amount: null,
    endedAt: null,
    actor: { id: owner.actorId },
    programme: null,
    version: 1,
  });
  const id = String(registered['id']);
  expect((await mutate(owner, 'registerCommitment', { ...AIRTIME, clientMutationKey: 'once' }))['id']).toBe(id);
  const change = { id, expectedVersion: 1, quantity: 20, corridors: null, amount: 500.5, currency: 'AUD' };
  const revised = await mutate(owner, 'reviseCommitment', change, FIELDS);
  expect(revised).toMatchObject({ quantity: 20, unit: 'hours', corridors: [], amount: 500.5, version: 2 });
  expect(await mutate(owner, 'reviseCommitment', change)).toMatchObject({ __typename: 'StaleVersion', stored: 2 });
  const ended = await mutate(owner, 'endCommitment', { id, expectedVersion: 2 }, 'endedAt');
  expect(ended['endedAt']).toEqual(expect.any(String));
  expect(await mutate(owner, 'endCommitment', { id, expectedVersion: 3 })).toMatchObject({ __typename: 'Conflict' });
  expect(await found(member, { current: false })).toEqual([AIRTIME.description]);
  expect(await found(member, { current: true })).toEqual([]);
});

test('what contradicts itself is refused with its places', async () => {
  const refused = await mutate(owner, 'registerCommitment', {
    kind: 'STAFF',
    description: 'Two people',
    quantity: 2,
    amount: 5,
    validFrom: '2027-02-01',
    validTo: '2027-01-01',
    corridors: ['nowhere'],
  });
  const issues = refused['issues'] as { path: string }[];
  expect(issues.map(({ path }) => path)).toEqual([
    'input.corridors[0]',
    'input.currency',
    'input.unit',
    'input.validTo',
  ]);
});

test('nobody commits what is another’s, nor learns by trying what is hidden', async () => {
  const id = await idOf(mutate(owner, 'registerCommitment', { kind: 'TRAINING', description: 'Trainers' }));
  for (const [name, rest] of [
    ['reviseCommitment', { description: 'Mine' }],
    ['endCommitment', {}],
  ] as const)
    expect(await mutate(member, name, { id, expectedVersion: 1, ...rest })).toMatchObject({ __typename: 'Forbidden' });
  const release = { visibility: 'PARTNERS' };
  const programme = await idOf(mutate(owner, 'registerProgramme', { name: 'Hidden', release }));
  const shown = await idOf(mutate(owner, 'registerProgramme', { name: 'Shown' }));
  const to = (of: string) => ({ kind: 'VENUE', description: 'A hall', programme: of });
  expect(await mutate(member, 'registerCommitment', to(programme))).toMatchObject({ missing: programme });
  expect(await mutate(member, 'registerCommitment', to(shown))).toMatchObject({ __typename: 'Forbidden' });
  const hidden = await idOf(mutate(owner, 'registerCommitment', to(programme)));
  expect(await mutate(member, 'endCommitment', { id: hidden, expectedVersion: 1 })).toMatchObject({ missing: hidden });
  expect(await found(member, { kinds: ['VENUE'] })).toEqual([]);
  expect(await found(member, { programmes: [programme] })).toEqual([]);
  expect(await found(owner, { programmes: [programme] })).toEqual(['A hall']);
  expect(
    await mutate(coordinator, 'reviseCommitment', { id: hidden, expectedVersion: 1, description: 'A big hall' }),
  ).toMatchObject({
    __typename: 'Commitment',
  });
});

test('the list is filtered by kind, corridor, theme, country and kind of actor', async () => {
  await idOf(mutate(owner, 'registerCommitment', { ...AIRTIME, description: 'Filtered' }));
  await idOf(mutate(member, 'registerCommitment', { ...AIRTIME, description: 'Of a member' }));
  const corridor = { corridors: ['rohingya_andaman'], kinds: ['AIRTIME'], current: true };
  expect(await found(member, corridor)).toEqual(['Filtered', 'Of a member']);
  expect(await found(member, { ...corridor, countries: ['AU'] })).toEqual(['Filtered']);
  expect(await found(member, { ...corridor, actorKinds: ['state_national'] })).toEqual(['Filtered']);
  expect(await found(member, { ...corridor, actors: [member.actorId] })).toEqual(['Of a member']);
  expect(await found(member, { ...corridor, themes: ['gbv_on_route'] })).toEqual([]);
  expect(await found(observer, corridor)).toEqual([]);
});
