import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let coordinator: Client;
let participant: Client;

interface Suggestion {
  readonly id: string;
  readonly version: number;
  readonly rank: number;
  readonly score: number;
  readonly ranking: { readonly factor: number; readonly version: number };
  readonly [field: string]: unknown;
}

async function plan(name: string, start: string, end: string, more: object = {}): Promise<Client> {
  const actor = await hub.actor({ name: `Example ${name}` });
  const editor = await hub.as('editor', actor);
  const footprint = {
    days: { start, end },
    places: ['NZ'],
    audiences: ['student'],
    themes: ['child_protection'],
    channels: ['radio'],
  };
  await idOf(mutate(editor, 'planCampaign', { name: `Campaign ${name}`, footprint, ...more }));
  return editor;
}

const giving = (value: string) => ({
  messages: [{ text: 'Example.', stance: 'INFORM', facts: [{ kind: 'HOTLINE', subject: 'Help', value }] }],
});

beforeAll(async () => {
  hub = await workingHub();
  coordinator = await hub.as('coordinator');
  await plan('first', '2031-03-01', '2031-03-20');
  participant = await plan('second', '2031-03-31', '2031-04-13');
  await plan('third', '2032-03-01', '2032-03-20');
  await plan('fourth', '2032-03-31', '2032-04-13');
  await plan('fifth', '2033-03-01', '2033-03-20', giving('0800 111 222'));
  await plan('sixth', '2033-03-10', '2033-03-30', giving('0800 333 444'));
  await hub.workers.quiet();
});
afterAll(() => hub.close());

async function list(kind: string, fields: string, client = coordinator): Promise<Suggestion[]> {
  const { suggestions } = await client.query<{ suggestions: { nodes: Suggestion[] } }>(
    `{ suggestions(filter: { kinds: [${kind}] }, orderBy: { field: START }) { nodes { ${fields} } } }`,
  );
  return suggestions.nodes;
}

const RANKED = 'id version status score rank ranking { factor dismissed agreed since version } dismissedCode';

test('dates to align come with the gap and the alternatives, as codes with parameters', async () => {
  const [pair, ...others] = await list(
    'ALIGN_DATES',
    `kind corridor { code } window { start end } participants { position lead role actor { name } }
    reasons { code parameters { name values } } missing { countries { code } } overlaps { totalCount }`,
  );
  expect(others).toHaveLength(1);
  expect(pair).toMatchObject({
    corridor: null,
    window: { start: '2031-03-01', end: '2031-04-13' },
    participants: [
      { position: 1, lead: false, role: null },
      { position: 2, lead: false, role: null },
    ],
    missing: { countries: [] },
    overlaps: { totalCount: 0 },
  });
  const participants = pair?.['participants'] as { position: number; actor: { name: string } }[];
  const positionOf = (name: string): string => String(participants.find(({ actor }) => actor.name === name)?.position);
  const [earlier, later] = [positionOf('Example first'), positionOf('Example second')];
  expect((pair?.['reasons'] as unknown[]).slice(0, 3)).toEqual([
    {
      code: 'GAP_DAYS',
      parameters: [
        { name: 'DAYS', values: ['10'] },
        { name: 'EARLIER', values: [earlier] },
        { name: 'LATER', values: [later] },
      ],
    },
    {
      code: 'ALTERNATIVE_DAYS',
      parameters: [
        { name: 'PARTICIPANTS', values: [earlier, later] },
        { name: 'FIRST_DAY', values: ['2031-03-13', '2031-03-19'] },
        { name: 'LAST_DAY', values: ['2031-04-01', '2031-04-01'] },
        { name: 'DAYS_MOVED', values: ['12', '12'] },
        { name: 'SHARED_DAYS', values: ['14'] },
      ],
    },
    {
      code: 'ALTERNATIVE_DAYS',
      parameters: [
        { name: 'PARTICIPANTS', values: [earlier] },
        { name: 'FIRST_DAY', values: ['2031-03-25'] },
        { name: 'LAST_DAY', values: ['2031-04-13'] },
        { name: 'DAYS_MOVED', values: ['24'] },
        { name: 'SHARED_DAYS', values: ['14'] },
      ],
    },
  ]);
});

test('a contradiction to resolve says what differs, and its overlap says it too', async () => {
  const [pair, ...others] = await list(
    'RESOLVE_CONTRADICTION',
    'audiences { code } reasons { code parameters { name values } } overlaps { nodes { explanation divergence { kinds audiences { code } } } }',
  );
  expect(others).toEqual([]);
  expect(pair).toMatchObject({
    audiences: [{ code: 'student' }],
    reasons: expect.arrayContaining([
      {
        code: 'DIVERGING_FACTS',
        parameters: [
          { name: 'AUDIENCES', values: ['student'] },
          { name: 'FACTS', values: ['HOTLINE'] },
        ],
      },
    ]),
    overlaps: {
      nodes: [
        {
          explanation: expect.stringContaining('Their messages tell students different things (hotline).'),
          divergence: { kinds: ['HOTLINE'], audiences: [{ code: 'student' }] },
        },
      ],
    },
  });
});

describe('feedback', () => {
  /** What deciding about a suggestion answers. */
  const decide = async (client: Client, mutation: string, input: object): Promise<unknown> => {
    const type = mutation === 'dismissSuggestion' ? 'DismissSuggestionInput' : 'RankingInput';
    const { result } = await client.query<{ result: unknown }>(
      `mutation ($input: ${type}!) {
        result: ${mutation}(input: $input) { __typename ... on Suggestion { ${RANKED} } ... on Problem { code message } }
      }`,
      { input },
    );
    return result;
  };

  test('ranks what is like a dismissed one lower, and a coordinator may take that back', async () => {
    const [first, second] = await list('ALIGN_DATES', RANKED);
    if (!first || !second) throw new Error('expected two suggestions');
    expect(second).toMatchObject({ rank: second.score, ranking: { factor: 1, dismissed: 0, agreed: 0, since: null } });
    const dismissal = { id: first.id, expectedVersion: first.version, reason: 'not now', reasonCode: 'WRONG_DATES' };
    expect(await decide(participant, 'dismissSuggestion', dismissal)).toMatchObject({
      dismissedCode: 'WRONG_DATES',
    });
    await hub.workers.quiet();
    const [, lower] = await list('ALIGN_DATES', RANKED);
    if (!lower) throw new Error('expected two suggestions');
    expect(lower).toMatchObject({ id: second.id, version: second.version, ranking: { dismissed: 1 } });
    expect(lower.rank).toBeCloseTo(second.score * lower.ranking.factor, 12);
    expect(lower.rank).toBeLessThan(second.rank);

    const input = { suggestion: second.id, expectedVersion: lower.ranking.version };
    expect(await decide(participant, 'resetRanking', input)).toMatchObject({ __typename: 'Forbidden' });
    expect(await decide(coordinator, 'resetRanking', { ...input, suggestion: 'sug_none' })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await decide(coordinator, 'resetRanking', input)).toMatchObject({ ranking: { version: 2 } });
    await hub.workers.quiet();
    expect((await list('ALIGN_DATES', RANKED))[1]).toMatchObject({ rank: second.score, ranking: { dismissed: 0 } });
    const again = { ...input, expectedVersion: 2 };
    expect(await decide(coordinator, 'restoreRanking', again)).toMatchObject({ ranking: { since: null, version: 3 } });
    await hub.workers.quiet();
    expect((await list('ALIGN_DATES', RANKED))[1]).toMatchObject({ rank: lower.rank, ranking: { dismissed: 1 } });
  });

  test('orders the list, unless another order is asked for', async () => {
    const { suggestions } = await coordinator.query<{ suggestions: { nodes: Suggestion[] } }>(
      '{ suggestions { nodes { rank } } }',
    );
    const ranks = suggestions.nodes.map(({ rank }) => rank);
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    expect(new Set(ranks).size).toBeGreaterThan(1);
  });
});
