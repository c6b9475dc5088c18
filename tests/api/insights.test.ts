import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let coordinator: Client;
let editor: Client;
let editorId: string;
let member: Client;
let pending: Client;
/** Acts for an actor that others do not see. */
let hidden: Client;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
  editorId = await hub.actor({ name: 'Example Research' });
  editor = await hub.as('editor', editorId);
  member = await hub.as('editor', await hub.actor());
  hidden = await hub.as('editor', await hub.actor({ kind: 'diaspora_association', visibility: 'partners' }));
  pending = await hub.as(
    'editor',
    savedId(await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'media' })),
  );
});
afterAll(() => hub.close());

const WAY = {
  kind: 'INFORMATION_WAY',
  audience: 'prospective_migrant',
  statement: 'Many listen to the radio',
  source: 'Example survey',
  publishedOn: '2026-06-01',
  places: ['NP', 'NP-P3'],
  channels: [
    { channel: 'facebook', weight: 0.2 },
    { channel: 'radio', weight: 0.6 },
  ],
};
const INSIGHT = `kind status audience { code } places { code } corridor { code } themes { code } channels { channel { code } weight }
  statement source publishedOn validFrom validTo registeredBy { id } illustrative withdrawnReason`;

const register = (client: Client, input: object = {}): Promise<Result> =>
  mutate(client, 'registerInsight', { ...WAY, ...input }, INSIGHT);
const read = async (client: Client, id: string): Promise<Record<string, unknown> | null> =>
  (
    await client.query<{ node: Record<string, unknown> | null }>(
      `query ($id: ID!) { node(id: $id) { ... on Insight { id version ${INSIGHT} } } }`,
      { id },
    )
  ).node;
const list = async (client: Client, filter: object): Promise<string[]> =>
  (
    await client.query<{ insights: { nodes: { id: string }[] } }>(
      'query ($filter: InsightFilter) { insights(first: 100, filter: $filter) { nodes { id } } }',
      { filter },
    )
  ).insights.nodes.map(({ id }) => id);

describe('registering', () => {
  test('a coordinator’s insight counts at once, with its channels by weight and the word of nobody', async () => {
    const result = await register(coordinator, {
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      themes: ['people_smuggling'],
    });
    expect(result).toMatchObject({
      __typename: 'Insight',
      kind: 'INFORMATION_WAY',
      status: 'CONFIRMED',
      places: [{ code: 'NP' }, { code: 'NP-P3' }],
      channels: [
        { channel: { code: 'radio' }, weight: 0.6 },
        { channel: { code: 'facebook' }, weight: 0.2 },
      ],
      themes: [{ code: 'people_smuggling' }],
      publishedOn: '2026-06-01',
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      registeredBy: null,
      illustrative: false,
    });
  });

  test('an actor’s insight is its word until a coordinator confirms it, and again once it has changed it', async () => {
    const id = await idOf(register(editor));
    expect(await read(member, id)).toMatchObject({ status: 'UNCONFIRMED', registeredBy: { id: editorId } });
    expect(await mutate(editor, 'confirmInsight', { id, expectedVersion: 1 })).toMatchObject({
      __typename: 'Forbidden',
    });
    expect(await mutate(coordinator, 'confirmInsight', { id, expectedVersion: 1 }, 'status')).toMatchObject({
      status: 'CONFIRMED',
      version: 2,
    });
    expect(await mutate(coordinator, 'confirmInsight', { id, expectedVersion: 2 })).toMatchObject({
      __typename: 'Conflict',
    });
    const revised = await mutate(editor, 'reviseInsight', { id, expectedVersion: 2, statement: 'Most do' }, INSIGHT);
    expect(revised).toMatchObject({ status: 'UNCONFIRMED', statement: 'Most do', source: WAY.source });
    expect(revised['channels']).toHaveLength(2);
    const curated = await mutate(coordinator, 'reviseInsight', { id, expectedVersion: 3, places: null }, INSIGHT);
    expect(curated).toMatchObject({ places: [], registeredBy: { id: editorId } });
  });

  test('others may neither change nor withdraw it, and nobody what is withdrawn', async () => {
    const id = await idOf(register(editor));
    for (const client of [member, hidden]) {
      for (const name of ['reviseInsight', 'withdrawInsight'] as const) {
        const refused = await mutate(client, name, { id, expectedVersion: 1 });
        expect(refused['__typename']).toBe('Forbidden');
      }
    }
    expect(await mutate(editor, 'withdrawInsight', { id, expectedVersion: 9 })).toMatchObject({ stored: 1 });
    expect(
      await mutate(editor, 'withdrawInsight', { id, expectedVersion: 1, reason: 'superseded' }, INSIGHT),
    ).toMatchObject({
      status: 'WITHDRAWN',
      withdrawnReason: 'superseded',
    });
    expect(await mutate(editor, 'reviseInsight', { id, expectedVersion: 2 })).toMatchObject({ __typename: 'Conflict' });
    expect(await mutate(coordinator, 'confirmInsight', { id, expectedVersion: 2 })).toMatchObject({
      __typename: 'Conflict',
    });
  });

  test('one that the hub ships is the coordinators’ to change', async () => {
    const [shipped] = await list(coordinator, { country: 'BD', kinds: ['UNMET_NEED'] });
    expect(await mutate(editor, 'withdrawInsight', { id: shipped, expectedVersion: 1 })).toMatchObject({
      __typename: 'Forbidden',
    });
    const revised = await mutate(
      coordinator,
      'reviseInsight',
      { id: shipped, expectedVersion: 1, themes: ['people_smuggling'] },
      INSIGHT,
    );
    expect(revised).toMatchObject({ status: 'CONFIRMED', themes: [{ code: 'people_smuggling' }] });
  });

  test('nobody registers for an actor that is not verified, nor with a key that only reads', async () => {
    expect(await register(pending)).toMatchObject({ __typename: 'Forbidden' });
    expect(await register(await hub.as('viewer', editorId))).toMatchObject({ __typename: 'Forbidden' });
    expect(await register(await hub.as('observer'))).toMatchObject({ __typename: 'Forbidden' });
  });

  test('a retry with the same key registers it once', async () => {
    const once = { clientMutationKey: 'one insight' };
    expect(await idOf(register(editor, once))).toBe(await idOf(register(editor, once)));
  });

  test.each<[what: string, input: object, path: string]>([
    ['an unknown channel', { channels: [{ channel: 'radoi', weight: 0.5 }] }, 'input.channels[0].channel'],
    ['a weight of more than all', { channels: [{ channel: 'radio', weight: 1.5 }] }, 'input.channels[0].weight'],
    ['an information way without channels', { channels: [] }, 'input.channels'],
    ['an information way on a corridor', { places: [], corridor: 'ph_global' }, 'input.corridor'],
    ['channels in a need', { kind: 'UNMET_NEED' }, 'input.channels'],
    ['places and a corridor', { kind: 'TREND', channels: [], corridor: 'ph_global' }, 'input.corridor'],
    ['an end before its start', { validFrom: '2027-01-02', validTo: '2027-01-01' }, 'input.validTo'],
    ['an unknown place', { places: ['XX'] }, 'input.places[0]'],
    ['no source', { source: ' ' }, 'input.source'],
  ])('%s is refused by its path', async (_what, input, path) => {
    const result = await register(coordinator, input);
    expect(result['__typename']).toBe('InvalidInput');
    expect(result['issues']).toEqual(expect.arrayContaining([expect.objectContaining({ path })]));
  });
});

describe('the word of an actor that others do not see', () => {
  test('does not exist for them, in whatever way they ask, until a coordinator has confirmed it', async () => {
    const ask = async (): Promise<string> =>
      JSON.stringify([
        await list(member, {}),
        await member.send('{ insights(first: 2) { totalCount edges { cursor } pageInfo { endCursor hasNextPage } } }'),
      ]);
    const before = await ask();
    const id = await idOf(register(hidden));
    expect(await ask()).toBe(before);
    expect(await read(member, id)).toBeNull();
    expect(await mutate(member, 'withdrawInsight', { id, expectedVersion: 1 })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await read(hidden, id)).toMatchObject({ registeredBy: { id: hidden.actorId } });
    await idOf(mutate(coordinator, 'confirmInsight', { id, expectedVersion: 1 }));
    expect(await read(member, id)).toMatchObject({ status: 'CONFIRMED', registeredBy: null });
  });

  test('nor does that of a suspended one', async () => {
    const actorId = await hub.actor();
    const id = await idOf(register(await hub.as('editor', actorId)));
    expect(await read(member, id)).not.toBeNull();
    savedId(
      await hub.app.services.actors.suspend(HUB_VIEWER, { id: actorId, expectedVersion: 2, reason: 'for a test' }),
    );
    expect(await read(member, id)).toBeNull();
    expect(await read(coordinator, id)).not.toBeNull();
  });
});

describe('lists', () => {
  test('filter by kind, country, corridor, audience, theme and status', async () => {
    const about = { kind: 'TREND', audience: 'fisher', channels: [], places: [] };
    const onRoute = await idOf(register(coordinator, { ...about, corridor: 'pacific_seasonal' }));
    const there = await idOf(register(editor, { ...about, places: ['VU'], themes: ['ethical_recruitment'] }));
    expect(await list(member, { corridor: 'pacific_seasonal' })).toEqual([onRoute]);
    expect((await list(member, { country: 'VU' })).sort()).toEqual([onRoute, there].sort());
    expect((await list(member, { audiences: ['fisher'], kinds: ['TREND'] })).sort()).toEqual([onRoute, there].sort());
    expect(await list(member, { themes: ['ethical_recruitment'] })).toEqual([there]);
    expect(await list(member, { country: 'VU', statuses: ['UNCONFIRMED'] })).toEqual([there]);
    expect(await list(member, { country: 'VU', kinds: ['UNMET_NEED'] })).toEqual([]);
  });

  test('page in a fixed order, and tell what was written since', async () => {
    const page = async (after: string | null, orderBy: object | null): Promise<[string[], string, boolean]> => {
      const { insights } = await member.query<{
        insights: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      }>(
        `query ($after: String, $orderBy: InsightOrder) {
          insights(first: 3, after: $after, orderBy: $orderBy) { nodes { id } pageInfo { endCursor hasNextPage } }
        }`,
        { after, orderBy },
      );
      return [insights.nodes.map(({ id }) => id), insights.pageInfo.endCursor, insights.pageInfo.hasNextPage];
    };
    for (const orderBy of [null, { field: 'PUBLISHED', direction: 'ASC' }]) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const [ids, end, next] = await page(after, orderBy);
        seen.push(...ids);
        [after, more] = [end, next];
      }
      expect(seen.toSorted()).toEqual((await list(member, {})).toSorted());
    }
    const { insights } = await member.query<{ insights: { changeToken: string } }>('{ insights { changeToken } }');
    const id = await idOf(register(coordinator));
    expect(await list(member, { changedAfter: insights.changeToken })).toEqual([id]);
  });

  test('are one statement', async () => {
    const asked = `{ insights(filter: { country: "BD" }) { totalCount nodes { id ${INSIGHT} } } }`;
    const statements = await statementsDuring(() => member.query(asked));
    expect(statements.filter((text) => text.includes(' as answer'))).toHaveLength(1);
    expect(statements).toHaveLength(1);
  });
});
