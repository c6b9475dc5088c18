import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { scopesOf } from '../../core/access/scopes.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { suspendActor } from '../support/access.ts';
import type { Client, TestHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate, type Result } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';
import { securityWorld, type SecurityWorld } from '../security/world.ts';

/** It is 1 January 2027. Ramadan is from 8 February to 8 March, by calculation. */
let world: SecurityWorld;
let hub: TestHub;
let coordinator: Client;
/** Based in Bangladesh. */
let ngo: Client;
let state: Client;
let observer: Client;

beforeAll(async () => {
  world = await securityWorld();
  ({ hub } = world);
  coordinator = await hub.as('coordinator');
  ngo = await hub.as('editor', await hub.actor({ name: 'Example Coast Watch', basedIn: ['BD'] }));
  state = await hub.as('editor', await hub.actor({ kind: 'state_national', basedIn: ['MY'] }));
  observer = await hub.as('observer');
});
afterAll(() => world.close());

const BAND = `kind name days { start end days } countries { code } corridor { code } reason source estimated
  observance { id name enteredBy { id } }`;

interface Band {
  readonly kind: string;
  readonly name: string;
  readonly days: { readonly start: string; readonly end: string; readonly days: number };
  readonly countries: readonly { readonly code: string }[];
  readonly corridor: { readonly code: string } | null;
  readonly source: string;
  readonly estimated: boolean;
  readonly observance: { readonly id: string; readonly enteredBy: { readonly id: string } | null } | null;
}

const YEAR = { start: '2027-01-01', end: '2027-12-31' };

async function observances(client: Client, variables: object): Promise<readonly Band[]> {
  const found = await client.query<{ observances: readonly Band[] }>(
    `query ($between: DayRangeInput!, $countries: [String!], $kinds: [ObservanceKind!]) {
      observances(between: $between, countries: $countries, kinds: $kinds) { ${BAND} } }`,
    { between: YEAR, ...variables },
  );
  return found.observances;
}

type Write = 'recordObservance' | 'reviseObservance' | 'withdrawObservance';

async function write(client: Client, name: Write, input: object): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename
      ... on Observance { id version kind name days { start end days } countries { code } reason source estimated withdrawn enteredBy { id } }
      ... on Problem { code message } ... on InvalidInput { issues { path message } } } }`,
    { input },
  );
  return result;
}

const ELECTION = {
  kind: 'ELECTION',
  name: 'Example local elections',
  days: { start: '2027-04-05', end: '2027-04-11' },
  countries: ['BD'],
  source: 'https://example.org/gazette',
};

describe('observances', () => {
  test('are told of the countries asked for, by start, with where they come from', async () => {
    const found = await observances(observer, { countries: ['BD'], kinds: ['RELIGIOUS_PERIOD', 'INTERNATIONAL_DAY'] });
    expect(found.map(({ name, days, countries }) => [name, days.start, countries.map(({ code }) => code)])).toEqual([
      ['Ramadan', '2027-02-08', ['BD']],
      ['World Refugee Day', '2027-06-20', []],
      ['World Day against Trafficking in Persons', '2027-07-30', []],
      ['International Migrants Day', '2027-12-18', []],
    ]);
    expect(found[0]).toMatchObject({
      days: { end: '2027-03-08', days: 29 },
      estimated: true,
      source: expect.stringContaining('date-holidays'),
      observance: null,
      corridor: null,
    });
  });

  test('without a country are those of the members, each once for all that observe it on the same days', async () => {
    const found = await observances(ngo, { kinds: ['RELIGIOUS_PERIOD'] });
    expect(found.map(({ name }) => name)).toEqual(['Ramadan']);
    expect(found[0]?.countries.map(({ code }) => code)).toEqual([
      'AE',
      'AF',
      'BD',
      'BN',
      'ID',
      'IQ',
      'IR',
      'JO',
      'MV',
      'MY',
      'PK',
      'SY',
      'TR',
    ]);
  });

  test.each([
    [{ between: { start: '2027-01-01' } }, 'until which day'],
    [{ between: { start: '2027-01-01', end: '2030-01-01' } }, 'At most 731 days'],
    [{ between: { start: '2027-02-01', end: '2027-01-01' } }, 'before the start'],
    [{ countries: ['XX'] }, 'There is no place XX'],
  ])('are refused for %o', async (variables, message) => {
    const { errors } = await ngo.send(
      `query ($between: DayRangeInput!, $countries: [String!]) { observances(between: $between, countries: $countries) { name } }`,
      { between: YEAR, ...variables },
    );
    expect(errors?.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
  });
});

describe('entering observances', () => {
  test('an editor enters, revises and withdraws what is observed where its actor is based', async () => {
    const entered = await write(ngo, 'recordObservance', ELECTION);
    expect(entered).toMatchObject({
      __typename: 'Observance',
      version: 1,
      enteredBy: { id: ngo.actorId },
      withdrawn: false,
    });
    const listed = await observances(state, { countries: ['BD'], kinds: ['ELECTION'] });
    expect(listed).toMatchObject([{ name: ELECTION.name, source: ELECTION.source, observance: { id: entered['id'] } }]);
    expect(await observances(state, { countries: ['MY'], kinds: ['ELECTION'] })).toEqual([]);

    const target = { id: entered['id'] };
    const revised = await write(ngo, 'reviseObservance', { ...target, expectedVersion: 1, estimated: true });
    expect(revised).toMatchObject({ version: 2, estimated: true, name: ELECTION.name, countries: [{ code: 'BD' }] });
    expect(await write(ngo, 'reviseObservance', { ...target, expectedVersion: 1, name: 'Late' })).toMatchObject({
      __typename: 'StaleVersion',
    });
    expect(await write(ngo, 'withdrawObservance', { ...target, expectedVersion: 2 })).toMatchObject({
      withdrawn: true,
    });
    expect(await observances(state, { countries: ['BD'], kinds: ['ELECTION'] })).toEqual([]);
    const { node } = await state.query<{ node: object }>(
      'query ($id: ID!) { node(id: $id) { id ... on Observance { name withdrawn } } }',
      target,
    );
    expect(node).toEqual({ ...target, name: ELECTION.name, withdrawn: true });
    expect(await write(ngo, 'withdrawObservance', { ...target, expectedVersion: 3 })).toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('a retry with the same key enters nothing twice', async () => {
    const input = { ...ELECTION, name: 'Example once', clientMutationKey: 'once' };
    const [first, second] = [await write(ngo, 'recordObservance', input), await write(ngo, 'recordObservance', input)];
    expect(second['id']).toBe(first['id']);
  });

  test('coordinators enter anything, and change what others entered; nobody else changes what is theirs', async () => {
    const everywhere = await write(coordinator, 'recordObservance', { ...ELECTION, kind: 'OTHER', countries: null });
    expect(everywhere).toMatchObject({ countries: [], enteredBy: null });
    const target = { id: everywhere['id'], expectedVersion: 1 };
    expect(await write(ngo, 'reviseObservance', { ...target, name: 'Mine' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await write(coordinator, 'withdrawObservance', target)).toMatchObject({ withdrawn: true });
    const entered = await write(ngo, 'recordObservance', { ...ELECTION, name: 'Example typo' });
    const corrected = { id: entered['id'], expectedVersion: 1, name: 'Example corrected' };
    expect(await write(state, 'reviseObservance', corrected)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await write(coordinator, 'reviseObservance', corrected)).toMatchObject({ name: 'Example corrected' });
  });

  test.each([
    ['another country', { countries: ['MY'] }],
    ['its own country and another', { countries: ['BD', 'MY'] }],
    ['everywhere', { countries: [] }],
  ])('an editor enters nothing for %s', async (_where, fields) => {
    expect(await write(ngo, 'recordObservance', { ...ELECTION, ...fields })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('nor does an actor that is not verified, nor anybody who only reads', async () => {
    const pending = savedId(
      await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'media', basedIn: ['BD'] }),
    );
    for (const client of [await hub.as('editor', pending), await hub.as('viewer', ngo.actorId), observer])
      expect(await write(client, 'recordObservance', ELECTION)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('the database refuses it too, whatever the application allows', async () => {
    const viewer: Viewer = {
      keyId: 'key',
      userId: null,
      label: 'a bug',
      role: 'editor',
      actorId: ngo.actorId,
      scopes: scopesOf('editor'),
    };
    const insert = (owner: string | null, countries: string) =>
      hub.app.services.unitOfWork.run(viewer, ({ em, now }) =>
        sql`insert into observance (id, owner_id, kind, name, starts_on, ends_on, countries, source, estimated, created_at, updated_at)
          values (${`obs_${countries}${String(owner)}`}, ${owner}, 'OTHER', 'x', '2027-01-01', '2027-01-01', ${countries}::text[], 'x', false, ${now}, ${now})`.execute(
          em.getKysely(),
        ),
      );
    for (const [owner, countries] of [
      [ngo.actorId, '{MY}'],
      [ngo.actorId, '{}'],
      [null, '{BD}'],
      [state.actorId, '{MY}'],
    ] as const)
      await expect(insert(owner, countries)).rejects.toThrow(/row-level security/);
    await insert(ngo.actorId, '{BD}');
  });

  test.each([
    [{ countries: ['BD-B'] }, 'input.countries[0]'],
    [{ countries: ['ZZ'] }, 'input.countries[0]'],
    [{ days: { start: '2027-04-11', end: '2027-04-05' } }, 'input.days.end'],
    [{ days: { start: '2027-04-11', end: '2029-04-05' } }, 'input.days.end'],
    [{ days: { start: '2027-04-11' } }, 'input.days.end'],
    [{ source: ' ' }, 'input.source'],
  ])('%o is refused at its path', async (fields, path) => {
    const refused = await write(coordinator, 'recordObservance', { ...ELECTION, ...fields });
    expect(refused['issues']).toMatchObject([{ path }]);
  });

  test('what was entered for an actor goes when it is suspended, and with it when it is merged', async () => {
    const suspended = await hub.actor({ basedIn: ['NP'] });
    const editor = await hub.as('editor', suspended);
    await write(editor, 'recordObservance', { ...ELECTION, name: 'Example of somebody suspended', countries: ['NP'] });
    const inNepal = () => observances(state, { countries: ['NP'], kinds: ['ELECTION'] });
    expect(await inNepal()).toHaveLength(1);
    await suspendActor(coordinator, suspended);
    expect(await inNepal()).toEqual([]);

    const [from, into] = [await hub.actor({ basedIn: ['LK'] }), await hub.actor({ basedIn: ['LK'] })];
    await write(await hub.as('editor', from), 'recordObservance', { ...ELECTION, countries: ['LK'] });
    await coordinator.query(
      `mutation ($input: MergeActorsInput!) { mergeActors(input: $input) { __typename ... on Problem { message } } }`,
      { input: { survivor: into, duplicate: from, expectedVersion: 2 } },
    );
    const kept = await observances(state, { countries: ['LK'], kinds: ['ELECTION'] });
    expect(kept).toMatchObject([{ observance: { enteredBy: { id: into } } }]);
  });
});

describe('bands of a calendar', () => {
  const calendar = (client: Client, filter: object, args = '') =>
    client.query<{ calendar: { bands: readonly Band[] } }>(
      `query ($filter: CalendarFilter!) { calendar(first: 1, filter: $filter) { totalCount bands${args} { ${BAND} } } }`,
      { filter: { between: YEAR, ...filter } },
    );

  test('are the observances and seasons of the places listed', async () => {
    const { calendar: page } = await calendar(ngo, { places: ['BD-B'] });
    const told = page.bands.map(({ kind, name, days }) => `${kind} ${name} ${days.start} ${days.end}`);
    expect(told).toContain('RELIGIOUS_PERIOD Ramadan 2027-02-08 2027-03-08');
    expect(told).toContain('PUBLIC_HOLIDAY Independence Day 2027-03-26 2027-03-26');
    expect(told).toContain('INTERNATIONAL_DAY International Migrants Day 2027-12-18 2027-12-18');
    // One season began last year.
    expect(told.filter((one) => one.startsWith('SEASON'))).toEqual([
      'SEASON Rohingya, Andaman Sea 2026-10-01 2027-01-31',
      'SEASON Rohingya, Andaman Sea 2027-10-01 2028-01-31',
    ]);
    const season = page.bands.find(({ kind }) => kind === 'SEASON');
    expect(season).toMatchObject({
      corridor: { code: 'rohingya_andaman' },
      reason: expect.stringContaining('sailing'),
    });
    expect(season?.countries.map(({ code }) => code)).toEqual(['BD', 'ID', 'MM', 'MY', 'TH']);
    const starts = page.bands.map(({ days }) => days.start);
    expect(starts).toEqual([...starts].sort());
  });

  test('of a corridor are those of all its countries', async () => {
    const { calendar: page } = await calendar(ngo, { corridors: ['rohingya_andaman'] }, '(kinds: [PUBLIC_HOLIDAY])');
    const countries = new Set(page.bands.flatMap((band) => band.countries.map(({ code }) => code)));
    expect([...countries].sort()).toEqual(['BD', 'ID', 'MM', 'MY', 'TH']);
  });

  test('can be asked for other days and countries than are listed, and under another name', async () => {
    const found = await ngo.query<{ calendar: Record<string, readonly Band[]> }>(
      `{ calendar(first: 1, filter: { between: { start: "2027-01-01" } }) {
        songkran: bands(between: { start: "2027-04-13", end: "2027-04-13" }, countries: ["TH"], kinds: [PUBLIC_HOLIDAY]) { n: name days { s: start } }
        none: bands(between: { start: "2027-04-17", end: "2027-04-18" }, countries: ["TH"], kinds: [PUBLIC_HOLIDAY]) { name }
      } }`,
    );
    expect(found.calendar).toMatchObject({
      songkran: [{ n: 'Songkran Festival', days: { s: '2027-04-13' } }],
      none: [],
    });
  });

  test('of the entries of a campaign are asked for with their days', async () => {
    await idOf(mutate(ngo, 'planCampaign', { name: 'Example with entries', footprint: { places: ['BD'] } }));
    const nested = (args: string) =>
      ngo.send<{ campaigns: { nodes: { entries: { bands: Band[] } }[] } }>(
        `{ campaigns(first: 1) { nodes { entries(first: 1) { bands${args} { name } } } } }`,
      );
    const { data } = await nested(
      '(between: { start: "2027-02-10", end: "2027-02-10" }, countries: ["BD"], kinds: [RELIGIOUS_PERIOD])',
    );
    expect(data.campaigns.nodes[0]?.entries.bands).toMatchObject([{ name: 'Ramadan' }]);
    const { errors } = await nested('');
    expect(errors?.[0]?.message).toContain('between which days');
  });

  test('cost a look at the vocabulary beside the list, and nothing where nobody asks for them', async () => {
    await calendar(ngo, { places: ['BD'] });
    expect(await statementsDuring(() => calendar(ngo, { places: ['BD'] }))).toHaveLength(2);
    const bare = '{ calendar(first: 1, filter: { between: { start: "2027-01-01" } }) { nodes { id } } }';
    expect(await statementsDuring(() => ngo.query(bare))).toHaveLength(1);
  });
});

const PROPOSE = `query ($input: ProposeDatesInput!) { proposeDates(input: $input) {
  window { start end days } score explanation tradeOffs { code favourable parameters { name values } sentence } } }`;

interface Proposal {
  readonly window: { readonly start: string; readonly end: string; readonly days: number };
  readonly score: number;
  readonly explanation: string;
  readonly tradeOffs: readonly {
    readonly code: string;
    readonly favourable: boolean;
    readonly sentence: string;
    readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[];
  }[];
}

const HALF_YEAR = { start: '2027-01-01', end: '2027-06-30' };
const FOOTPRINT = { places: ['PK'], audiences: ['prospective_migrant'], themes: ['ethical_recruitment'] };

async function propose(client: Client, input: object): Promise<readonly Proposal[]> {
  const { proposeDates } = await client.query<{ proposeDates: readonly Proposal[] }>(PROPOSE, {
    input: { lengthDays: 14, between: HALF_YEAR, ...input },
  });
  return proposeDates;
}

const refusedFor = async (client: Client, input: object): Promise<string> => {
  const { errors } = await client.send(PROPOSE, { input: { between: HALF_YEAR, ...input } });
  return errors?.map(({ message }) => message).join(' ') ?? 'nothing';
};

const tradeOff = (proposal: Proposal | undefined, code: string) => proposal?.tradeOffs.find((one) => one.code === code);
const parameter = (proposal: Proposal | undefined, code: string, name: string) =>
  tradeOff(proposal, code)?.parameters.find((one) => one.name === name)?.values;

describe('proposing dates', () => {
  test('moves a campaign off Ramadan, and says so in codes and in words', async () => {
    const found = await propose(ngo, { footprint: FOOTPRINT });
    expect(found).toHaveLength(5);
    const [best] = found;
    expect(best?.window.days).toBe(14);
    for (const { window } of found.slice(0, 3))
      expect(window.end < '2027-02-08' || window.start > '2027-03-08').toBe(true);
    expect(parameter(best, 'AVOIDS_OBSERVANCE', 'NAME')).toEqual(['Ramadan']);
    expect(parameter(best, 'AVOIDS_OBSERVANCE', 'COUNTRIES')).toEqual(['PK']);
    expect(tradeOff(best, 'AVOIDS_OBSERVANCE')).toMatchObject({
      favourable: true,
      sentence: expect.stringContaining('it is clear of Ramadan in Pakistan.'),
    });
    expect(best?.explanation).toMatch(/ 2027: .*clear of Ramadan in Pakistan.*\.$/);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test('proposes nothing inside what is to be avoided, where people entered it too', async () => {
    const between = { start: '2027-02-10', end: '2027-04-20' };
    const [inRamadan] = await propose(ngo, { footprint: FOOTPRINT, between: { ...between, end: '2027-02-28' } });
    expect(parameter(inRamadan, 'INSIDE_OBSERVANCE', 'DAYS')).toEqual(['14']);
    expect(
      await propose(ngo, {
        footprint: FOOTPRINT,
        between: { ...between, end: '2027-02-28' },
        avoid: ['RELIGIOUS_PERIOD'],
      }),
    ).toEqual([]);
    const avoid = ['RELIGIOUS_PERIOD', 'PUBLIC_HOLIDAY'];
    const first = (await propose(ngo, { footprint: FOOTPRINT, between, avoid, lengthDays: 10 }))[0]?.window.start;
    const vote = { ...ELECTION, countries: ['PK'], days: { start: '2027-03-12', end: '2027-04-05' } };
    await write(coordinator, 'recordObservance', vote);
    const rest = await propose(ngo, { footprint: FOOTPRINT, between, avoid: [...avoid, 'ELECTION'], lengthDays: 10 });
    expect(first).toBe('2027-03-12');
    expect(rest.map(({ window }) => window.start)).toEqual(['2027-04-06', '2027-04-11']);
  });

  test('counts home visits for families, and the season of a corridor', async () => {
    const families = { ...FOOTPRINT, places: ['ID'], audiences: ['household_decision_maker'] };
    const [atHome] = await propose(ngo, { footprint: families, between: { start: '2027-02-01', end: '2027-04-30' } });
    expect(parameter(atHome, 'HOME_VISIT_PEAK', 'NAME')).toEqual(['Eid al-Fitr']);
    const bySea = { places: ['BD'], corridors: ['rohingya_andaman'], audiences: ['refugee_in_camp'] };
    const between = { start: '2027-05-01', end: '2027-12-31' };
    const [before] = await propose(ngo, { footprint: bySea, between });
    expect(parameter(before, 'BEFORE_SEASON', 'CORRIDOR')).toEqual(['rohingya_andaman']);
    expect(tradeOff(before, 'BEFORE_SEASON')?.sentence).toContain('opens in October');
  });

  test('where only a corridor is stated, its countries count', async () => {
    const ramadan = await propose(ngo, {
      footprint: { corridors: ['bd_my_labour'] },
      between: { start: '2027-02-10', end: '2027-02-23' },
    });
    expect(parameter(ramadan[0], 'INSIDE_OBSERVANCE', 'COUNTRIES')).toEqual(['BD', 'MY']);
  });

  test.each([
    [{}, 'and not both'],
    [{ footprint: FOOTPRINT, of: 'cmp_x' }, 'and not both'],
    [{ footprint: FOOTPRINT }, 'how many days'],
    [{ footprint: FOOTPRINT, lengthDays: 0 }, 'lengthDays'],
    [{ footprint: FOOTPRINT, lengthDays: 5, between: { start: '2027-01-01' } }, 'between.end'],
    [{ footprint: FOOTPRINT, lengthDays: 5, between: { start: '2027-01-01', end: '2031-01-01' } }, 'between.end'],
    [{ footprint: { ...FOOTPRINT, places: ['BDX'] }, lengthDays: 5 }, 'input.footprint.places[0]'],
    [{ of: 'cmp_0000000000000000000000', lengthDays: 5 }, 'There is no record'],
    [{ of: 'sug_0000000000000000000000', lengthDays: 5 }, 'There is no record'],
    [{ of: 'nonsense', lengthDays: 5 }, 'There is no record'],
  ])('%o is refused', async (input, message) => {
    expect(await refusedFor(ngo, input)).toContain(message);
  });

  test('costs a look of the budget and writes nothing else', async () => {
    const counts = () =>
      withClient(hub.database.adminUrl, async (client) => {
        const { rows } = await client.query<{ used: number; written: number }>(
          `select (select coalesce(sum(used), 0)::int from app.probe_budget where party = '${ngo.actorId ?? ''}') as used,
            (select count(*)::int from app.audit) + (select count(*)::int from app.outbox_event) as written`,
        );
        return rows[0] ?? { used: 0, written: 0 };
      });
    const before = await counts();
    await propose(ngo, { footprint: FOOTPRINT });
    expect(await counts()).toEqual({ used: before.used + 1, written: before.written });
  });

  test('an observer is told of observances, but not of campaigns', async () => {
    const found = await propose(observer, { footprint: FOOTPRINT });
    expect(tradeOff(found[0], 'AVOIDS_OBSERVANCE')).toBeDefined();
    expect(found.some((one) => tradeOff(one, 'COMPETES_WITH') ?? tradeOff(one, 'JOINS'))).toBe(false);
  });
});

describe('campaigns of others', () => {
  /** In Nepal, whose other campaigns are none. */
  const there = { places: ['NP'], audiences: ['student'], themes: ['document_fraud'] };
  const days = { start: '2027-01-01', end: '2027-06-30' };
  const seen = { visibility: 'MEMBERS', matching: 'FULL', placePrecision: 'EXACT' };
  const hidden = { visibility: 'PARTNERS', matching: 'FULL', placePrecision: 'COUNTRY' };
  const plan = async (client: Client, release: object, footprint: object = there): Promise<string> =>
    idOf(mutate(client, 'planCampaign', { name: 'Example campaign', footprint: { days, ...footprint }, release }));
  const competing = async (client: Client, input: object = { footprint: there }) =>
    parameter((await propose(client, input))[0], 'COMPETES_WITH', 'COUNT');

  test('are counted when they are seen, and from three owners on when they are not', async () => {
    expect(await competing(ngo)).toBeUndefined();
    const shown = await plan(state, seen);
    await world.settle();
    expect(await competing(ngo)).toEqual(['1']);
    for (const owner of ['one', 'two']) {
      const editor = await hub.as('editor', await hub.actor({ name: `Example hidden ${owner}` }));
      await plan(editor, hidden);
      await plan(editor, hidden);
    }
    await world.settle();
    expect(await competing(ngo)).toEqual(['1']);
    await plan(await hub.as('editor', await hub.actor()), hidden);
    await world.settle();
    expect(await competing(ngo)).toEqual(['6']);
    // What one may see, one counts from the first: coordinators see all of these, their owner its own never.
    expect(await competing(coordinator)).toEqual(['6']);
    expect(await competing(state)).toEqual(['5']);
    expect(shown).toMatch(/^cmp_/);
  });

  test('count once, whatever they are made of', async () => {
    const place = { ...there, places: ['BT'] };
    const programme = await idOf(
      mutate(state, 'registerProgramme', { name: 'Example programme', footprint: { days, ...place }, release: seen }),
    );
    const campaign = await idOf(
      mutate(state, 'planCampaign', { name: 'Example', programme, footprint: { days }, release: seen }),
    );
    const footprint = { days: { start: '2027-01-01', end: '2027-06-01' }, languages: ['dz'] };
    for (const name of ['first', 'second'])
      await idOf(mutate(state, 'addCalendarEntry', { name, campaign, footprint }));
    await world.settle();
    expect(await competing(ngo, { footprint: place })).toEqual(['1']);
  });

  test('at another end of the route are joined', async () => {
    const route = { corridors: ['pacific_seasonal'], audiences: ['fisher'], themes: ['ethical_recruitment'] };
    await plan(state, seen, { ...route, places: ['AU'] });
    await world.settle();
    const [best] = await propose(ngo, { footprint: { ...route, places: ['VU'] } });
    expect(parameter(best, 'JOINS', 'COUNT')).toEqual(['1']);
    expect(tradeOff(best, 'COMPETES_WITH')).toBeUndefined();
  });

  test('do not include what is to be moved: an own campaign keeps its length, and meets neither itself nor its parts', async () => {
    const place = { ...there, places: ['MN'] };
    const own = await plan(ngo, seen, { ...place, days: { start: '2027-03-01', end: '2027-03-21' } });
    await world.settle();
    const found = await propose(ngo, { of: own, lengthDays: null });
    expect(found[0]?.window.days).toBe(21);
    expect(found.some((one) => tradeOff(one, 'COMPETES_WITH'))).toBe(false);
    expect(await refusedFor(state, { of: own })).toContain('Only its owner and coordinators');
    for (const client of [coordinator, await hub.as('viewer', ngo.actorId)])
      expect((await propose(client, { of: own }))[0]?.window.days).toBe(14);
  });

  test('what is hidden is moved by nobody else, and asked for answers as what does not exist', async () => {
    const secret = await plan(ngo, { visibility: 'PARTNERS', matching: 'NONE', placePrecision: 'NONE' });
    const nothing = 'cmp_0000000000000000000000';
    const answer = (await refusedFor(state, { of: secret })).replace(secret, nothing);
    expect(answer).toBe(await refusedFor(state, { of: nothing }));
  });

  test('a suggestion is moved without counting those who take part in it', async () => {
    const route = {
      corridors: ['vn_jp_kr'],
      audiences: ['graduate_jobseeker'],
      themes: ['forced_labour_debt_bondage'],
    };
    const when = { days: { start: '2027-05-01', end: '2027-05-31' } };
    await plan(ngo, seen, { ...route, ...when, places: ['VN'] });
    await plan(state, seen, { ...route, ...when, places: ['JP'] });
    await world.settle();
    const { suggestions } = await coordinator.query<{
      suggestions: { nodes: { id: string }[] };
    }>(`{ suggestions(filter: { corridor: "vn_jp_kr" }) { nodes { id } } }`);
    const [suggestion] = suggestions.nodes;
    const may = await propose(coordinator, { of: suggestion?.id, lengthDays: null, between: when.days });
    expect(may.map(({ window }) => window)).toMatchObject([{ start: '2027-05-01', end: '2027-05-31', days: 31 }]);
    expect(may.some((one) => tradeOff(one, 'COMPETES_WITH') ?? tradeOff(one, 'JOINS'))).toBe(false);
    const tet = await propose(coordinator, { of: suggestion?.id, between: { start: '2027-01-25', end: '2027-02-20' } });
    expect(tet[0]?.tradeOffs.map(({ code }) => code)).toContain('PUBLIC_HOLIDAYS');
  });
});
