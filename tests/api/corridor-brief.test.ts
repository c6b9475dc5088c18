import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { refreshPresence } from '../../core/presence/refresh-presence.ts';
import { fixedClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';

/** 15 January of next year, so that what is planned is in the future whenever this runs. */
const YEAR = new Date().getUTCFullYear() + 1;
const clock = fixedClock(Date.UTC(YEAR, 0, 15));
const on = (monthAndDay: string): string => `${String(YEAR)}-${monthAndDay}`;

/**
 * On the way from Bangladesh to Malaysia: a state's campaign in Dhaka for prospective migrants on the radio in Bangla, in February and March;
 * the secret one of an NGO in April; one that an association shows to partners only; and three that are kept from others, for returnees.
 */
let hub: TestHub;
let state: Client;
let ngo: Client;
let association: Client;
let member: Client;

beforeAll(async () => {
  hub = await testHub({ clock });
  const plan = async (name: string, kind: string, days: object, facets: object, release: object): Promise<Client> => {
    const owner = await hub.actor({ name: `Example owner of ${name}`, kind });
    const footprint = { days, corridors: ['bd_my_labour'], themes: ['fraudulent_recruitment'], ...facets };
    savedId(await hub.app.services.campaigns.plan(HUB_VIEWER, { name, owner, footprint, release }));
    return hub.as('editor', owner);
  };
  const february = { start: on('02-10'), end: on('03-20') };
  const facets = { places: ['BD-13'], audiences: ['prospective_migrant'], channels: ['radio'], languages: ['bn-BD'] };
  state = await plan('The [open](x) *call*', 'state_national', february, facets, {
    visibility: 'members',
    placePrecision: 'none',
  });
  ngo = await hub.as('editor', await hub.actor());
  const secret = { days: { start: on('04-01'), end: on('04-10') }, corridors: ['bd_my_labour'], audiences: ['fisher'] };
  await idOf(
    mutate(ngo, 'planCampaign', { name: 'The secret call', footprint: secret, release: { visibility: 'RESTRICTED' } }),
  );
  association = await plan(
    'The quiet call',
    'diaspora_association',
    { start: on('02-01') },
    { places: ['MY'] },
    { visibility: 'partners' },
  );
  const hidden = { visibility: 'partners', matching: 'full' };
  for (const name of ['one', 'two', 'three'])
    await plan(
      `Hidden ${name}`,
      'national_ngo',
      february,
      { places: ['BD'], audiences: ['returnee'], channels: ['hotline'] },
      hidden,
    );
  member = await hub.as('viewer', await hub.actor());
  const orm = await openOrm({ url: hub.database.workerUrl, entities, applicationName: 'test-worker' });
  await new UnitOfWork(orm, clock, systemRandomness).run(HUB_VIEWER, refreshPresence);
  await orm.close();
  await withClient(hub.database.adminUrl, (client) =>
    client.query(`insert into app.insight (id, kind, places, corridor, audience, statement, channels, source, valid_to, confirmed) values
      ('ins_test_trend', 'trend', '{}', 'bd_my_labour', 'prospective_migrant', 'fees have doubled', '{}', 'Example monitor', null, true),
      ('ins_test_over', 'trend', '{}', 'bd_my_labour', 'prospective_migrant', 'an old story', '{}', 'Example monitor', '${on('01-15')}', true),
      ('ins_test_need', 'unmet_need', '{}', 'bd_my_labour', 'household_decision_maker', 'they know no fee', '{}', 'Example monitor', null, true)`),
  );
});
afterAll(() => hub.close());

interface Brief {
  readonly title: string;
  readonly asOf: string;
  readonly text: string;
  readonly sections: readonly {
    readonly topic: string;
    readonly heading: string;
    readonly text: string;
    readonly figures: readonly { readonly label: string; readonly value: number }[];
  }[];
}

async function brief(client: Client, code = 'bd_my_labour'): Promise<Brief> {
  const { corridorBrief } = await client.query<{ corridorBrief: Brief }>(
    `query ($code: String!) { corridorBrief(code: $code) { title asOf text sections { topic heading text figures { label value } } } }`,
    { code },
  );
  return corridorBrief;
}

const textOf = ({ sections }: Brief, topic: string): string =>
  sections.find((section) => section.topic === topic)?.text ?? '';

function figuresOf({ sections }: Brief, topic: string): Record<string, number> {
  const { figures = [] } = sections.find((section) => section.topic === topic) ?? {};
  return Object.fromEntries(figures.map(({ label, value }) => [label, value]));
}

test('the whole is its sections under headings, as of the day', async () => {
  const { title, asOf, text, sections } = await brief(member);
  expect(title).toBe(`Bangladesh to Malaysia, labour: brief of 15 January ${String(YEAR)}`);
  expect(asOf).toBe(on('01-15'));
  expect(text).toBe(
    `# ${title}\n\n${sections.map(({ heading, text: said }) => `## ${heading}\n\n${said}`).join('\n\n')}\n`,
  );
  expect(sections.map(({ topic }) => topic)).toEqual([
    ...[
      'ROUTE',
      'WORK',
      'MONTHS',
      'AUDIENCES',
      'LANGUAGES',
      'CHANNELS',
      'NEEDS',
      'GAPS',
      'CONTRADICTIONS',
      'AHEAD',
      'SUGGESTIONS',
      'ABOUT',
    ],
  ]);
});

test('a member reads of what it may see, and that others are there', async () => {
  const read = await brief(member);
  expect(textOf(read, 'ROUTE')).toContain('They leave Bangladesh and arrive in Malaysia.');
  expect(figuresOf(read, 'WORK')).toMatchObject({ Actors: 1, Campaigns: 1, 'Calendar entries': 0 });
  // Whoever lets nobody know where is in no country, for its owner too.
  expect(textOf(read, 'WORK')).toContain('- Where people leave (Bangladesh): nobody you may see.');
  expect(textOf(read, 'WORK')).toContain(
    'In no country of the route, as far as they say: Example owner of The \\[open\\](x) \\*call\\* (national state body).',
  );
  expect(figuresOf(read, 'MONTHS')).toMatchObject({
    [`January ${String(YEAR)}`]: 0,
    [`February ${String(YEAR)}`]: 1,
    [`March ${String(YEAR)}`]: 1,
    [`April ${String(YEAR)}`]: 0,
  });
  expect(textOf(read, 'MONTHS')).toContain(
    `Most campaigns run in February ${String(YEAR)} and March ${String(YEAR)}: one campaign each.`,
  );
  expect(textOf(read, 'AUDIENCES')).toContain('Spoken to are prospective migrants by one actor.');
  expect(textOf(read, 'AUDIENCES')).toContain(
    'at least three actors other than yours speak to each of these: returnees.',
  );
  expect(textOf(read, 'AUDIENCES')).toContain(
    'Known to lack information, and spoken to by nobody you may see: decision makers of households.',
  );
  expect(textOf(read, 'AUDIENCES')).not.toMatch(/Not spoken to[^\n]*returnees/);
  expect(textOf(read, 'LANGUAGES')).toContain('Used by nobody you may see: Malay.');
  expect(textOf(read, 'CHANNELS')).toContain('use each of these: Hotline.');
  expect(textOf(read, 'CHANNELS')).toContain(
    'Not used for them by anybody you may see: Peers or returnees as messengers.',
  );
  expect(textOf(read, 'NEEDS')).toContain('Fees have doubled. Source: Example monitor.');
  expect(textOf(read, 'NEEDS')).not.toContain('old story');
  expect(textOf(read, 'AHEAD')).toContain(
    `- 10 February – 20 March ${String(YEAR)}: “The \\[open\\](x) \\*call\\*” of`,
  );
  expect(textOf(read, 'ABOUT')).not.toContain('not shown to every member');
});

test('its owner does not read of a place that others do not know, so that the brief can be handed on', async () => {
  expect(await brief(state)).toEqual(await brief(member));
});

test('nobody reads of what is restricted, not even its owner', async () => {
  const { campaigns } = await ngo.query<{ campaigns: { nodes: unknown[] } }>(
    '{ campaigns(filter: { search: "secret" }) { nodes { name } } }',
  );
  expect(campaigns.nodes).toEqual([{ name: 'The secret call' }]);
  const read = await brief(ngo);
  expect(read.text).not.toContain('secret');
  expect(figuresOf(read, 'AUDIENCES')).toMatchObject({ Fishers: 0 });
  expect(read).toEqual(await brief(member));
});

test('whoever reads of what others do not is told to ask before handing it on', async () => {
  const read = await brief(association);
  expect(textOf(read, 'WORK')).toContain('Example owner of The quiet call (diaspora association)');
  expect(textOf(read, 'ABOUT')).toContain('It is made of two records, and one of them is not shown to every member');
});

test('the same brief is written twice, and where there is nothing every section says so', async () => {
  expect(await brief(member)).toEqual(await brief(member));
  const empty = await brief(member, 'lk_au_maritime');
  expect(textOf(empty, 'WORK')).toBe('Nobody you may see works on this route in the coming twelve months.');
  expect(textOf(empty, 'MONTHS')).toBe('No campaign that you may see runs in the coming twelve months.');
  for (const { text } of empty.sections) expect(text).toMatch(/\.$/m);
  expect(empty.text).not.toMatch(/undefined|null|NaN|: \.|\(\)/);
});

test('every corridor has a brief', async () => {
  const { corridors } = await member.query<{ corridors: { code: string }[] }>('{ corridors { code } }');
  for (const { code } of corridors)
    expect((await brief(member, code)).text).not.toMatch(/undefined|null|NaN|: \.|\(\)|\bnone\b/);
});

test('a brief is one statement', async () => {
  await brief(member);
  const statements = await statementsDuring(() => brief(member));
  expect(statements.filter((text) => /with leg as/.test(text))).toHaveLength(1);
  expect(
    statements.filter((text) => /from "?(programme|campaign|calendar_entry|insight|overlap)/.test(text)),
  ).toHaveLength(1);
});

test('the corridor can be asked for under any name, and one that does not exist is refused', async () => {
  const read = await member.query<{ corridorBrief: { c: { n: string }; d: { legs: unknown[] } } }>(
    '{ corridorBrief(code: "bd_my_labour") { c: corridor { n: name } d: corridor { legs { role } } } }',
  );
  expect(read.corridorBrief).toEqual({
    c: { n: 'Bangladesh to Malaysia, labour' },
    d: { legs: [{ role: 'ORIGIN' }, { role: 'DESTINATION' }] },
  });
  const { errors } = await member.send('{ corridorBrief(code: "bd_my_labor") { title } }');
  expect(errors?.map(({ message }) => message)).toEqual([expect.stringContaining('code: ')]);
});
