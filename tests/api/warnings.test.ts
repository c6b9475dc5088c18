import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let mine: Client;
let theirs: Client;
let stranger: Client;

beforeAll(async () => {
  hub = await testHub();
  mine = await hub.as('editor', await hub.actor({ name: 'Example Coast Watch' }));
  theirs = await hub.as('editor', await hub.actor({ name: 'Example Radio' }));
  stranger = await hub.as('viewer', await hub.actor({ name: 'Example Stranger' }));
});
afterAll(() => hub.close());

interface Warning {
  readonly code: string;
  readonly message: number;
  readonly other: { readonly id: string } | null;
  readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly text: string;
}

const WARNINGS = 'warnings { code message other { id } parameters { name values } text }';

async function warningsOf(client: Client, id: string): Promise<Warning[]> {
  const { node } = await client.query<{ node: { warnings: Warning[] } }>(
    `query ($id: ID!) { node(id: $id) { ... on Campaign { ${WARNINGS} } } }`,
    { id },
  );
  return node.warnings;
}

interface Said {
  readonly days?: { start: string; end: string | null };
  readonly places?: readonly string[];
  readonly audiences?: readonly string[];
  readonly more?: object;
}

/** A campaign with these messages, all of them reviewed unless they say otherwise. */
const plan = (client: Client, messages: readonly object[], said: Said = {}): Promise<string> => {
  const { days = { start: '2031-03-01', end: '2031-03-31' }, places = ['BD'], audiences = ['student'], more } = said;
  return idOf(
    mutate(client, 'planCampaign', {
      name: 'Example campaign',
      footprint: { days, places, audiences, themes: ['people_smuggling'] },
      messages: messages.map((message) => ({
        text: 'Example.',
        stance: 'INFORM',
        reviewedOn: '2026-01-01',
        ...message,
      })),
      ...more,
    }),
  );
};
const hotline = (value: string, rest: object = {}): object => ({
  facts: [{ kind: 'HOTLINE', subject: 'Report a recruiter', value, ...rest }],
});
const codes = (warnings: readonly Warning[]): string[] => warnings.map(({ code }) => code);

describe('facts of messages', () => {
  test('are shown as written and as compared, and what is wrong with them is told by path', async () => {
    const id = await plan(mine, [hotline('09610-102030', { country: 'BD' })], { places: ['FJ'] });
    const { node } = await mine.query<{ node: unknown }>(
      `query ($id: ID!) { node(id: $id) { ... on Campaign { messages { facts { kind subject value normalized } } } } }`,
      { id },
    );
    expect(node).toEqual({
      messages: [
        {
          facts: [
            {
              kind: 'HOTLINE',
              subject: 'Report a recruiter',
              value: '09610-102030',
              normalized: '+8809610102030',
            },
          ],
        },
      ],
    });
    const wrong = await mutate(mine, 'planCampaign', {
      name: 'Example',
      messages: [{ text: 'Example.', stance: 'INFORM', ...hotline('nobody') }],
    });
    expect(wrong).toMatchObject({ issues: [{ path: 'input.messages[0].facts[0].value' }] });
  });

  test('go with their messages', async () => {
    const id = await plan(mine, [hotline('1343')], { places: ['FJ'] });
    const revised = await mutate(mine, 'reviseCampaign', { id, expectedVersion: 1, messages: [] }, 'messages { text }');
    expect(revised).toMatchObject({ messages: [] });
  });
});

describe('warnings', () => {
  test('tell of a message that expires before the campaign ends, and of one that nobody reviewed', async () => {
    const id = await plan(mine, [{ validTo: '2031-03-10' }, { reviewedOn: null }, { validTo: '2031-03-31' }], {
      places: ['NZ'],
    });
    expect(await warningsOf(mine, id)).toEqual([
      {
        code: 'EXPIRED_MESSAGE_SCHEDULED',
        message: 1,
        other: null,
        parameters: [
          { name: 'VALID_TO', values: ['2031-03-10'] },
          { name: 'LAST_DAY', values: ['2031-03-31'] },
        ],
        text: 'Message 1 holds until 2031-03-10 only, and the campaign runs until 2031-03-31: renew the message or take it out.',
      },
      {
        code: 'MISSING_REVIEW',
        message: 2,
        other: null,
        parameters: [],
        text: 'Nobody has noted when message 2 was last checked: have somebody check that it is true, and note the day.',
      },
    ]);
    const open = await plan(mine, [{ validTo: '2031-03-10' }], {
      places: ['NZ'],
      days: { start: '2031-03-01', end: null },
    });
    expect(await warningsOf(mine, open)).toMatchObject([
      { parameters: [{ name: 'VALID_TO' }], text: expect.stringContaining('runs without an end') },
    ]);
  });

  test('tell of a deadline that passes while it is still being told', async () => {
    const until = (value: string, more: object = {}): object => ({
      facts: [{ kind: 'DEADLINE', subject: 'Register', value }],
      ...more,
    });
    const messages = [until('2031-03-10'), until('2031-03-31'), until('2031-03-10', { validTo: '2031-03-10' })];
    const found = await warningsOf(mine, await plan(mine, messages, { places: ['SB'] }));
    expect(found.filter(({ code }) => code === 'DEADLINE_PASSES')).toEqual([
      {
        code: 'DEADLINE_PASSES',
        message: 1,
        other: null,
        parameters: [
          { name: 'SUBJECT', values: ['Register'] },
          { name: 'VALUE', values: ['2031-03-10'] },
          { name: 'LAST_DAY', values: ['2031-03-31'] },
        ],
        text: 'Message 1 names 2031-03-10 as the last day for “Register”, and the campaign runs until 2031-03-31: change the message before that day or take it out then.',
      },
    ]);
  });

  test('tell of a number that another campaign to the same people gives differently, on either side', async () => {
    const one = await plan(mine, [hotline('1343')], { places: ['TO'] });
    const other = await plan(theirs, [hotline('1399')], { places: ['TO'] });
    expect(await warningsOf(mine, one)).toEqual([
      {
        code: 'DIVERGING_FACT',
        message: 1,
        other: { id: other },
        parameters: [
          { name: 'FACT', values: ['HOTLINE'] },
          { name: 'SUBJECT', values: ['Report a recruiter'] },
          { name: 'VALUE', values: ['1343'] },
          { name: 'OTHER_VALUE', values: ['1399'] },
        ],
        text: 'Message 1 says 1343 for “Report a recruiter”, and another campaign tells the same people 1399: find out which holds and have the other corrected.',
      },
    ]);
    expect(await warningsOf(theirs, other)).toMatchObject([{ code: 'DIVERGING_FACT', other: { id: one } }]);
  });

  test('tell of opposed stances', async () => {
    const one = await plan(mine, [{ stance: 'DETER' }], { places: ['WS'] });
    const other = await plan(theirs, [{ stance: 'INFORM' }, { stance: 'PROTECT' }], { places: ['WS'] });
    expect(await warningsOf(mine, one)).toMatchObject([
      { code: 'CONTRADICTING_STANCE', message: 1, other: { id: other }, parameters: [{ values: ['student'] }] },
    ]);
    expect(await warningsOf(theirs, other)).toMatchObject([{ code: 'CONTRADICTING_STANCE', message: 2 }]);
  });

  const first: Said = { places: ['BD-B'] };
  test.each<[string, object, Said]>([
    ['written otherwise', hotline('13 43'), first],
    ['about something else', { facts: [{ kind: 'HOTLINE', subject: 'Loans', value: '1399' }] }, first],
    ['to others', hotline('1399'), { ...first, audiences: ['returnee'] }],
    ['elsewhere in the country', hotline('1399'), { places: ['BD-C'] }],
    ['on other days', hotline('1399'), { ...first, days: { start: '2031-05-01', end: '2031-05-31' } }],
    ['once the message no longer holds', { ...hotline('1399'), validTo: '2031-02-01' }, first],
  ])('do not tell of a number %s', async (_, message, said) => {
    const one = await plan(mine, [hotline('1343')], first);
    const other = await plan(theirs, [message], said);
    expect((await warningsOf(mine, one)).filter((warning) => warning.other?.id === other)).toEqual([]);
    for (const [client, id] of [
      [mine, one],
      [theirs, other],
    ] as const)
      await mutate(client, 'cancelCampaign', { id, expectedVersion: 1 });
  });

  test('tell in the country of what is said in a part of it', async () => {
    const one = await plan(mine, [hotline('1343')], { places: ['VU'] });
    await plan(theirs, [hotline('1399')], { places: ['VU-SEE'] });
    expect(codes(await warningsOf(mine, one))).toEqual(['DIVERGING_FACT']);
  });

  test('never tell of a campaign that the viewer may not read, and end when it is called off', async () => {
    const hidden = { release: { visibility: 'PARTNERS' } };
    const one = await plan(mine, [hotline('1343')], { places: ['KI'] });
    const secret = await plan(theirs, [hotline('1399')], { places: ['KI'], more: hidden });
    expect(await warningsOf(mine, one)).toEqual([]);
    expect(await warningsOf(stranger, one)).toEqual([]);
    expect(codes(await warningsOf(theirs, one))).toEqual(['DIVERGING_FACT']);
    expect(codes(await warningsOf(theirs, secret))).toEqual(['DIVERGING_FACT']);
    await mutate(theirs, 'cancelCampaign', { id: secret, expectedVersion: 1 });
    expect(await warningsOf(theirs, one)).toEqual([]);
  });

  test('of a restricted campaign are not told with another, for every reading of it is noted', async () => {
    const one = await plan(mine, [hotline('1343')], { places: ['TV'] });
    const restricted = { release: { visibility: 'RESTRICTED' } };
    const own = await plan(mine, [hotline('1399')], { places: ['TV'], more: restricted });
    expect(await warningsOf(mine, one)).toEqual([]);
    expect(own).toMatch(/^cmp_/);
  });

  test('cost no statement of their own', async () => {
    const list = `{ campaigns(first: 100) { nodes { id ${WARNINGS} } } }`;
    const statements = await statementsDuring(async () => {
      await mine.query(list);
    });
    expect(statements.filter((statement) => statement.includes('campaign_warning'))).toHaveLength(1);
  });
});
