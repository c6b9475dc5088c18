import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { read as readEvents } from '../../core/imports/icalendar/read-events.ts';
import { type Importing, type StoredImport, importingIn } from '../support/importing.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';

const folder = process.env['CONCORD_REALDATA'];

describe.skipIf(folder === undefined)('real files', () => {
  let world: MatchingWorld;
  let imports: Importing;
  beforeAll(async () => {
    world = await matchingWorld();
    imports = importingIn(world);
  });
  afterAll(() => world.close());

  const plan = async (path: string): Promise<StoredImport> =>
    imports.send(HUB_VIEWER, await readFile(join(folder ?? '', path)), path.replace(/^.*\//, ''));
  const accountedFor = ({ created, changed, unchanged, merged, refused }: StoredImport): number =>
    created + changed + unchanged + merged + refused;

  test.each([
    ['3w/cyclone-pam-vanuatu-2015-3w.json', 2_510, 521],
    ['3w/ebola-west-africa-2014-3w.js', 1_201, null],
    ['3w/hxlshowcase-unhcr-3w.csv', 2_250, null],
    ['iati/dportal-covid.xml', 401, 401],
  ])('%s has all of its %i rows accounted for', async (path, rows, distinct) => {
    const run = await plan(path);
    expect(run).toMatchObject({ state: 'READY', rows, ...(distinct === null ? {} : { differing: distinct }) });
    expect(accountedFor(run)).toBe(rows);
  });

  test('a sheet that is applied twice changes nothing the second time', async () => {
    const content = await readFile(join(folder ?? '', '3w/cyclone-pam-vanuatu-2015-3w.json'));
    const first = await imports.bring(HUB_VIEWER, content, 'pam.json');
    expect(first).toMatchObject({ state: 'APPLIED', rows: 2_510, refused: 0 });
    const second = await imports.bring(HUB_VIEWER, content, 'pam.json');
    expect(second).toMatchObject({ created: 0, changed: 0, unchanged: first.created, refused: 0, registered: 0 });
  });

  test('every calendar is read, each event an entry or refused with its reason', async () => {
    const calendars = join(folder ?? '', 'ics/collective-icalendar');
    const names = (await readdir(calendars, { recursive: true })).filter((name) => name.endsWith('.ics'));
    expect(names.length).toBe(163);
    for (const name of names) {
      const found = [...readEvents({ bytes: await readFile(join(calendars, name)) })];
      expect(found.length).toBeGreaterThan(0);
      for (const one of found) {
        if (one.kind === 'refused') expect(one.remarks.length).toBeGreaterThan(0);
        else expect(one.record.kind).toBe('calendar-entry');
      }
    }
  });
});
