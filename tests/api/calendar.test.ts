import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let coordinator: Client;
let editor: Client;
let stranger: Client;
let campaign: string;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
  editor = await hub.as('editor', await hub.actor({ name: 'Example Coast Watch' }));
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Stranger' }));
  campaign = await idOf(
    mutate(editor, 'planCampaign', {
      name: 'Example campaign',
      footprint: { places: ['BD'], themes: ['people_smuggling'], audiences: ['fisher'] },
    }),
  );
});
afterAll(() => hub.close());

const DAY = { days: { start: '2026-03-03', end: '2026-03-04' } };
const add = (input: object, fields = '', client = editor): Promise<Result> =>
  mutate(client, 'addCalendarEntry', { name: 'Example entry', campaign, footprint: DAY, ...input }, fields);
const revise = (input: object, fields = '', client = editor): Promise<Result> =>
  mutate(client, 'reviseCalendarEntry', input, fields);

const SHOWN =
  'kind precision status recurrence statedDays { start end days } footprint { days { start end days } places { code } inherited }';

describe('adding', () => {
  test('a campaign, a name and days are enough; the rest has defaults or comes from the campaign', async () => {
    expect(await add({}, `name campaign { id } owner { name } ${SHOWN}`)).toEqual({
      __typename: 'CalendarEntry',
      id: expect.stringMatching(/^ent_/) as unknown,
      version: 1,
      name: 'Example entry',
      campaign: { id: campaign },
      owner: { name: 'Example Coast Watch' },
      kind: 'OTHER',
      precision: 'DAY',
      status: 'CONFIRMED',
      recurrence: null,
      statedDays: { start: '2026-03-03', end: '2026-03-04', days: 2 },
      footprint: {
        days: { start: '2026-03-03', end: '2026-03-04', days: 2 },
        places: [{ code: 'BD' }],
        inherited: ['PLACES', 'AUDIENCES', 'THEMES'],
      },
    });
  });

  test('days known by the month stand for the whole month and are kept as written', async () => {
    expect(await add({ precision: 'MONTH', kind: 'PRE_TEST', status: 'TENTATIVE' }, SHOWN)).toMatchObject({
      kind: 'PRE_TEST',
      status: 'TENTATIVE',
      statedDays: { start: '2026-03-03', end: '2026-03-04', days: 2 },
      footprint: { days: { start: '2026-03-01', end: '2026-03-31', days: 31 } },
    });
  });

  test('one that recurs spans its first to its last occurrence', async () => {
    expect(await add({ recurrence: 'RRULE:freq=weekly;count=3' }, SHOWN)).toMatchObject({
      recurrence: 'FREQ=WEEKLY;COUNT=3',
      statedDays: { start: '2026-03-03', end: '2026-03-04' },
      footprint: { days: { start: '2026-03-03', end: '2026-03-18' } },
    });
  });

  test.each<[string, object, string, RegExp]>([
    ['a month of sixteen', { recurrence: 'FREQ=YEARLY;BYMONTH=16' }, 'input.recurrence', /from 1 to 12/],
    ['hours', { recurrence: 'FREQ=HOURLY' }, 'input.recurrence', /DAILY, WEEKLY, MONTHLY or YEARLY/],
    [
      'a rule that is over before it starts',
      { recurrence: 'FREQ=DAILY;UNTIL=20260101' },
      'input.recurrence',
      /before the first day, 2026-03-03/,
    ],
    [
      'an occurrence without an end',
      { recurrence: 'FREQ=DAILY', footprint: { days: { start: '2026-03-03' } } },
      'input.footprint.days.end',
      /last day/,
    ],
    ['no days', { footprint: {} }, 'input.footprint.days', /say when/],
    ['no footprint', { footprint: null }, 'input.footprint.days', /say when/],
    ['cancelled from the start', { status: 'CANCELLED' }, 'input.status', /cancelCalendarEntry/],
  ])('%s is refused at its place', async (_what, input, path, message) => {
    expect(await add(input)).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path, message: expect.stringMatching(message) as unknown }],
    });
  });

  test('days and codes that are wrong are named together', async () => {
    const result = await add({ footprint: { places: ['BDD'] } });
    expect((result['issues'] as { path: string }[]).map(({ path }) => path)).toEqual([
      'input.footprint.places[0]',
      'input.footprint.days',
    ]);
  });

  test('only who owns the campaign, or works in its programme, adds to it', async () => {
    expect(await add({}, '', stranger)).toMatchObject({ __typename: 'Forbidden' });
    expect(await add({}, 'owner { name }', coordinator)).toMatchObject({ owner: { name: 'Example Coast Watch' } });
    expect(await add({ campaign: 'cmp_0000000000000000000000' })).toMatchObject({ __typename: 'NotFound' });
  });

  test('an intention sent ten times at once makes one entry', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add({ clientMutationKey: 'entry-once' })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });
});

describe('revising', () => {
  test('what is left out stays, and the days follow from all of it', async () => {
    const id = await idOf(
      add({ recurrence: 'FREQ=WEEKLY;COUNT=2', precision: 'WEEK', footprint: { ...DAY, places: ['LK'] } }),
    );
    expect(await revise({ id, expectedVersion: 1, name: 'Example renamed' }, SHOWN)).toMatchObject({
      recurrence: 'FREQ=WEEKLY;COUNT=2',
      precision: 'WEEK',
      footprint: { days: { start: '2026-03-02', end: '2026-03-15' }, places: [{ code: 'LK' }] },
    });
    expect(
      await revise({ id, expectedVersion: 2, recurrence: null, footprint: { places: null } }, SHOWN),
    ).toMatchObject({
      version: 3,
      recurrence: null,
      footprint: { days: { start: '2026-03-02', end: '2026-03-08' }, places: [{ code: 'BD' }] },
    });
    expect(await revise({ id, expectedVersion: 3, precision: null, status: 'TENTATIVE' }, SHOWN)).toMatchObject({
      precision: 'DAY',
      status: 'TENTATIVE',
      footprint: { days: { start: '2026-03-03', end: '2026-03-04' } },
    });
  });

  test('an entry cannot lose its days', async () => {
    const id = await idOf(add({}));
    expect(await revise({ id, expectedVersion: 1, footprint: { days: null } })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.footprint.days' }],
    });
  });

  test('stale, forbidden and missing are told apart', async () => {
    const id = await idOf(add({}));
    expect(await revise({ id, expectedVersion: 2 })).toMatchObject({
      __typename: 'StaleVersion',
      expected: 2,
      stored: 1,
    });
    expect(await revise({ id, expectedVersion: 1 }, '', stranger)).toMatchObject({ __typename: 'Forbidden' });
    expect(await revise({ id: 'ent_0000000000000000000000', expectedVersion: 1 })).toMatchObject({
      __typename: 'NotFound',
    });
  });
});

describe('cancelling', () => {
  test('an entry stays in the calendar as cancelled, and does not change any more', async () => {
    const id = await idOf(add({ name: 'Example cancelled' }));
    expect(
      await mutate(
        editor,
        'cancelCalendarEntry',
        { id, expectedVersion: 1, reason: 'Storm.' },
        'status cancelledReason',
      ),
    ).toMatchObject({
      version: 2,
      status: 'CANCELLED',
      cancelledReason: 'Storm.',
    });
    expect(await revise({ id, expectedVersion: 2, name: 'Example back' })).toMatchObject({ __typename: 'Conflict' });
    const { calendar } = await coordinator.query<{ calendar: { nodes: object[] } }>(
      '{ calendar(filter: { between: { start: "2026-03-03", end: "2026-03-03" }, search: "example cancelled" }) { nodes { status } } }',
    );
    expect(calendar.nodes).toEqual([{ status: 'CANCELLED' }]);
  });
});

describe('reading', () => {
  let elsewhere: string;
  beforeAll(async () => {
    elsewhere = await idOf(
      mutate(editor, 'planCampaign', {
        name: 'Example elsewhere',
        footprint: { places: ['TH'], corridors: ['rohingya_andaman'] },
      }),
    );
    const rows: [string, string, string | null, object][] = [
      ['Cq A', '2031-05-10', '2031-05-20', { kind: 'BROADCAST' }],
      ['Cq B', '2031-05-01', '2031-05-10', { status: 'TENTATIVE' }],
      ['Cq C', '2031-05-10', null, { campaign: elsewhere, kind: 'TRAINING' }],
      ['Cq D', '2031-06-01', '2031-06-30', { campaign: elsewhere }],
    ];
    for (const [name, start, end, more] of rows)
      await idOf(add({ name, footprint: { days: { start, end } }, ...more }));
  });

  async function namesOf(filter: object, more = ''): Promise<string[]> {
    const { calendar } = await coordinator.query<{ calendar: { nodes: { name: string }[]; totalCount: number } }>(
      `query ($filter: CalendarFilter!) { calendar(filter: $filter ${more}) { totalCount nodes { name } } }`,
      { filter: { between: { start: '2031-01-01', end: '2031-12-31' }, search: 'cq', ...filter } },
    );
    expect(calendar.totalCount).toBe(calendar.nodes.length);
    return calendar.nodes.map(({ name }) => name);
  }

  test('entries come by start, and those of one day by a fixed order', async () => {
    const names = await namesOf({});
    expect(names).toHaveLength(4);
    expect([names[0], names[3]]).toEqual(['Cq B', 'Cq D']);
    expect(await namesOf({})).toEqual(names);
    expect(await namesOf({}, ', orderBy: { field: NAME, direction: DESC }')).toEqual(['Cq D', 'Cq C', 'Cq B', 'Cq A']);
  });

  test.each<[string, object, string[]]>([
    [
      'a day that one ends and others begin on',
      { between: { start: '2031-05-10', end: '2031-05-10' } },
      ['Cq A', 'Cq B', 'Cq C'],
    ],
    ['the day after', { between: { start: '2031-05-21', end: '2031-05-21' } }, ['Cq C']],
    ['everything from a day on', { between: { start: '2031-06-30' } }, ['Cq C', 'Cq D']],
    ['an inherited country', { countries: ['TH'] }, ['Cq C', 'Cq D']],
    ['an inherited corridor and a kind', { corridors: ['rohingya_andaman'], kinds: ['TRAINING'] }, ['Cq C']],
    ['an inherited theme', { themes: ['people_smuggling'] }, ['Cq A', 'Cq B']],
    ['an inherited audience', { audiences: ['fisher'] }, ['Cq A', 'Cq B']],
    ['kinds', { kinds: ['BROADCAST', 'TRAINING'] }, ['Cq A', 'Cq C']],
    ['statuses', { statuses: ['TENTATIVE'] }, ['Cq B']],
    ['places and what lies in them', { places: ['TH-90', 'LK'] }, ['Cq C', 'Cq D']],
  ])('finds by %s', async (_what, filter, expected) => {
    expect((await namesOf(filter)).sort()).toEqual(expected);
  });

  test('a campaign shows its own entries', async () => {
    expect(await namesOf({ campaigns: [elsewhere] })).toEqual(['Cq C', 'Cq D']);
    const { node } = await coordinator.query(
      'query ($id: ID!) { node(id: $id) { ... on Campaign { entries(filter: { kinds: [TRAINING] }) { totalCount nodes { name } } } } }',
      { id: elsewhere },
    );
    expect(node).toEqual({ entries: { totalCount: 1, nodes: [{ name: 'Cq C' }] } });
  });

  test('the calendar is not read without days', async () => {
    const { errors } = await coordinator.send('{ calendar(filter: { kinds: [EVENT] }) { totalCount } }');
    expect(errors?.[0]?.message).toContain('between');
  });

  test('all three kinds of holder answer to one interface, in one statement each', async () => {
    const entry = await idOf(add({ name: 'Example held' }));
    const programme = await idOf(mutate(editor, 'registerProgramme', { name: 'Example held' }));
    const document = `query ($id: ID!) { node(id: $id) { __typename ... on FootprintHolder { name owner { name } footprint { days { start } } } } }`;
    for (const [id, type] of [
      [entry, 'CalendarEntry'],
      [campaign, 'Campaign'],
      [programme, 'Programme'],
    ] as const) {
      const statements = await statementsDuring(async () => {
        const { node } = await coordinator.query(document, { id });
        expect(node).toMatchObject({ __typename: type, owner: { name: 'Example Coast Watch' } });
      });
      expect(statements).toHaveLength(1);
    }
  });
});
