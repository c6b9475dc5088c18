import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type ActivityFile, IatiLoader } from '../../core/imports/iati/iati-loader.ts';
import type { LoadReport } from '../../core/imports/iati/load-report.ts';
import { fixedClock } from '../../platform/clock.ts';
import { complaintsAbout, parseXml } from '../support/iati-rules.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { fileOf, fixtureFile, outcomesOf } from '../support/loading.ts';

/** A folder of real files that nobody on this project wrote; without it these tests are skipped. */
const folder = process.env['CONCORD_REALDATA'] ?? '';
const TODAY = '2026-07-01';

let hub: TestHub;
beforeEach(async () => {
  hub = await testHub({ clock: fixedClock(Date.parse(TODAY)) });
});
afterEach(() => hub.close());

const load = (file: ActivityFile): Promise<LoadReport> =>
  new IatiLoader(hub.app.services).load(HUB_VIEWER, file, { verify: true, dryRun: false });

async function takeOut({ headers }: Pick<Client, 'headers'>, filter: object = {}): Promise<string> {
  const query = new URLSearchParams({ filter: JSON.stringify(filter) });
  const response = await fetch(`${hub.url}/exports/programmes.iati.xml?${query.toString()}`, { headers });
  expect(response.status).toBe(200);
  return response.text();
}

/** Loads a file, takes everything out as somebody who sees all of it, and loads that. */
async function roundTrip(content: string): Promise<{ first: LoadReport; again: LoadReport; text: string }> {
  const first = await load(fileOf(content));
  const text = await takeOut(await hub.as('coordinator'));
  return { first, text, again: await load(fileOf(text, 'taken-out.xml')) };
}

const dated = ({ activities }: LoadReport): number =>
  new Set(
    activities
      .filter(({ silent }) => !['suspended', 'no-start', 'closed-without-end'].includes(silent ?? ''))
      .flatMap(({ programmeId }) => programmeId ?? []),
  ).size;

test.each(['iati-traps.xml', 'iati-1.05.xml'])(
  'what was loaded from %s and taken out comes back unchanged, and is valid',
  async (name) => {
    const content = await readFile(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
    // Finer than its publisher lets others know it; see below.
    const { first, again, text } = await roundTrip(content.replace('ref="BD-20"', 'ref="BD-G"'));
    expect(complaintsAbout(parseXml(text), TODAY)).toEqual([]);
    expect(outcomesOf(again)).toEqual({ unchanged: dated(first) });
    expect(again.organisations.registered).toBe(0);
  },
);

test('others take out places no finer than the owner lets them know', async () => {
  await load(await fixtureFile('iati-traps.xml'));
  const text = await takeOut(await hub.as('coordinator'), { search: 'Information at ports' });
  expect(text).toContain('code="BD-G"');
  expect(text).not.toContain('BD-20');
});

test.skipIf(folder === '')('so do 401 real activities', { timeout: 120_000 }, async () => {
  const content = await readFile(join(folder, 'iati', 'dportal-covid.xml'), 'utf8');
  const { first, again, text } = await roundTrip(content);
  expect(complaintsAbout(parseXml(text), TODAY)).toEqual([]);
  expect(outcomesOf(again)).toEqual({ unchanged: dated(first) });
  expect(dated(first)).toBeGreaterThan(380);
});

test.skipIf(folder === '')('the rules have nothing against the example of the standard itself', async () => {
  const example = parseXml(await readFile(join(folder, 'iati', 'standard-example-activity.xml'), 'utf8'));
  expect(complaintsAbout(example, TODAY)).toEqual([]);
});

test('a programme that is of no place, no theme and no partner, and speaks in signs, is a valid activity', async () => {
  const owner = await hub.as('editor', await hub.actor({ name: 'Example <b>&"Voices' }));
  const { result } = await owner.query<{ result: { __typename: string } }>(
    `mutation { result: registerProgramme(input: { name: "A <title> & \\"more\\" \\u0007 -->", description: "]]> &amp;",
      names: [{ language: "bn", text: "নাম" }], footprint: { days: { start: "2026-01-01" } } }) { __typename } }`,
  );
  expect(result.__typename).toBe('Programme');
  const text = await takeOut(await hub.as('coordinator'));
  const file = parseXml(text);
  expect(complaintsAbout(file, TODAY)).toEqual([]);
  const [activity] = file.children;
  const texts = (name: string): string[] =>
    activity?.children.filter((child) => child.name === name).flatMap(({ children }) => children.map((c) => c.text)) ??
    [];
  expect(texts('title')).toEqual(['A <title> & "more"  -->', 'নাম']);
  expect(texts('description')).toEqual([']]> &amp;']);
  expect(texts('participating-org')).toEqual(['Example <b>&"Voices']);
});

test('a programme without days is left out and counted: the standard has no activity without a date', async () => {
  const owner = await hub.as('editor', await hub.actor());
  await owner.query('mutation { registerProgramme(input: { name: "Some day" }) { __typename } }');
  const text = await takeOut(await hub.as('coordinator'));
  expect(text).not.toContain('Some day');
  expect(text).toContain('<!-- Left out because they have no days: 1 -->');
});

test('the rules bite: they find what is out of order, missing, of no list, or not yet true', () => {
  const activity = (elements: string): string[] =>
    complaintsAbout(
      parseXml(`<iati-activities version="2.03"><iati-activity>${elements}</iati-activity></iati-activities>`),
      TODAY,
    );
  const valid = `<iati-identifier>A-1</iati-identifier><reporting-org ref="A" type="22"><narrative>A</narrative></reporting-org>
    <title><narrative>T</narrative></title><description><narrative/></description>
    <participating-org role="2"><narrative>A</narrative></participating-org><activity-status code="2"/>
    <activity-date type="2" iso-date="2026-01-01"/><recipient-country code="BD"/><sector code="15190"/>`;
  expect(activity(valid)).toEqual([]);
  expect(activity(valid.replace('type="22"', ''))).toEqual(['<reporting-org> lacks type']);
  expect(activity(valid.replace('type="2" iso-date="2026-01-01"', 'type="2" iso-date="2027-01-01"'))).toHaveLength(1);
  expect(activity(valid.replace('<activity-status code="2"/>', ''))).toEqual([
    '<iati-activity> has 0 <activity-status>',
  ]);
  expect(activity(valid.replace('code="2"/>', 'code="9"/>'))).toHaveLength(1);
  expect(activity(`<sector code="15190"/>${valid.replace('<sector code="15190"/>', '')}`)).not.toEqual([]);
});
