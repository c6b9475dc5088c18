import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let coordinator: Client;
let editor: Client;
let partner: Client;
let stranger: Client;
let actorId: string;
let partnerId: string;

beforeAll(async () => {
  hub = await testHub();
  actorId = await hub.actor({ name: 'Example Coast Watch' });
  partnerId = await hub.actor({ name: 'Example Radio' });
  coordinator = await hub.as('coordinator');
  editor = await hub.as('editor', actorId);
  partner = await hub.as('planner', partnerId);
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Stranger' }));
});
afterAll(() => hub.close());

const plan = (input: object, fields = '', client = editor): Promise<Result> =>
  mutate(client, 'planCampaign', input, fields);
const revise = (input: object, fields = '', client = editor): Promise<Result> =>
  mutate(client, 'reviseCampaign', input, fields);
const programmeWith = (footprint: object, more: object = {}): Promise<string> =>
  idOf(mutate(editor, 'registerProgramme', { name: 'Example programme', footprint, ...more }));
const entryOn = (campaign: string, start: string, end: string | null, more: object = {}): Promise<string> =>
  idOf(
    mutate(editor, 'addCalendarEntry', {
      name: `Example ${start}`,
      campaign,
      footprint: { days: { start, end } },
      ...more,
    }),
  );

const FOOTPRINT = `footprint {
  days { start end } places { code } corridors { code } audiences { code } themes { code } channels { code } languages inherited
}`;

interface Shown {
  readonly version: number;
  readonly footprint: {
    readonly days: { start: string; end: string | null } | null;
    readonly themes: { code: string }[];
    readonly inherited: string[];
  };
}

/** A campaign or entry as everybody sees it. */
async function show(id: string): Promise<Shown> {
  const { node } = await coordinator.query<{ node: Shown }>(
    `query ($id: ID!) { node(id: $id) { ... on FootprintHolder { version ${FOOTPRINT} } } }`,
    { id },
  );
  return node;
}

const themesOf = (shown: Shown): string[] => shown.footprint.themes.map(({ code }) => code);

describe('planning', () => {
  test('a name is enough, without a programme and without anything stated', async () => {
    const campaign = await plan(
      { name: 'Example alone' },
      `name status programme { id } objectiveLevel { code } phase { code } messages { text } owner { id } ${FOOTPRINT}`,
    );
    expect(campaign).toMatchObject({
      __typename: 'Campaign',
      version: 1,
      name: 'Example alone',
      status: 'UNDATED',
      programme: null,
      objectiveLevel: null,
      phase: null,
      messages: [],
      owner: { id: actorId },
      footprint: { days: null, places: [], inherited: [] },
    });
  });

  test('what it does not state it has from its programme, all but the days, and it says what', async () => {
    const programme = await programmeWith({
      days: { start: '2026-01-01', end: '2026-12-31' },
      places: ['BD-10', 'MY'],
      themes: ['people_smuggling'],
      channels: ['radio'],
      languages: ['bn'],
    });
    const campaign = await plan(
      { name: 'Example inside', programme, footprint: { themes: ['trafficking_in_persons'] } },
      `programme { id } ${FOOTPRINT}`,
    );
    expect(campaign).toMatchObject({
      programme: { id: programme },
      footprint: {
        days: null,
        places: [{ code: 'BD-10' }, { code: 'MY' }],
        audiences: [],
        themes: [{ code: 'trafficking_in_persons' }],
        channels: [{ code: 'radio' }],
        languages: ['bn'],
        inherited: ['PLACES', 'CHANNELS', 'LANGUAGES'],
      },
    });
  });

  test('corridors that the programme states pass down; derived ones follow the campaign’s own places and themes', async () => {
    const stating = await programmeWith({ corridors: ['rohingya_andaman'], places: ['LK'] });
    expect(
      await plan({ name: 'Example stated', programme: stating, footprint: { places: ['TH'] } }, FOOTPRINT),
    ).toMatchObject({
      footprint: { corridors: [{ code: 'rohingya_andaman' }], inherited: ['CORRIDORS'] },
    });
    const deriving = await programmeWith({ places: ['BD'], themes: ['people_smuggling'] });
    expect(
      await plan({ name: 'Example derived', programme: deriving, footprint: { places: ['FR'] } }, FOOTPRINT),
    ).toMatchObject({
      footprint: { corridors: [], inherited: ['THEMES'] },
    });
  });

  test('messages keep their order, languages and codes', async () => {
    const campaign = await plan(
      {
        name: 'Example messages',
        objectiveLevel: 'Behaviour',
        phase: 'message_design',
        messages: [
          {
            text: 'Check the recruiter.',
            stance: 'protect',
            frame: 'verify_recruiter',
            perspective: 'ORIGIN',
            language: 'eng',
            audiences: ['prospective_migrant'],
            texts: [{ language: 'bn', text: 'যাচাই করুন' }],
          },
          {
            text: 'The sea kills.',
            stance: 'deter',
            reviewedOn: '2026-01-02',
            validFrom: '2026-01-01',
            validTo: '2026-01-31',
            source: 'a study',
          },
        ],
      },
      `objectiveLevel { code label } phase { code } messages { text(language: "bn") texts { language } language stance { code } frame { code } perspective
        audiences { code } source reviewedOn validFrom validTo }`,
    );
    expect(campaign).toMatchObject({
      objectiveLevel: { code: 'behaviour' },
      phase: { code: 'message_design' },
      messages: [
        {
          text: 'যাচাই করুন',
          texts: [{ language: 'bn' }],
          language: 'en',
          stance: { code: 'protect' },
          frame: { code: 'verify_recruiter' },
          perspective: 'ORIGIN',
          audiences: [{ code: 'prospective_migrant' }],
        },
        {
          text: 'The sea kills.',
          stance: { code: 'deter' },
          frame: null,
          audiences: [],
          source: 'a study',
          reviewedOn: '2026-01-02',
          validFrom: '2026-01-01',
          validTo: '2026-01-31',
        },
      ],
    });
  });

  test('wrong codes are named where they stand', async () => {
    const result = await plan({
      name: 'Example wrong',
      phase: 'planing',
      messages: [
        { text: 'a', stance: 'deter' },
        { text: 'b', stance: 'scare', audiences: ['prospective_migrant', 'prospective_migrants'] },
      ],
    });
    expect(result).toMatchObject({ __typename: 'InvalidInput' });
    const issues = result['issues'] as { path: string; message: string }[];
    expect(issues.map(({ path }) => path)).toEqual([
      'input.phase',
      'input.messages[1].stance',
      'input.messages[1].audiences[1]',
    ]);
    expect(issues[2]?.message).toContain('prospective_migrant');
  });

  test('a message that ends before it begins to hold is refused', async () => {
    const messages = [{ text: 'a', stance: 'inform', validFrom: '2026-02-01', validTo: '2026-01-01' }];
    expect(await plan({ name: 'Example', messages })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.messages[0].validTo' }],
    });
  });

  test('an intention sent ten times at once makes one campaign', async () => {
    const input = { name: 'Example once', clientMutationKey: 'campaign-once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => plan(input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  test('inside a programme work its owner and its partners, and nobody else', async () => {
    const programme = await programmeWith(
      { themes: ['people_smuggling'] },
      { partners: [{ actor: partnerId, role: 'IMPLEMENTING' }] },
    );
    expect(await plan({ name: 'Example partner', programme }, 'owner { id }', partner)).toMatchObject({
      owner: { id: partnerId },
    });
    expect(await plan({ name: 'Example intruder', programme }, '', stranger)).toMatchObject({
      __typename: 'Forbidden',
    });
    expect(await plan({ name: 'Example curated', programme }, 'owner { id }', coordinator)).toMatchObject({
      owner: { id: actorId },
    });
    expect(await plan({ name: 'Example nowhere', programme: 'prg_0000000000000000000000' })).toMatchObject({
      __typename: 'NotFound',
    });
  });
});

describe('what changes above', () => {
  test('a change of the programme reaches campaigns and entries that do not state it, and no others', async () => {
    const programme = await programmeWith({ themes: ['people_smuggling'], places: ['BD'] });
    const heir = await idOf(plan({ name: 'Example heir', programme }));
    const own = await idOf(plan({ name: 'Example own', programme, footprint: { themes: ['child_protection'] } }));
    const heirsEntry = await entryOn(heir, '2026-03-01', '2026-03-02');
    const ownEntry = await entryOn(own, '2026-03-01', '2026-03-02');
    const { campaigns: before } = await coordinator.query<{ campaigns: { changeToken: string } }>(
      '{ campaigns { changeToken } }',
    );

    await idOf(
      mutate(editor, 'reviseProgramme', {
        id: programme,
        expectedVersion: 1,
        footprint: { themes: ['ethical_recruitment'] },
      }),
    );

    expect([themesOf(await show(heir)), themesOf(await show(heirsEntry))]).toEqual([
      ['ethical_recruitment'],
      ['ethical_recruitment'],
    ]);
    expect([themesOf(await show(own)), themesOf(await show(ownEntry))]).toEqual([
      ['child_protection'],
      ['child_protection'],
    ]);
    const { campaigns, calendar } = await coordinator.query<
      Record<'campaigns' | 'calendar', { nodes: { id: string; version: number }[] }>
    >(
      `query ($token: ChangeToken) {
        campaigns(filter: { changedAfter: $token }) { nodes { id version } }
        calendar(filter: { between: { start: "2026-01-01" }, changedAfter: $token }) { nodes { id version } }
      }`,
      { token: before.changeToken },
    );
    // Whoever follows changes learns of it; whoever is about to revise the campaign is not told that somebody else did.
    expect(campaigns.nodes).toEqual([{ id: heir, version: 1 }]);
    expect(calendar.nodes).toEqual([{ id: heirsEntry, version: 1 }]);
  });

  test('what a campaign states again shadows the programme, and what it states no longer comes from it', async () => {
    const programme = await programmeWith({ themes: ['people_smuggling'] });
    const id = await idOf(plan({ name: 'Example shadow', programme }));
    const entry = await entryOn(id, '2026-03-01', '2026-03-02');
    await idOf(revise({ id, expectedVersion: 1, footprint: { themes: ['child_protection'] } }));
    expect([await show(id), await show(entry)].map(themesOf)).toEqual([['child_protection'], ['child_protection']]);
    await idOf(revise({ id, expectedVersion: 2, footprint: { themes: null } }));
    expect([await show(id), await show(entry)].map(themesOf)).toEqual([['people_smuggling'], ['people_smuggling']]);
  });

  test('a campaign that moves to another programme inherits from that one, and on its own from none', async () => {
    const [first, second] = [
      await programmeWith({ themes: ['people_smuggling'] }),
      await programmeWith({ themes: ['child_protection'] }),
    ];
    const id = await idOf(plan({ name: 'Example moving', programme: first }));
    await idOf(revise({ id, expectedVersion: 1, programme: second }));
    expect(themesOf(await show(id))).toEqual(['child_protection']);
    await idOf(revise({ id, expectedVersion: 2, programme: null }));
    expect((await show(id)).footprint).toMatchObject({ themes: [], inherited: [] });
  });

  test('campaigns planned and entries added while the programme changes inherit what it states in the end', async () => {
    const programme = await programmeWith({ themes: ['people_smuggling'] });
    const id = await idOf(plan({ name: 'Example early', programme }));
    const made = await Promise.all([
      mutate(editor, 'reviseProgramme', {
        id: programme,
        expectedVersion: 1,
        footprint: { themes: ['child_protection'] },
      }),
      ...Array.from({ length: 5 }, (_, i) => plan({ name: `Example meanwhile ${String(i)}`, programme })),
      ...[1, 2, 3, 4, 5].map((n) =>
        mutate(editor, 'addCalendarEntry', {
          name: 'Example',
          campaign: id,
          footprint: { days: { start: `2026-03-0${String(n)}` } },
        }),
      ),
      revise({ id, expectedVersion: 1, description: 'Meanwhile.' }),
    ]);
    expect(made.map(({ __typename }) => __typename)).toEqual([
      'Programme',
      ...Array<string>(5).fill('Campaign'),
      ...Array<string>(5).fill('CalendarEntry'),
      'Campaign',
    ]);
    const shown = await Promise.all(made.slice(1).map((result) => show(String(result['id']))));
    expect(shown.map(themesOf)).toEqual(shown.map(() => ['child_protection']));
    // All change from the top down, so that nobody had to be sent back.
    const { rows } = await withClient(hub.database.adminUrl, (client) =>
      client.query('select deadlocks::int from pg_stat_database where datname = current_database()'),
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });
});

describe('the days of a campaign', () => {
  test('without any of its own it spans its entries that are not cancelled', async () => {
    const id = await idOf(plan({ name: 'Example spanned' }));
    const daysOf = async (): Promise<unknown> => (await show(id)).footprint.days;
    expect(await daysOf()).toBeNull();
    await entryOn(id, '2026-04-10', '2026-04-12');
    const early = await entryOn(id, '2026-03-01', '2026-03-02');
    expect(await daysOf()).toEqual({ start: '2026-03-01', end: '2026-04-12' });
    const open = await entryOn(id, '2026-05-01', null);
    expect(await daysOf()).toEqual({ start: '2026-03-01', end: null });
    await idOf(
      mutate(editor, 'reviseCalendarEntry', {
        id: open,
        expectedVersion: 1,
        footprint: { days: { start: '2026-05-01', end: '2026-05-03' } },
      }),
    );
    await idOf(mutate(editor, 'cancelCalendarEntry', { id: early, expectedVersion: 1 }));
    expect(await daysOf()).toEqual({ start: '2026-04-10', end: '2026-05-03' });
  });

  test('twenty entries added at once all count', async () => {
    const id = await idOf(plan({ name: 'Example crowded' }));
    const days = Array.from({ length: 20 }, (_, i) => `2026-06-${String(i + 1).padStart(2, '0')}`);
    await Promise.all(days.map((day) => entryOn(id, day, day)));
    expect((await show(id)).footprint.days).toEqual({ start: '2026-06-01', end: '2026-06-20' });
  });

  test('days of its own stand, whatever its entries say, until they are taken back', async () => {
    const id = await idOf(
      plan({ name: 'Example own days', footprint: { days: { start: '2026-01-01', end: '2026-01-31' } } }),
    );
    await entryOn(id, '2026-04-10', '2026-04-12');
    expect((await show(id)).footprint.days).toEqual({ start: '2026-01-01', end: '2026-01-31' });
    const moved = await mutate(
      editor,
      'rescheduleCampaign',
      { id, expectedVersion: 1, days: { start: '2026-02-01' } },
      FOOTPRINT,
    );
    expect(moved).toMatchObject({ version: 2, footprint: { days: { start: '2026-02-01', end: null } } });
    const freed = await mutate(editor, 'rescheduleCampaign', { id, expectedVersion: 2, days: null }, FOOTPRINT);
    expect(freed).toMatchObject({ version: 3, footprint: { days: { start: '2026-04-10', end: '2026-04-12' } } });
  });

  test('rescheduling refuses days that end before they start, a stale version and a stranger', async () => {
    const id = await idOf(plan({ name: 'Example fixed' }));
    const days = { start: '2026-02-01', end: '2026-02-02' };
    const reschedule = (input: object, client = editor): Promise<Result> =>
      mutate(client, 'rescheduleCampaign', { id, expectedVersion: 1, days, ...input });
    expect(await reschedule({ days: { start: '2026-02-01', end: '2026-01-01' } })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.days.end' }],
    });
    expect(await reschedule({ expectedVersion: 7 })).toMatchObject({
      __typename: 'StaleVersion',
      expected: 7,
      stored: 1,
    });
    expect(await reschedule({}, stranger)).toMatchObject({ __typename: 'Forbidden' });
  });
});

describe('revising', () => {
  test('what is left out stays, messages given replace all, null clears', async () => {
    const messages = [
      { text: 'one', stance: 'inform' },
      { text: 'two', stance: 'deter' },
    ];
    const id = await idOf(plan({ name: 'Example talk', phase: 'concept', objectiveLevel: 'awareness', messages }));
    const fields = 'phase { code } objectiveLevel { code } messages { text }';
    expect(await revise({ id, expectedVersion: 1, name: 'Example talks' }, fields)).toMatchObject({
      phase: { code: 'concept' },
      messages: [{ text: 'one' }, { text: 'two' }],
    });
    const changed = await revise(
      { id, expectedVersion: 2, phase: null, messages: [{ text: 'three', stance: 'empower' }] },
      fields,
    );
    expect(changed).toMatchObject({
      version: 3,
      phase: null,
      objectiveLevel: { code: 'awareness' },
      messages: [{ text: 'three' }],
    });
    expect(await revise({ id, expectedVersion: 3, messages: null }, fields)).toMatchObject({ messages: [] });
  });

  test('another’s campaign is forbidden, one that is none is not found', async () => {
    const id = await idOf(plan({ name: 'Example mine' }));
    expect(await revise({ id, expectedVersion: 1, name: 'Theirs' }, '', stranger)).toMatchObject({
      __typename: 'Forbidden',
    });
    expect(await revise({ id: 'cmp_0000000000000000000000', expectedVersion: 1 })).toMatchObject({
      __typename: 'NotFound',
    });
  });
});

describe('cancelling', () => {
  test('is final and takes the entries along', async () => {
    const id = await idOf(plan({ name: 'Example off' }));
    const entry = await entryOn(id, '2026-03-01', '2026-03-02');
    const cancelled = await mutate(
      editor,
      'cancelCampaign',
      { id, expectedVersion: 1, reason: 'Flood.' },
      `status cancelledReason ${FOOTPRINT} entries { nodes { id status cancelledReason version } }`,
    );
    expect(cancelled).toMatchObject({
      version: 2,
      status: 'CANCELLED',
      cancelledReason: 'Flood.',
      // It keeps the days it had, so that one still finds when it would have been.
      footprint: { days: { start: '2026-03-01', end: '2026-03-02' } },
      entries: { nodes: [{ id: entry, status: 'CANCELLED', cancelledReason: 'Flood.', version: 2 }] },
    });
    expect(await revise({ id, expectedVersion: 2, name: 'On again' })).toMatchObject({ __typename: 'Conflict' });
    expect(
      await mutate(editor, 'addCalendarEntry', {
        name: 'Late',
        campaign: id,
        footprint: { days: { start: '2026-03-03' } },
      }),
    ).toMatchObject({ __typename: 'Conflict' });
  });
});

describe('reading', () => {
  test('campaigns are found by what is theirs alone, and by what they inherit', async () => {
    const programme = await programmeWith({ places: ['MV'], audiences: ['fisher'] });
    await idOf(plan({ name: 'Qx one', programme, phase: 'pre_testing' }));
    await idOf(plan({ name: 'Qx two', objectiveLevel: 'knowledge' }));
    const names = async (filter: object): Promise<string[]> => {
      const { campaigns } = await coordinator.query<{ campaigns: { nodes: { name: string }[] } }>(
        'query ($filter: CampaignFilter) { campaigns(filter: $filter) { nodes { name } } }',
        { filter: { search: 'qx', ...filter } },
      );
      return campaigns.nodes.map(({ name }) => name);
    };
    expect(await names({})).toEqual(['Qx one', 'Qx two']);
    expect(await names({ programmes: [programme] })).toEqual(['Qx one']);
    expect(await names({ phases: ['pre_testing'] })).toEqual(['Qx one']);
    expect(await names({ objectiveLevels: ['knowledge', 'attitude'] })).toEqual(['Qx two']);
    expect(await names({ countries: ['MV'], audiences: ['fisher'] })).toEqual(['Qx one']);
    expect(await names({ statuses: ['ACTIVE'] })).toEqual([]);
    expect(await names({ owners: [partnerId] })).toEqual([]);
  });

  test('an actor, its programmes, their campaigns and entries take one statement', async () => {
    const statements = await statementsDuring(() =>
      coordinator.query(
        `query ($id: ID!) { node(id: $id) { ... on Actor { name campaigns { nodes { name status messages { text } } }
        programmes { nodes { name campaigns(filter: { statuses: [UNDATED] }) { totalCount nodes { name entries(first: 2) { nodes { name owner { name } } } } } } } } } }`,
        { id: actorId },
      ),
    );
    expect(statements.filter((text) => text.includes(' as answer'))).toHaveLength(1);
    expect(statements).toHaveLength(1);
  });
});
