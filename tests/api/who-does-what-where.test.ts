import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { type Chooser, chooser } from '../support/registry-steps.ts';
import { statementsDuring } from '../support/statements.ts';

/** Fifteen programmes, thirty campaigns and thirty entries of seven actors, shown to some and not to others, seen by five viewers. */
let hub: TestHub;
let viewers: Readonly<Record<string, Client>>;
const actors: string[] = [];

const KINDS = ['state_national', 'national_ngo', 'diaspora_association', 'media', 'intergovernmental'];
const PLACES = ['BD', 'BD-10', 'MY', 'ID', 'TH'];
const THEMES = ['people_smuggling', 'trafficking_in_persons', 'fraudulent_recruitment'];
const AUDIENCES = ['prospective_migrant', 'returnee', 'youth_15_24'];
const CHANNELS = ['radio', 'facebook', 'community_meeting'];
const LANGUAGES = ['bn', 'bn-BD', 'en', 'ms'];
const CORRIDORS = ['rohingya_andaman', 'bd_my_labour'];
const VISIBILITIES = ['public', 'members', 'partners', 'restricted'];
const PRECISIONS = ['exact', 'subdivision', 'country', 'none'];

beforeAll(async () => {
  hub = await testHub();
  const { services } = hub.app;
  const choose = chooser(seededRandomness('who does what where'));
  for (const [i, kind] of [...KINDS, 'national_ngo', 'telecom'].entries())
    actors.push(await hub.actor({ kind, name: `Example ${String(9 - i)}` }));
  const programmes: string[] = [];
  const campaigns: string[] = [];
  const release = () => ({ visibility: choose.oneOf(VISIBILITIES), placePrecision: choose.oneOf(PRECISIONS) });
  for (let i = 0; i < 15; i += 1) {
    const input = { name: `Example programme ${String(i)}`, owner: choose.oneOf(actors), footprint: footprint(choose) };
    const id = savedId(await services.programmes.register(HUB_VIEWER, { ...input, release: release() }));
    if (i % 7 === 3) savedId(await services.programmes.withdraw(HUB_VIEWER, { id, expectedVersion: 1 }));
    else programmes.push(id);
  }
  for (let i = 0; i < 30; i += 1) {
    const home = i % 3 === 0 ? { programme: choose.oneOf(programmes) } : { owner: choose.oneOf(actors) };
    const input = { name: `Example campaign ${String(i)}`, ...home, footprint: footprint(choose) };
    const id = savedId(await services.campaigns.plan(HUB_VIEWER, { ...input, release: release() }));
    if (i % 10 === 9) savedId(await services.campaigns.cancel(HUB_VIEWER, { id, expectedVersion: 1 }));
    else campaigns.push(id);
  }
  for (let i = 0; i < 30; i += 1) {
    const input = {
      name: `Example entry ${String(i)}`,
      campaign: choose.oneOf(campaigns),
      kind: choose.oneOf(['event', 'training']),
    };
    const status = choose.oneOf(['tentative', 'confirmed']);
    const id = savedId(
      await services.calendar.add(HUB_VIEWER, {
        ...input,
        status,
        footprint: { ...footprint(choose), days: someDays(choose) },
      }),
    );
    if (i % 4 === 3) savedId(await services.calendar.cancel(HUB_VIEWER, { id, expectedVersion: 1 }));
  }
  // Others know no place of it, its owner does.
  const nowhere = {
    footprint: { places: ['BD-10'], themes: THEMES },
    release: { visibility: 'members', placePrecision: 'none' },
  };
  savedId(await services.programmes.register(HUB_VIEWER, { name: 'Example nowhere', owner: actors[0], ...nowhere }));
  const pending = savedId(await services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'media' }));
  viewers = {
    'an owner': await hub.as('editor', actors[0]),
    'another owner': await hub.as('viewer', actors[2]),
    'a member that owns little': await hub.as('viewer', await hub.actor()),
    'an actor that is not verified': await hub.as('editor', pending),
    'a coordinator': await hub.as('coordinator'),
  };
});
afterAll(() => hub.close());

function footprint(choose: Chooser): Record<string, unknown> {
  const often = (list: readonly string[]): string[] => (choose.below(4) === 0 ? [] : choose.someOf(list, 2));
  return {
    places: often(PLACES),
    themes: often(THEMES),
    audiences: often(AUDIENCES),
    channels: often(CHANNELS),
    languages: often(LANGUAGES),
    corridors: choose.below(3) === 0 ? choose.someOf(CORRIDORS, 1) : [],
    ...(choose.below(5) === 0 ? {} : { days: someDays(choose) }),
  };
}

function someDays(choose: Chooser): { start: string; end: string | null } {
  const start = Date.UTC(2027, choose.below(12), 1 + choose.below(28));
  const end = start + choose.oneOf([0, 3, 20, 60, 200]) * 86_400_000;
  return { start: written(start), end: choose.below(8) === 0 ? null : written(end) };
}

const written = (at: number): string => new Date(at).toISOString().slice(0, 10);

interface Coded {
  readonly code: string;
}

/** A record as a viewer reads it in a list. */
interface Read {
  readonly __typename: 'Programme' | 'Campaign' | 'CalendarEntry';
  readonly id: string;
  readonly owner: { readonly id: string; readonly kind: Coded };
  readonly footprint: {
    readonly days: { readonly start: string; readonly end: string | null } | null;
    readonly places: readonly { readonly country: Coded }[];
    readonly corridors: readonly Coded[];
    readonly themes: readonly Coded[];
    readonly audiences: readonly Coded[];
    readonly channels: readonly Coded[];
    readonly languages: readonly string[];
  };
  readonly status: string;
}

const RECORD = `__typename id status owner { id kind { code } } footprint { days { start end } places { country { code } }
  corridors { code } themes { code } audiences { code } channels { code } languages }`;

/** All that a viewer reads in the three lists, without what was withdrawn or cancelled. */
async function readEverything(client: Client): Promise<Read[]> {
  const { programmes, campaigns, calendar } = await client.query<Record<string, { nodes: Read[] }>>(`{
    programmes(first: 100) { nodes { ${RECORD} } }
    campaigns(first: 100) { nodes { ${RECORD} } }
    calendar(first: 100, filter: { between: { start: "2000-01-01" } }) { nodes { ${RECORD} } } }`);
  const all = [programmes, campaigns, calendar].flatMap((list) => list?.nodes ?? []);
  return all.filter(({ status }) => status !== 'WITHDRAWN' && status !== 'CANCELLED');
}

type Axis =
  'ACTOR' | 'ACTOR_KIND' | 'COUNTRY' | 'CORRIDOR' | 'THEME' | 'AUDIENCE' | 'CHANNEL' | 'LANGUAGE' | 'MONTH' | 'QUARTER';
const AXES: readonly Axis[] = [
  'ACTOR',
  'ACTOR_KIND',
  'COUNTRY',
  'CORRIDOR',
  'THEME',
  'AUDIENCE',
  'CHANNEL',
  'LANGUAGE',
  'MONTH',
  'QUARTER',
];
const BETWEEN = { start: '2027-02-10', end: '2027-10-20' };

function valuesOf(axis: Axis, { owner, footprint: told }: Read): string[] {
  const codes = (list: readonly Coded[]): string[] => list.map(({ code }) => code);
  switch (axis) {
    case 'ACTOR':
      return [owner.id];
    case 'ACTOR_KIND':
      return [owner.kind.code];
    case 'COUNTRY':
      return [...new Set(codes(told.places.map(({ country }) => country)))];
    case 'CORRIDOR':
      return codes(told.corridors);
    case 'THEME':
      return codes(told.themes);
    case 'AUDIENCE':
      return codes(told.audiences);
    case 'CHANNEL':
      return codes(told.channels);
    case 'LANGUAGE':
      return [...new Set(told.languages.map((tag) => tag.split('-')[0] ?? ''))];
    case 'MONTH':
      return MONTHS.filter((month) => isIn(month, told.days));
    case 'QUARTER':
      return quartersOf(MONTHS.filter((month) => isIn(month, told.days)));
  }
}

/** Day by day. */
function isIn(month: string, days: Read['footprint']['days']): boolean {
  return Array.from({ length: 31 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`).some(
    (day) =>
      day >= BETWEEN.start &&
      day <= BETWEEN.end &&
      days !== null &&
      day >= days.start &&
      (days.end === null || day <= days.end),
  );
}

interface Counts {
  readonly actors: number;
  readonly programmes: number;
  readonly campaigns: number;
  readonly entries: number;
}

function count(records: readonly Read[]): Counts {
  const of = (type: Read['__typename']): number => records.filter(({ __typename }) => __typename === type).length;
  return {
    actors: new Set(records.map(({ owner }) => owner.id)).size,
    programmes: of('Programme'),
    campaigns: of('Campaign'),
    entries: of('CalendarEntry'),
  };
}

type Heading = Counts & { readonly code: string; readonly label: string };
type Cell = Counts & {
  readonly row: string;
  readonly column: string;
  readonly owners: readonly { readonly id: string }[];
  readonly filter: object;
};
interface Matrix {
  readonly rows: readonly Heading[];
  readonly columns: readonly Heading[];
  readonly cells: readonly Cell[];
  readonly total: Counts;
  readonly unplaced: Counts;
}

const COUNTS = 'actors programmes campaigns entries';
const MATRIX = `query ($rows: MatrixAxis!, $columns: MatrixAxis!, $filter: CalendarFilter) {
  whoDoesWhatWhere(rows: $rows, columns: $columns, filter: $filter) {
    rows { code label ${COUNTS} } columns { code label ${COUNTS} } total { ${COUNTS} } unplaced { ${COUNTS} }
    cells { row column ${COUNTS} owners(first: 20) { id }
      filter { owners ownerKinds countries corridors themes audiences channels languages between { start end } } } } }`;

async function matrix(client: Client, rows: Axis, columns: Axis, filter: object | null = null): Promise<Matrix> {
  const { whoDoesWhatWhere } = await client.query<{ whoDoesWhatWhere: Matrix }>(MATRIX, { rows, columns, filter });
  return whoDoesWhatWhere;
}

const pick = ({ actors: who, programmes, campaigns, entries }: Counts): Counts => ({
  actors: who,
  programmes,
  campaigns,
  entries,
});
const PAIRS = AXES.flatMap((rows, i) =>
  AXES.slice(i + 1).map((columns): [Axis, Axis] => (i % 2 === 0 ? [rows, columns] : [columns, rows])),
);

describe.each([
  'an owner',
  'another owner',
  'a member that owns little',
  'an actor that is not verified',
  'a coordinator',
])('%s', (name) => {
  test('is told of every two axes exactly what counting its own lists by hand gives', async () => {
    const client = viewers[name];
    if (!client) throw new Error(`no viewer ${name}`);
    const everything = await readEverything(client);
    for (const [rows, columns] of PAIRS) {
      if (isTime(rows) && isTime(columns)) continue;
      const isDated = isTime(rows) || isTime(columns);
      const records = isDated ? everything.filter((record) => valuesOf('MONTH', record).length > 0) : everything;
      const told = await matrix(client, rows, columns, isDated ? { between: BETWEEN } : null);
      const inCell = (row: string, column: string) =>
        records.filter((record) => valuesOf(rows, record).includes(row) && valuesOf(columns, record).includes(column));
      const placed = records.filter(
        (record) => valuesOf(rows, record).length > 0 && valuesOf(columns, record).length > 0,
      );
      expect(pick(told.total)).toEqual(count(placed));
      expect(pick(told.unplaced)).toEqual(count(records.filter((record) => !placed.includes(record))));
      const expectHeadings = (axis: Axis, headings: readonly Heading[]): void => {
        expect(headings.map(({ code }) => code).sort()).toEqual(
          [
            ...new Set(
              axis === 'MONTH'
                ? MONTHS
                : axis === 'QUARTER'
                  ? quartersOf(MONTHS)
                  : placed.flatMap((record) => valuesOf(axis, record)),
            ),
          ].sort(),
        );
        for (const heading of headings)
          expect(pick(heading)).toEqual(
            count(placed.filter((record) => valuesOf(axis, record).includes(heading.code))),
          );
      };
      expectHeadings(rows, told.rows);
      expectHeadings(columns, told.columns);
      const expected = told.rows.flatMap((row) =>
        told.columns.map((column) => ({ row: row.code, column: column.code })),
      );
      expect(told.cells.map(({ row, column }) => ({ row, column }))).toEqual(
        expected.filter(({ row, column }) => inCell(row, column).length > 0),
      );
      for (const cell of told.cells) {
        const inside = inCell(cell.row, cell.column);
        expect(pick(cell)).toEqual(count(inside));
        expect(cell.owners.map(({ id }) => id).sort()).toEqual(
          [...new Set(inside.map(({ owner }) => owner.id))].sort(),
        );
        const most = cell.owners.map(({ id }) => inside.filter(({ owner }) => owner.id === id).length);
        expect(most).toEqual([...most].sort((a, b) => b - a));
      }
    }
  });
});

const MONTHS = ['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((month) => `2027-${month}`);
const isTime = (axis: Axis): boolean => axis === 'MONTH' || axis === 'QUARTER';
const quartersOf = (months: readonly string[]): string[] => [
  ...new Set(months.map((month) => `2027-Q${String(Math.ceil(Number(month.slice(5)) / 3))}`)),
];

test('what a cell counts is listed when its filter is put in the place of the same fields of one’s own', async () => {
  const client = viewers['an owner'];
  if (!client) throw new Error('no viewer');
  for (const [rows, columns] of [
    ['COUNTRY', 'MONTH'],
    ['ACTOR_KIND', 'LANGUAGE'],
    ['ACTOR', 'THEME'],
    ['QUARTER', 'THEME'],
    ['CORRIDOR', 'AUDIENCE'],
  ] as const) {
    const own = { between: BETWEEN, channels: ['radio', 'facebook'] };
    const { cells } = await matrix(client, rows, columns, own);
    expect(cells.length).toBeGreaterThan(2);
    for (const cell of cells) {
      const stated = Object.fromEntries(Object.entries(cell.filter).filter(([, value]) => value !== null));
      const filter = { ...own, ...stated };
      const lists = await client.query<Record<string, { totalCount: number }>>(
        `query ($holders: ProgrammeFilter, $campaigns: CampaignFilter, $entries: CalendarFilter!) {
          programmes(filter: $holders) { totalCount } campaigns(filter: $campaigns) { totalCount } calendar(filter: $entries) { totalCount } }`,
        {
          holders: { ...filter, statuses: ['ACTIVE', 'PLANNED', 'ENDED', 'UNDATED'] },
          campaigns: { ...filter, statuses: ['ACTIVE', 'PLANNED', 'ENDED', 'UNDATED'] },
          entries: { ...filter, statuses: ['TENTATIVE', 'CONFIRMED'] },
        },
      );
      expect([lists['programmes']?.totalCount, lists['campaigns']?.totalCount, lists['calendar']?.totalCount]).toEqual([
        cell.programmes,
        cell.campaigns,
        cell.entries,
      ]);
    }
  }
});

test('values that the filter names are the only ones of their axis, empty ones too, in the order of their taxonomy', async () => {
  const filter = { between: { start: '2027-01-01' }, themes: ['climate_mobility', 'people_smuggling'] };
  const told = await matrix(coordinator(), 'THEME', 'AUDIENCE', filter);
  expect(told.rows.map(({ code }) => code)).toEqual(['people_smuggling', 'climate_mobility']);
  expect(told.rows[1]).toMatchObject({ actors: 0, label: 'Climate mobility' });
  expect(told.rows[0]?.actors).toBeGreaterThan(0);
});

test('an actor that does not exist makes no row', async () => {
  const nobody = 'act_0000000000000000000000';
  const told = await matrix(coordinator(), 'ACTOR', 'THEME', { between: { start: '2027-01-01' }, owners: [nobody] });
  expect(told).toMatchObject({ rows: [], columns: [], cells: [], total: { actors: 0 } });
});

test('what only entries are asked for leaves out all else, and cancelled ones count when they are asked for', async () => {
  const between = { start: '2000-01-01' };
  const told = await matrix(coordinator(), 'COUNTRY', 'THEME', { between, kinds: ['EVENT'] });
  expect(told.total).toMatchObject({ programmes: 0, campaigns: 0 });
  expect(told.total.entries).toBeGreaterThan(0);
  const cancelled = await matrix(coordinator(), 'ACTOR', 'ACTOR_KIND', { between, statuses: ['CANCELLED'] });
  const { calendar } = await coordinator().query<{ calendar: { totalCount: number } }>(
    '{ calendar(filter: { between: { start: "2000-01-01" }, statuses: [CANCELLED] }) { totalCount } }',
  );
  expect(cancelled.total.entries).toBe(calendar.totalCount);
  expect(calendar.totalCount).toBeGreaterThan(0);
});

test('a matrix is one statement', async () => {
  const asking = coordinator();
  await matrix(asking, 'COUNTRY', 'THEME');
  const statements = await statementsDuring(() =>
    matrix(asking, 'COUNTRY', 'THEME', { between: BETWEEN, themes: THEMES }),
  );
  expect(statements.filter((text) => text.includes('matrix_record'))).toHaveLength(1);
  expect(statements.filter((text) => /from "?(programme|campaign|calendar_entry)/.test(text))).toHaveLength(1);
});

test.each([
  ['two equal axes', 'THEME', 'THEME', null, 'two different axes'],
  ['two axes of time', 'MONTH', 'QUARTER', { between: BETWEEN }, 'both time'],
  ['months without days', 'MONTH', 'THEME', null, 'needs a first and a last day'],
  ['months without an end', 'MONTH', 'THEME', { between: { start: '2027-01-01' } }, 'needs a first and a last day'],
  ['too many months', 'MONTH', 'THEME', { between: { start: '2027-01-01', end: '2030-01-01' } }, '37 months'],
  [
    'days in the wrong order',
    'MONTH',
    'THEME',
    { between: { start: '2027-02-01', end: '2027-01-01' } },
    'before the first',
  ],
  ['an unknown code', 'MONTH', 'THEME', { between: BETWEEN, themes: ['people_smugling'] }, 'filter.themes[0]'],
])('%s are refused', async (_what, rows, columns, filter, message) => {
  const { errors } = await coordinator().send(MATRIX, { rows, columns, filter });
  expect(errors?.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
});

test('an axis of more than 300 values is refused, and said how to narrow', async () => {
  await withClient(hub.database.adminUrl, async (client) => {
    await client.query(`insert into app.term (kind, code, bit, labels, position)
      select 'theme', 'example:' || n, 10000 + n, '{"en": "Example"}', 10000 + n from generate_series(1, 301) as n`);
    await client.query(`update app.campaign set themes = array(select code from app.term where kind = 'theme' and code like 'example:%')
      where id = (select id from app.campaign where cancelled_at is null and shown = 'members' and countries <> '{}' order by id limit 1)`);
  });
  const { errors } = await coordinator().send(MATRIX, { rows: 'THEME', columns: 'COUNTRY' });
  expect(errors?.map((error) => error.message)).toEqual([
    expect.stringMatching(/THEME has 3\d\d values.*Narrow it by the filter/),
  ]);
  const narrowed = await matrix(coordinator(), 'THEME', 'COUNTRY', {
    between: { start: '2000-01-01' },
    themes: THEMES,
  });
  expect(narrowed.rows).toHaveLength(3);
});

function coordinator(): Client {
  const client = viewers['a coordinator'];
  if (!client) throw new Error('no coordinator');
  return client;
}
