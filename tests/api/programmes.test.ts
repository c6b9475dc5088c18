import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let coordinator: Client;
let editor: Client;
let actorId: string;
let otherId: string;

beforeAll(async () => {
  hub = await testHub();
  actorId = await hub.actor({ name: 'Example Delta Voices' });
  otherId = await hub.actor({ name: 'Example Hill Radio', kind: 'media' });
  coordinator = await hub.as('coordinator');
  editor = await hub.as('editor', actorId);
});
afterAll(() => hub.close());

const register = (input: object, fields = '', client = editor): Promise<Result> =>
  mutate(client, 'registerProgramme', input, fields);
const revise = (input: object, fields = '', client = editor): Promise<Result> =>
  mutate(client, 'reviseProgramme', input, fields);

const FOOTPRINT = `footprint {
  days { start end days } places { code } corridors { code } audiences { code } themes { code } channels { code } languages inherited
}`;

/** The names of the programmes that a filter finds, in the order of the list. */
async function namesOf(filter: object, client = coordinator): Promise<string[]> {
  const { programmes } = await client.query<{ programmes: { nodes: { name: string }[]; totalCount: number } }>(
    `query ($filter: ProgrammeFilter) { programmes(first: 100, filter: $filter) { nodes { name } totalCount } }`,
    { filter },
  );
  expect(programmes.totalCount).toBe(programmes.nodes.length);
  return programmes.nodes.map(({ name }) => name);
}

describe('registering', () => {
  test('a name is enough, and the programme is that actor’s for which the key acts', async () => {
    const programme = await register(
      { name: 'Example minimum' },
      `name description status owner { id name } illustrative identifier { value } ${FOOTPRINT}`,
    );
    expect(programme).toEqual({
      __typename: 'Programme',
      id: expect.stringMatching(/^prg_[0-9A-Za-z]{22}$/) as unknown,
      version: 1,
      name: 'Example minimum',
      description: '',
      status: 'UNDATED',
      owner: { id: actorId, name: 'Example Delta Voices' },
      illustrative: false,
      identifier: null,
      footprint: {
        days: null,
        places: [],
        corridors: [],
        audiences: [],
        themes: [],
        channels: [],
        languages: [],
        inherited: [],
      },
    });
  });

  test('everything it says comes back, codes in their canonical form', async () => {
    const programme = await register(
      {
        name: 'Example maximum',
        names: [{ language: 'BEN', text: 'উদাহরণ' }],
        description: 'Talks to people before they leave.',
        descriptions: [{ language: 'id', text: 'Berbicara dengan orang.' }],
        identifier: { scheme: 'iati', value: 'XX-1-P' },
        illustrative: true,
        source: 'https://example.org',
        footprint: {
          days: { start: '2026-03-01', end: '2026-03-31' },
          places: ['bd-10', 'MY', 'MY'],
          themes: ['people_smuggling'],
          audiences: ['prospective_migrant'],
          channels: ['RADIO'],
          languages: ['ben-bd', 'rhg'],
        },
        partners: [
          { actor: otherId, role: 'IMPLEMENTING' },
          { actor: otherId, role: 'FUNDING' },
          { actor: otherId, role: 'FUNDING' },
        ],
        mechanisms: [
          { name: 'Coast hotline', channel: 'Hotline', howToUse: 'Ask for a slot.' },
          { name: 'Volunteers' },
        ],
        commitments: [{ kind: 'AIRTIME', description: 'ten spots', amount: 12.5, currency: 'USD' }],
      },
      `name(language: "bn") other: name(language: "th") names { language text } description(language: "id") descriptions { language }
      identifier { scheme value } illustrative source ${FOOTPRINT} partners { role actor { id } }
      mechanisms { name description channel { code label } howToUse } commitments { kind description amount currency }`,
    );
    expect(programme).toMatchObject({
      name: 'উদাহরণ',
      other: 'Example maximum',
      names: [{ language: 'bn', text: 'উদাহরণ' }],
      description: 'Berbicara dengan orang.',
      descriptions: [{ language: 'id' }],
      identifier: { scheme: 'iati', value: 'XX-1-P' },
      illustrative: true,
      source: 'https://example.org',
      footprint: {
        days: { start: '2026-03-01', end: '2026-03-31', days: 31 },
        places: [{ code: 'BD-10' }, { code: 'MY' }],
        audiences: [{ code: 'prospective_migrant' }],
        themes: [{ code: 'people_smuggling' }],
        channels: [{ code: 'radio' }],
        languages: ['bn-BD', 'rhg'],
        inherited: [],
      },
      partners: [
        { role: 'FUNDING', actor: { id: otherId } },
        { role: 'IMPLEMENTING', actor: { id: otherId } },
      ],
      mechanisms: [
        { name: 'Coast hotline', description: '', channel: { code: 'hotline' }, howToUse: 'Ask for a slot.' },
        { name: 'Volunteers', channel: null, howToUse: null },
      ],
      commitments: [{ kind: 'AIRTIME', description: 'ten spots', amount: 12.5, currency: 'USD' }],
    });
    // Bangladesh and Malaysia both have a leg there, and people smuggling is one of its themes.
    expect((programme['footprint'] as { corridors: { code: string }[] }).corridors.map(({ code }) => code)).toContain(
      'rohingya_andaman',
    );
  });

  test('all that is wrong is named with its place at once, and nothing is stored', async () => {
    const wrong = await register({
      name: 'Example wrong',
      footprint: { places: ['BD', 'BDD'], themes: ['people_smugling'], languages: ['xx-nope-nope-nope'] },
    });
    expect(wrong).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT' });
    const issues = wrong['issues'] as { path: string; message: string }[];
    expect(issues.map(({ path }) => path)).toEqual([
      'input.footprint.places[1]',
      'input.footprint.themes[0]',
      'input.footprint.languages[0]',
    ]);
    expect(issues[1]?.message).toContain('people_smuggling');
    expect(await namesOf({ search: 'Example wrong' })).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'an end before the start',
      { footprint: { days: { start: '2026-03-04', end: '2026-03-01' } } },
      'input.footprint.days.end',
    ],
    ['a name of blanks', { name: '  ' }, 'input.name'],
    ['a language that is none', { names: [{ language: 'not a tag', text: 'x' }] }, 'input.names[0].language'],
    [
      'a language given twice',
      {
        names: [
          { language: 'bn', text: 'x' },
          { language: 'ben', text: 'y' },
        ],
      },
      'input.names[1].language',
    ],
    [
      'a channel nobody knows',
      { mechanisms: [{ name: 'x' }, { name: 'y', channel: 'radioo' }] },
      'input.mechanisms[1].channel',
    ],
    [
      'an amount without currency',
      { commitments: [{ kind: 'FUNDS', description: 'x', amount: 1 }] },
      'input.commitments[0].currency',
    ],
  ])('%s is refused at its place', async (_what, input, path) => {
    const result = await register({ name: 'Example refused', ...input });
    expect(result).toMatchObject({ __typename: 'InvalidInput', issues: [{ path }] });
  });

  test('an intention sent twice, or ten times at once, makes one programme; with other input it is a conflict', async () => {
    const input = { name: 'Example once', clientMutationKey: 'programme-once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => register(input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await register({ ...input, description: 'other' })).toMatchObject({ __typename: 'Conflict' });
    expect(await namesOf({ search: 'Example once' })).toEqual(['Example once']);
  });
});

describe('whose it is', () => {
  test('an editor registers only for its own actor, a coordinator for any', async () => {
    expect(await register({ name: 'Example other', owner: otherId })).toMatchObject({
      __typename: 'Forbidden',
      code: 'FORBIDDEN',
    });
    expect(await register({ name: 'Example curated', owner: otherId }, 'owner { id }', coordinator)).toMatchObject({
      owner: { id: otherId },
    });
  });

  test('a key that acts for no actor says whose it is', async () => {
    expect(await register({ name: 'Example nobody' }, '', coordinator)).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.owner' }],
    });
  });

  test.each(['viewer', 'observer'] as const)('a %s registers nothing', async (role) => {
    expect(await register({ name: 'Example reader' }, '', await hub.as(role, actorId))).toMatchObject({
      __typename: 'Forbidden',
    });
  });

  test('actors that do not exist are not found, as owner and as partner', async () => {
    const nobody = 'act_0000000000000000000000';
    expect(await register({ name: 'Example', owner: nobody }, '', coordinator)).toMatchObject({
      __typename: 'NotFound',
      missing: nobody,
    });
    expect(await register({ name: 'Example', partners: [{ actor: nobody, role: 'FUNDING' }] })).toMatchObject({
      __typename: 'NotFound',
      missing: nobody,
    });
  });

  test('an identifier is unique among the owner’s programmes, and the conflict names the one that has it', async () => {
    const identifier = { scheme: 'iati', value: 'XX-UNIQUE' };
    const first = await idOf(register({ name: 'Example known', identifier }));
    const second = await register({ name: 'Example again', identifier });
    expect(second).toMatchObject({ __typename: 'Conflict' });
    expect(second['message']).toContain(first);
    expect(await register({ name: 'Example elsewhere', identifier, owner: otherId }, '', coordinator)).toMatchObject({
      __typename: 'Programme',
    });
    expect(await revise({ id: first, expectedVersion: 1, identifier })).toMatchObject({
      __typename: 'Programme',
      version: 2,
    });
  });

  test('one that a restricted record of the same owner has is a conflict as well, which does not name the record', async () => {
    const identifier = { scheme: 'iati', value: 'XX-RESTRICTED' };
    const hidden = await idOf(register({ name: 'Example hidden', identifier, release: { visibility: 'RESTRICTED' } }));
    const colleague = await hub.as('editor', actorId);
    const free = await idOf(register({ name: 'Example free' }, '', colleague));
    const message = 'A record of this owner already has the identifier iati XX-RESTRICTED.';
    for (const refused of [
      await register({ name: 'Example again', identifier }, '', colleague),
      await register({ name: 'Example again', identifier, owner: actorId }, '', coordinator),
      await revise({ id: free, expectedVersion: 1, identifier }, '', colleague),
    ])
      expect(refused).toEqual({ __typename: 'Conflict', code: 'CONFLICT', message });
    const named = await register({ name: 'Example again', identifier });
    expect(named['message']).toContain(hidden);
  });

  test('of two simultaneous programmes with one identifier the second is a conflict, not a fault', async () => {
    const identifier = { scheme: 'iati', value: 'XX-RACE' };
    const answers = await Promise.all(
      [1, 2, 3].map((n) => register({ name: `Example race ${String(n)}`, identifier })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Conflict', 'Conflict', 'Programme']);
  });
});

describe('when two records of one actor are united', () => {
  const merge = (survivor: string, duplicate: string): Promise<Record<string, unknown>> =>
    coordinator.query(
      `mutation ($input: MergeActorsInput!) { mergeActors(input: $input) {
        __typename ... on Problem { message } ... on Actor { programmes { nodes { name } } }
      } }`,
      { input: { survivor, duplicate, expectedVersion: 2 } },
    );

  test('the programmes of both are the survivor’s', async () => {
    const [survivor, duplicate] = [await hub.actor({ name: 'Example One' }), await hub.actor({ name: 'Example Two' })];
    for (const owner of [survivor, duplicate]) await idOf(register({ name: `Of ${owner}`, owner }, '', coordinator));
    const names = [`Of ${survivor}`, `Of ${duplicate}`].sort();
    expect(await merge(survivor, duplicate)).toMatchObject({
      mergeActors: { __typename: 'Actor', programmes: { nodes: names.map((name) => ({ name })) } },
    });
  });

  test('an identifier that both use in what is restricted is for their editors to settle', async () => {
    const [survivor, duplicate] = [await hub.actor({ name: 'Example One' }), await hub.actor({ name: 'Example Two' })];
    const restricted = {
      identifier: { scheme: 'iati', value: 'XX-BOTH-RESTRICTED' },
      release: { visibility: 'RESTRICTED' },
    };
    for (const owner of [survivor, duplicate])
      await idOf(register({ name: `Of ${owner}`, ...restricted }, '', await hub.as('editor', owner)));
    expect(await merge(survivor, duplicate)).toMatchObject({ mergeActors: { __typename: 'Conflict' } });
  });

  test('an identifier that both use is for a person to settle', async () => {
    const [survivor, duplicate] = [await hub.actor({ name: 'Example One' }), await hub.actor({ name: 'Example Two' })];
    const identifier = { scheme: 'iati', value: 'XX-BOTH' };
    for (const owner of [survivor, duplicate])
      await idOf(register({ name: 'Example both', owner, identifier }, '', coordinator));
    expect(await merge(survivor, duplicate)).toMatchObject({
      mergeActors: { __typename: 'Conflict', message: expect.stringContaining('XX-BOTH') as unknown },
    });
  });
});

describe('revising', () => {
  const FULL = {
    names: [{ language: 'bn', text: 'ক' }],
    description: 'long',
    source: 'a list',
    footprint: { days: { start: '2026-01-01' }, places: ['BD', 'MY'], themes: ['people_smuggling'] },
    mechanisms: [{ name: 'Hotline' }],
    commitments: [{ kind: 'STAFF', description: 'two people' }],
  };
  const ALL = `name names { language } description source mechanisms { name } commitments { description } ${FOOTPRINT}`;

  test('what is left out stays as it is', async () => {
    const before = await register({ name: 'Example stays', ...FULL }, ALL);
    const after = await revise({ id: before['id'], expectedVersion: 1, name: 'Example renamed' }, ALL);
    expect(after).toEqual({ ...before, version: 2, name: 'Example renamed' });
  });

  test('inside the footprint, too, a facet left out stays and one given replaces', async () => {
    const id = await idOf(register({ name: 'Example facets', ...FULL }));
    const after = await revise({ id, expectedVersion: 1, footprint: { places: ['TH'] } }, FOOTPRINT);
    expect(after['footprint']).toMatchObject({
      days: { start: '2026-01-01', end: null, days: null },
      places: [{ code: 'TH' }],
      themes: [{ code: 'people_smuggling' }],
    });
  });

  test('null and empty lists clear', async () => {
    const id = await idOf(register({ name: 'Example cleared', ...FULL }));
    const cleared = {
      names: null,
      description: null,
      source: null,
      footprint: { days: null, places: [], themes: null },
      mechanisms: null,
      commitments: [],
    };
    expect(await revise({ id, expectedVersion: 1, ...cleared }, ALL)).toMatchObject({
      name: 'Example cleared',
      names: [],
      description: '',
      source: null,
      mechanisms: [],
      commitments: [],
      footprint: { days: null, places: [], themes: [] },
    });
  });

  test('a version that is no longer stored is stale, and nothing changes', async () => {
    const id = await idOf(register({ name: 'Example stale' }));
    await revise({ id, expectedVersion: 1, name: 'Example stale first' });
    expect(await revise({ id, expectedVersion: 1, name: 'Example stale second' })).toMatchObject({
      __typename: 'StaleVersion',
      expected: 1,
      stored: 2,
    });
    expect(await namesOf({ search: 'Example stale' })).toEqual(['Example stale first']);
  });

  test('of simultaneous changes of one version exactly one is made', async () => {
    const id = await idOf(register({ name: 'Example contested' }));
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => revise({ id, expectedVersion: 1, name: `Example contested ${String(n)}` })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'Programme',
      ...Array<string>(4).fill('StaleVersion'),
    ]);
  });

  test('another actor’s programme is visible and forbidden, one that is none is not found', async () => {
    const id = await idOf(register({ name: 'Example theirs', owner: otherId }, '', coordinator));
    expect(await revise({ id, expectedVersion: 1, name: 'Mine' })).toMatchObject({ __typename: 'Forbidden' });
    const missing = 'prg_0000000000000000000000';
    expect(await revise({ id: missing, expectedVersion: 1 })).toMatchObject({ __typename: 'NotFound', missing });
    expect(await namesOf({ search: 'Example theirs' })).toEqual(['Example theirs']);
  });

  test('a refused change leaves nothing behind, not even the part that was right', async () => {
    const id = await idOf(register({ name: 'Example whole' }));
    await revise({ id, expectedVersion: 1, name: 'Example half', footprint: { places: ['BDD'] } });
    expect(await revise({ id, expectedVersion: 1, description: 'x' }, 'name')).toMatchObject({
      version: 2,
      name: 'Example whole',
    });
  });
});

describe('withdrawing', () => {
  test('is final, says why, and cancels all that is inside', async () => {
    const id = await idOf(register({ name: 'Example withdrawn', footprint: { days: { start: '2026-01-01' } } }));
    const campaign = await idOf(mutate(editor, 'planCampaign', { name: 'Example inside', programme: id }));
    const entry = await idOf(
      mutate(editor, 'addCalendarEntry', {
        name: 'Example day',
        campaign,
        footprint: { days: { start: '2026-02-01', end: '2026-02-02' } },
      }),
    );
    expect(
      await mutate(
        editor,
        'withdrawProgramme',
        { id, expectedVersion: 1, reason: 'No money.' },
        'status withdrawnReason',
      ),
    ).toMatchObject({
      version: 2,
      status: 'WITHDRAWN',
      withdrawnReason: 'No money.',
    });
    const inside = await coordinator.query(
      `query ($campaign: ID!, $entry: ID!) {
        campaign: node(id: $campaign) { ... on Campaign { campaignStatus: status version cancelledReason footprint { days { start } } } }
        entry: node(id: $entry) { ... on CalendarEntry { status version } }
      }`,
      { campaign, entry },
    );
    expect(inside).toEqual({
      campaign: {
        campaignStatus: 'CANCELLED',
        version: 2,
        cancelledReason: 'The programme it was part of was withdrawn. No money.',
        footprint: { days: { start: '2026-02-01' } },
      },
      entry: { status: 'CANCELLED', version: 2 },
    });
    expect(await revise({ id, expectedVersion: 2, name: 'Back again' })).toMatchObject({ __typename: 'Conflict' });
    expect(await mutate(editor, 'planCampaign', { name: 'Example late', programme: id })).toMatchObject({
      __typename: 'Conflict',
    });
  });
});

describe('reading', () => {
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

  beforeAll(async () => {
    const owner = await hub.actor({ name: 'Example Réseau Côtier' });
    const [sea, land] = [
      { places: ['BD-10'], themes: ['people_smuggling'] },
      { places: ['TH'], themes: ['trafficking_in_persons'] },
    ];
    const days = (start: number, end: number | null) => ({
      days: { start: day(start), end: end === null ? null : day(end) },
    });
    const rows: [string, object][] = [
      ['Rd Ákash', { footprint: { ...sea, ...days(-20, -10), channels: ['radio'], languages: ['bn-BD'] } }],
      ['Rd Bay', { footprint: { ...sea, ...days(-5, 5), places: ['BD'], audiences: ['fisher'] } }],
      ['Rd Coast', { footprint: { ...land, ...days(10, null), corridors: ['rohingya_andaman'], languages: ['th'] } }],
      [
        'Rd Delta',
        {
          footprint: land,
          names: [{ language: 'vi', text: 'Đồng bằng' }],
          partners: [{ actor: otherId, role: 'FUNDING' }],
        },
      ],
      [
        'Rd Estuary',
        { footprint: { ...days(-30, null), places: ['BD-13', 'LK'] }, identifier: { scheme: 'iati', value: 'RD-E' } },
      ],
    ];
    for (const [name, fields] of rows) await idOf(register({ name, owner, ...fields }, '', coordinator));
  });

  const RD = ['Rd Ákash', 'Rd Bay', 'Rd Coast', 'Rd Delta', 'Rd Estuary'];
  /** By code unit, as the list is: Á comes after all plain letters. */
  const rd = (letters: string): string[] => [...letters].map((letter) => RD['ABCDE'.indexOf(letter)] ?? '').sort();

  test.each<[string, () => object, string]>([
    ['a name without its accents', () => ({ search: 'rd akash' }), 'A'],
    ['a name in another language, in either case and without marks', () => ({ search: 'DONG BANG' }), 'D'],
    ['a country, by itself and by its parts', () => ({ countries: ['BD'] }), 'ABE'],
    ['a place: what is there and what is everywhere around it', () => ({ places: ['BD-10'] }), 'AB'],
    ['a whole country as a place: all its parts too', () => ({ places: ['BD'] }), 'ABE'],
    ['any of several places', () => ({ places: ['LK', 'TH'] }), 'CDE'],
    ['a theme', () => ({ themes: ['trafficking_in_persons'] }), 'CD'],
    ['an audience', () => ({ audiences: ['fisher'] }), 'B'],
    ['a channel', () => ({ channels: ['radio'] }), 'A'],
    ['a language by its primary subtag', () => ({ languages: ['bn'] }), 'A'],
    ['days that end on the first day', () => ({ between: { start: day(-40), end: day(-20) } }), 'AE'],
    ['days that begin on the last day', () => ({ between: { start: day(5), end: day(9) } }), 'BE'],
    ['days without an end', () => ({ between: { start: day(6) } }), 'CE'],
    ['programmes that are over', () => ({ statuses: ['ENDED'] }), 'A'],
    ['those that run or are planned', () => ({ statuses: ['ACTIVE', 'PLANNED'] }), 'BCE'],
    ['those without days', () => ({ statuses: ['UNDATED'] }), 'D'],
    ['a partner', () => ({ partners: [otherId] }), 'D'],
    ['an identifier', () => ({ identifier: { scheme: 'iati', value: 'RD-E' } }), 'E'],
    ['two filters at once', () => ({ countries: ['BD'], themes: ['people_smuggling'] }), 'AB'],
  ])('finds by %s', async (_what, filter, expected) => {
    expect((await namesOf(filter())).filter((name) => name.startsWith('Rd '))).toEqual(rd(expected));
  });

  test('the first and the last day belong to a programme’s days', async () => {
    const statusOf = async (start: number, end: number | null): Promise<unknown> => {
      const days = { start: day(start), end: end === null ? null : day(end) };
      return (await register({ name: 'Example status', footprint: { days } }, 'status'))['status'];
    };
    expect(await statusOf(0, null)).toBe('ACTIVE');
    expect(await statusOf(-3, 0)).toBe('ACTIVE');
    expect(await statusOf(-3, -1)).toBe('ENDED');
    expect(await statusOf(1, 1)).toBe('PLANNED');
  });

  test('finds by a corridor, stated or derived', async () => {
    const found = await namesOf({ search: 'rd ', corridors: ['rohingya_andaman'] });
    expect(found).toEqual(expect.arrayContaining(rd('ABC')));
    expect(found).not.toContain('Rd Estuary');
  });

  test('underscores and percent signs in a search stand for themselves', async () => {
    expect(await namesOf({ search: 'rd_bay' })).toEqual([]);
    expect(await namesOf({ search: 'rd%bay' })).toEqual([]);
  });

  test.each([
    ['NAME', 'ASC', 'BCDEÁ'],
    ['START', 'ASC', 'EÁBCD'],
    ['START', 'DESC', 'DCBÁE'],
    ['UPDATED', 'DESC', 'EDCBÁ'],
  ])(
    'pages by %s %s show every record once and in order, undated ones at the late end',
    async (field, direction, expected) => {
      const names: string[] = [];
      let after: string | null = null;
      do {
        const {
          programmes,
        }: { programmes: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
          await coordinator.query(
            `query ($after: String, $orderBy: ProgrammeOrder) {
            programmes(first: 2, after: $after, filter: { search: "rd " }, orderBy: $orderBy) { nodes { name } pageInfo { hasNextPage endCursor } }
          }`,
            { after, orderBy: { field, direction } },
          );
        names.push(...programmes.nodes.map(({ name }) => name.charAt(3)));
        after = programmes.pageInfo.hasNextPage ? programmes.pageInfo.endCursor : null;
      } while (after !== null && names.length < 20);
      // By code unit, Á comes after all plain letters.
      expect(names.join('')).toBe(field === 'NAME' ? 'BCDEÁ' : expected);
    },
  );

  test('a cursor of another order is refused', async () => {
    const page = `query ($after: String, $field: ProgrammeOrderField!) {
      programmes(first: 1, after: $after, orderBy: { field: $field }) { pageInfo { endCursor } }
    }`;
    const { programmes } = await coordinator.query<{ programmes: { pageInfo: { endCursor: string } } }>(page, {
      field: 'NAME',
    });
    const { errors } = await coordinator.send(page, { field: 'START', after: programmes.pageInfo.endCursor });
    expect(errors?.[0]?.message).toContain('cursor');
  });

  test('a change token leads to what was written since, and to nothing else', async () => {
    const { programmes } = await coordinator.query<{ programmes: { changeToken: string } }>(
      '{ programmes { changeToken } }',
    );
    const changed = await idOf(register({ name: 'Rd Zulu' }));
    expect(await namesOf({ changedAfter: programmes.changeToken })).toEqual(['Rd Zulu']);
    await revise({ id: changed, expectedVersion: 1, name: 'Example no longer' });
    expect(await namesOf({ changedAfter: programmes.changeToken })).toEqual(['Example no longer']);
  });

  test('an actor shows its programmes, filtered and in order', async () => {
    const { actors } = await coordinator.query(
      `{ actors(filter: { search: "reseau cotier" }) { nodes { name programmes(first: 2, filter: { countries: ["BD"] }, orderBy: { field: START }) {
        totalCount nodes { name } pageInfo { hasNextPage }
      } } } }`,
    );
    expect(actors).toEqual({
      nodes: [
        {
          name: 'Example Réseau Côtier',
          programmes: {
            totalCount: 3,
            nodes: [{ name: 'Rd Estuary' }, { name: 'Rd Ákash' }],
            pageInfo: { hasNextPage: true },
          },
        },
      ],
    });
  });

  test('everything about a page of programmes takes one statement, and so does one by id', async () => {
    const everything = `id name owner { name programmes(first: 3) { totalCount } } ${FOOTPRINT} status partners { actor { name } role }
      mechanisms { name channel { label } } commitments { kind } campaigns(first: 5) { nodes { name owner { name } entries { nodes { name } } } }`;
    const list = await statementsDuring(() =>
      coordinator.query(
        `{ programmes(first: 10, filter: { statuses: [ACTIVE, PLANNED] }) { totalCount nodes { ${everything} } } }`,
      ),
    );
    const id = await idOf(register({ name: 'Example by id' }));
    const single = await statementsDuring(() =>
      coordinator.query(`query ($id: ID!) { node(id: $id) { ... on Programme { ${everything} } } }`, { id }),
    );
    const reads = (statements: string[]): string[] => statements.filter((text) => text.includes(' as answer'));
    expect(reads(list)).toHaveLength(1);
    expect(reads(single)).toHaveLength(1);
    expect(list).toHaveLength(1);
    expect(single).toHaveLength(1);
  });
});
