import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { subscribeByEvents } from '../support/streams.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

/** One suggestion from three sides: Bangladesh and Malaysia want it, Thailand does not; none may see the others otherwise. */
let hub: WorkingHub;
let bd: Client;
let my: Client;
let th: Client;
let coordinator: Client;
let suggestionId: string;
let version: number;
const actors: Record<string, string> = {};

const EVERYTHING = `
  id kind status score title explanation dismissedReason version createdAt updatedAt
  participants { position actor { id name } place { code } disclosure }
  myAnswer { choice version }`;

interface Shown {
  readonly status: string;
  readonly version: number;
  readonly myAnswer: { readonly choice: string; readonly version: number } | null;
  readonly participants: readonly {
    readonly place: { readonly code: string };
    readonly actor: { readonly id: string } | null;
    readonly disclosure: string;
  }[];
}

/** All that a client can read about the suggestion, and of the actors in it. */
async function everything(client: Client): Promise<unknown> {
  return client.query(`{
    suggestions { totalCount nodes { ${EVERYTHING} } }
    open: suggestions(filter: { statuses: [OPEN] }) { totalCount }
    agreed: suggestions(filter: { statuses: [AGREED] }) { totalCount }
    byUpdate: suggestions(orderBy: { field: UPDATED }) { edges { cursor } }
    actors { totalCount nodes { id updatedAt } }
    hub { counts { actors suggestions } }
  }`);
}

async function show(client: Client): Promise<Shown> {
  const { node } = await client.query<{ node: Shown }>(
    `query ($id: ID!) { node(id: $id) { ... on Suggestion { ${EVERYTHING} } } }`,
    { id: suggestionId },
  );
  return node;
}

/** What a client sees of the others: country by country, the actor and how much is disclosed. */
async function others(client: Client): Promise<Record<string, unknown>> {
  const { participants } = await show(client);
  const foreign = participants.filter(({ actor }) => client.actorId === null || actor?.id !== client.actorId);
  return Object.fromEntries(
    foreign.map(({ place, actor, disclosure }) => [place.code, actor === null ? null : [actor.id, disclosure]]),
  );
}

type Verb = 'endorseSuggestion' | 'declineSuggestion' | 'withdrawAnswer';

async function answer(client: Client, verb: Verb, input: object = {}): Promise<Record<string, unknown>> {
  const { result } = await client.query<{ result: Record<string, unknown> }>(
    `mutation ($input: AnswerSuggestionInput!) {
      result: ${verb}(input: $input) {
        __typename
        ... on Suggestion { status version myAnswer { choice version } }
        ... on Problem { code message }
        ... on StaleVersion { expected stored }
      }
    }`,
    { input: { id: suggestionId, expectedVersion: version, ...input } },
  );
  return result;
}

beforeAll(async () => {
  hub = await workingHub();
  coordinator = await hub.as('coordinator');
  const editorIn = async (place: string): Promise<Client> => {
    const id = await hub.actor({ name: `Example ${place}` });
    actors[place] = id;
    const editor = await hub.as('editor', id);
    const footprint = {
      days: { start: '2031-01-20', end: '2031-01-31' },
      places: [place],
      corridors: ['rohingya_andaman'],
      audiences: ['refugee_in_camp'],
      themes: ['people_smuggling'],
    };
    await idOf(mutate(editor, 'planCampaign', { name: `Campaign ${place}`, footprint }));
    return editor;
  };
  bd = await editorIn('BD');
  my = await editorIn('MY');
  th = await editorIn('TH');
  await hub.workers.quiet();
  await withClient(hub.database.adminUrl, async (client) => {
    await client.query(`update app.actor set visibility = 'partners'`);
    await client.query(`update app.campaign set visibility = 'partners'`);
  });
  const { suggestions } = await coordinator.query<{ suggestions: { nodes: { id: string; version: number }[] } }>(
    '{ suggestions { nodes { id version } } }',
  );
  const [joint] = suggestions.nodes;
  if (!joint || suggestions.nodes.length > 1)
    throw new Error(`expected one suggestion, found ${JSON.stringify(suggestions)}`);
  ({ id: suggestionId, version } = joint);
});
afterAll(() => hub.close());

describe('who may answer', () => {
  test('nobody but editors and planners of participants, and the refusal names no participant', async () => {
    const outsider = await hub.as('editor', await hub.actor({ name: 'Example outsider' }));
    const reader = await hub.as('viewer', actors['BD']);
    const curator = await hub.as('coordinator', actors['BD']);
    for (const client of [outsider, coordinator, reader, curator]) {
      for (const verb of ['endorseSuggestion', 'declineSuggestion', 'withdrawAnswer'] as const) {
        expect(await answer(client, verb)).toEqual({
          __typename: 'Forbidden',
          code: 'FORBIDDEN',
          message:
            client === reader
              ? 'This key may only read.'
              : 'Only editors and planners of its participants may answer a suggestion.',
        });
      }
    }
    expect(await answer(bd, 'endorseSuggestion', { id: 'sug_none' })).toMatchObject({ __typename: 'NotFound' });
  });

  test('an answer is to the version one has read, and there must be one to withdraw', async () => {
    expect(await answer(bd, 'endorseSuggestion', { expectedVersion: version + 1 })).toMatchObject({
      __typename: 'StaleVersion',
      expected: version + 1,
      stored: version,
    });
    expect(await answer(bd, 'withdrawAnswer')).toMatchObject({ __typename: 'Conflict' });
  });
});

describe('one suggestion from three sides', () => {
  test('one endorsement shows nobody anything, and one refusal even less', async () => {
    const before = await Promise.all([my, coordinator].map(everything));
    expect(await answer(bd, 'endorseSuggestion')).toEqual({
      __typename: 'Suggestion',
      status: 'OPEN',
      version,
      myAnswer: { choice: 'ENDORSE', version },
    });
    await hub.workers.quiet();
    const endorser = await everything(bd);
    expect(await answer(th, 'declineSuggestion')).toMatchObject({ status: 'OPEN', myAnswer: { choice: 'DECLINE' } });
    await hub.workers.quiet();
    expect(await Promise.all([my, coordinator].map(everything))).toEqual(before);
    expect(await everything(bd)).toEqual(endorser);
    expect(await others(bd)).toEqual({ MY: null, TH: null });
  });

  test('two who endorsed the same see each other, are told so, and nobody else is', async () => {
    const silent = await Promise.all([th, coordinator].map(everything));
    const document = 'subscription { suggestionChanged { status score } }';
    const streams = await Promise.all(
      [bd, th, coordinator].map((client) =>
        subscribeByEvents<{ suggestionChanged: { status: string; score: number } }>(hub.url, client, document),
      ),
    );
    const [toBd, ...toOthers] = streams;
    try {
      await answer(my, 'endorseSuggestion');
      await hub.workers.quiet();
      expect(await toBd?.next()).toMatchObject({ suggestionChanged: { status: 'AGREED' } });
      expect(await others(bd)).toEqual({ MY: [actors['MY'], 'REVEALED'], TH: null });
      expect(await others(my)).toEqual({ BD: [actors['BD'], 'REVEALED'], TH: null });
      expect(await Promise.all([th, coordinator].map(everything))).toEqual(silent);
      // Something for everybody, which for the others has to be the first they hear, and for those who were told the next.
      await withClient(hub.database.adminUrl, async (client) => {
        await client.query('update app.suggestion set score = 0.5');
        await client.query(`select pg_notify('concord_notice', $1)`, [`suggestion.changed:${suggestionId}`]);
      });
      for (const stream of toOthers)
        expect(await stream.next()).toEqual({ suggestionChanged: { status: 'OPEN', score: 0.5 } });
      expect(await toBd?.next()).toEqual({ suggestionChanged: { status: 'AGREED', score: 0.5 } });
    } finally {
      await Promise.all(streams.map((stream) => stream.close()));
    }
  });

  test('lists are filtered by the status that one sees', async () => {
    const count = async (client: Client, status: string): Promise<number> => {
      const { suggestions } = await client.query<{ suggestions: { totalCount: number } }>(
        `{ suggestions(filter: { statuses: [${status}] }) { totalCount } }`,
      );
      return suggestions.totalCount;
    };
    expect([await count(bd, 'AGREED'), await count(bd, 'OPEN'), await count(bd, 'AGREED, OPEN')]).toEqual([1, 0, 1]);
    expect([await count(th, 'AGREED'), await count(th, 'OPEN')]).toEqual([0, 1]);
    expect([await count(coordinator, 'AGREED'), await count(coordinator, 'OPEN')]).toEqual([0, 1]);
    const reader = await hub.as('viewer', actors['BD']);
    expect([await count(reader, 'AGREED'), await count(reader, 'OPEN')]).toEqual([0, 1]);
  });

  test('who missed being told learns by its change token', async () => {
    const { suggestions } = await th.query<{ suggestions: { changeToken: string } }>('{ suggestions { changeToken } }');
    const changed = async (client: Client): Promise<unknown> =>
      client.query(`{ suggestions(filter: { changedAfter: "${suggestions.changeToken}" }) { nodes { status } } }`);
    expect(await changed(bd)).toEqual({ suggestions: { nodes: [] } });
    await answer(th, 'endorseSuggestion');
    await hub.workers.quiet();
    expect(await changed(bd)).toEqual({ suggestions: { nodes: [{ status: 'AGREED' }] } });
    expect(await changed(coordinator)).toEqual({ suggestions: { nodes: [] } });
    expect(await others(th)).toEqual({ BD: [actors['BD'], 'REVEALED'], MY: [actors['MY'], 'REVEALED'] });
  });

  test('a withdrawal hides at once, both ways, and leaves the others as they are', async () => {
    await hub.workers.close();
    expect(await answer(my, 'withdrawAnswer')).toMatchObject({ status: 'OPEN', version, myAnswer: null });
    expect(await others(my)).toEqual({ BD: null, TH: null });
    expect(await others(bd)).toEqual({ MY: null, TH: [actors['TH'], 'REVEALED'] });
    expect((await show(bd)).status).toBe('AGREED');
  });
});
