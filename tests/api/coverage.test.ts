import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { refreshPresence } from '../../core/presence/refresh-presence.ts';
import { fixedClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { statementsDuring } from '../support/statements.ts';

/** A day in the first quarter of next year, so that it is in the future whenever this runs. */
const YEAR = new Date().getUTCFullYear() + 1;
const clock = fixedClock(Date.UTC(YEAR, 1, 10));
const DAYS = { start: `${String(YEAR)}-02-15`, end: `${String(YEAR)}-05-15` };

/**
 * In Bangladesh three actors keep from others that they reach returnees by radio in Bangla, two that they reach students, and three, who
 * release no more than country, month and theme, fishers. One campaign that members see reaches returnees, one students.
 */
let hub: TestHub;
let hidden: Client;
let member: Client;
let coordinator: Client;
let pending: Client;

beforeAll(async () => {
  hub = await testHub({ clock });
  const plan = async (audience: string, release: object, more: object = {}): Promise<string> => {
    const owner = await hub.actor();
    const footprint = {
      days: DAYS,
      places: ['BD-10'],
      themes: ['climate_mobility'],
      audiences: [audience],
      channels: ['radio'],
      languages: ['bn-BD'],
    };
    savedId(
      await hub.app.services.campaigns.plan(HUB_VIEWER, {
        name: 'Example campaign',
        owner,
        footprint,
        release,
        ...more,
      }),
    );
    return owner;
  };
  const times = async (count: number, audience: string, release: object, more: object = {}): Promise<string[]> => {
    const owners: string[] = [];
    for (let i = 0; i < count; i += 1) owners.push(await plan(audience, release, more));
    return owners;
  };
  const HIDDEN = { visibility: 'partners', matching: 'full' };
  const [one] = await times(3, 'returnee', HIDDEN);
  await times(2, 'student', HIDDEN);
  await times(3, 'fisher', { visibility: 'restricted', matching: 'coarse' });
  await times(3, 'teacher', { visibility: 'partners', matching: 'existence' });
  await times(3, 'recruiter', HIDDEN, { exclude: { actorKinds: ['media'] } });
  await times(1, 'returnee', { visibility: 'members', matching: 'full' });
  await times(1, 'student', { visibility: 'members', matching: 'full' });
  hidden = await hub.as('editor', one);
  member = await hub.as('viewer', await hub.actor());
  coordinator = await hub.as('coordinator');
  const stranger = await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'media' });
  pending = await hub.as('editor', savedId(stranger));
  const orm = await openOrm({ url: hub.database.workerUrl, entities, applicationName: 'test-worker' });
  await new UnitOfWork(orm, clock, systemRandomness).run(HUB_VIEWER, refreshPresence);
  await orm.close();
});
afterAll(() => hub.close());

interface Cell {
  readonly term: { readonly code: string };
  readonly quarter: { readonly quarter: number };
  readonly days: { readonly start: string; readonly end: string };
  readonly actors: number;
  readonly campaigns: number;
  readonly others: boolean;
}

const COVERAGE = `query ($corridor: String, $country: String, $by: CoverageFacet, $quarters: Int) {
  coverage(corridor: $corridor, country: $country, by: $by, quarters: $quarters) {
    term { code } quarter { year quarter } days { start end } actors campaigns others } }`;

/** `code quarter: campaigns, others` of each cell. */
async function seenBy(client: Client, asked: object = { country: 'BD' }): Promise<string[]> {
  const { coverage } = await client.query<{ coverage: Cell[] }>(COVERAGE, { ...asked });
  return coverage.map(
    ({ term, quarter, campaigns, others }) =>
      `${term.code} Q${String(quarter.quarter)}: ${String(campaigns)}${others ? ' and others' : ''}`,
  );
}

const SEEN = ['returnee Q1: 1 and others', 'returnee Q2: 1 and others', 'student Q1: 1', 'student Q2: 1'];

test('a member is told what it may read, and that others are there where three of them are', async () => {
  expect(await seenBy(member)).toEqual(SEEN);
});

test('an owner that is one of the three is told of no others, but counts what is its own', async () => {
  expect(await seenBy(hidden)).toEqual(['returnee Q1: 2', 'returnee Q2: 2', 'student Q1: 1', 'student Q2: 1']);
});

test('a coordinator counts what it may read, and is told of others like everybody', async () => {
  expect(await seenBy(coordinator)).toEqual([
    'returnee Q1: 4 and others',
    'returnee Q2: 4 and others',
    'student Q1: 3',
    'student Q2: 3',
    'teacher Q1: 3',
    'teacher Q2: 3',
    'recruiter Q1: 3',
    'recruiter Q2: 3',
  ]);
});

test('an actor that is not verified is told of nobody', async () => {
  expect(await seenBy(pending)).toEqual([]);
});

test('a theme is told of those who release no more than that, a channel and a language of those who do', async () => {
  expect(await seenBy(member, { country: 'BD', by: 'THEME', quarters: 1 })).toEqual([
    'climate_mobility Q1: 2 and others',
  ]);
  expect(await seenBy(member, { country: 'BD', by: 'CHANNEL', quarters: 1 })).toEqual(['radio Q1: 2 and others']);
  expect(await seenBy(member, { country: 'BD', by: 'LANGUAGE', quarters: 1 })).toEqual(['bn Q1: 2 and others']);
});

test('a corridor that nobody is on, and a country where nobody is, have no cells', async () => {
  expect(await seenBy(member, { corridor: 'lk_au_maritime' })).toEqual([]);
  expect(await seenBy(member, { country: 'AU' })).toEqual([]);
});

test('quarters are whole and begin with the present one', async () => {
  const { coverage } = await member.query<{ coverage: Cell[] }>(COVERAGE, { country: 'BD', quarters: 12 });
  expect(coverage[0]?.days).toEqual({ start: `${String(YEAR)}-01-01`, end: `${String(YEAR)}-03-31` });
  expect(coverage).toHaveLength(4);
});

test('coverage is one statement', async () => {
  await seenBy(member);
  const statements = await statementsDuring(() => seenBy(member));
  expect(statements.filter((text) => text.includes('coverage_cell'))).toHaveLength(1);
  expect(statements.filter((text) => /from "?(programme|campaign|calendar_entry)/.test(text))).toHaveLength(1);
});

test.each([
  ['neither corridor nor country', {}, 'either a corridor or a country'],
  ['both', { corridor: 'bd_my_labour', country: 'BD' }, 'either a corridor or a country'],
  ['a corridor that does not exist', { corridor: 'bd_my_labor' }, 'corridor: '],
  ['a country that does not exist', { country: 'XX' }, 'country: '],
  ['too many quarters', { country: 'BD', quarters: 13 }, 'between 1 and 12'],
])('%s: refused', async (_what, asked, message) => {
  const { errors } = await member.send(COVERAGE, { ...asked });
  expect(errors?.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
});
