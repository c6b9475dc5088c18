import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { enterRecords } from '../../core/imports/enter-records.ts';
import { read as readEvents } from '../../core/imports/icalendar/read-events.ts';
import { loadPlaceTable } from '../../core/vocabulary/place-table.ts';
import { type Importing, type StoredImport, importingIn } from '../support/importing.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';

const folder = process.env['CONCORD_REALDATA'];

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 300_000 });

describe.skipIf(folder === undefined)('real files', () => {
  let world: SuggestingWorld;
  let imports: Importing;
  beforeEach(async () => {
    world = await suggestingWorld();
    imports = importingIn(world);
  });
  afterEach(() => world.close());

  const contentOf = (path: string): Promise<Buffer> => readFile(join(folder ?? '', path));
  const accountedFor = ({ created, changed, unchanged, merged, refused }: StoredImport): number =>
    created + changed + unchanged + merged + refused;

  test.each([
    ['3w/hxlshowcase-unhcr-3w.csv', 2_250, null],
    ['3w/hxlshowcase-rowca-3w-hxl.csv', null, null],
    ['3w/hxlshowcase-sbtf-sle-health.csv', null, null],
    ['3w/hxlshowcase-brc-westafrica-movement.csv', null, null],
    ['iati/dportal-covid.xml', 401, 401],
  ])('%s has all of its rows accounted for, and applied again changes nothing', async (path, rows, distinct) => {
    const content = await contentOf(path);
    const first = await imports.bring(HUB_VIEWER, content, path.replace(/^.*\//, ''));
    expect(first).toMatchObject({
      state: 'APPLIED',
      ...(rows === null ? {} : { rows }),
      ...(distinct === null ? {} : { differing: distinct }),
    });
    expect(accountedFor(first)).toBe(first.rows);
    const second = await imports.bring(HUB_VIEWER, content, path.replace(/^.*\//, ''));
    expect(second).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: first.created + first.changed + first.unchanged,
      merged: first.merged,
      refused: first.refused,
      registered: 0,
    });
  });

  test('Cyclone Pam: who does what in which place is as in the sheet, once the operator has loaded its P-codes', async () => {
    const content = await contentOf('3w/cyclone-pam-vanuatu-2015-3w.json');
    const codes = new Set((JSON.parse(content.toString()) as { adm2_code: string }[]).map((row) => row.adm2_code));
    const table = [...codes].filter((code) => code.startsWith('VUT')).map((code) => `${code},Area ${code},VU`);
    await world.worker.unitOfWork.run(HUB_VIEWER, (work) =>
      loadPlaceTable(work, world.worker.vocabulary, ['pcode,name,within', ...table].join('\n')),
    );
    const said = { country: 'VU', period: { start: '2015-03-13', end: '2015-06-30' } };
    const planned = await imports.plan(HUB_VIEWER, content, 'pam.json', said);
    expect(planned).toMatchObject({ state: 'READY', rows: 2_510, differing: 521, refused: 0 });
    const applied = await imports.apply(HUB_VIEWER, planned);
    expect(applied).toMatchObject({ state: 'APPLIED', rows: 2_510, differing: 521, refused: 0 });
    expect(accountedFor(applied)).toBe(2_510);
    const cells = await imports.rows(
      // Exact places of their owners, where others see them more coarsely.
      `select count(*)::int as cells, count(*) filter (where owners >= 2)::int as shared
       from (select count(distinct p.owner_id) as owners from app.programme p left join app.exact_place e on e.subject_id = p.id,
         jsonb_array_elements_text(p.stated -> 'themes') as theme,
         jsonb_array_elements_text(coalesce(to_jsonb(e.stated), p.stated -> 'places')) as place group by theme, place) as cell`,
    );
    expect(cells).toEqual([{ cells: 145, shared: 82 }]);
    const days = await imports.rows(`select distinct stated -> 'days' as days from app.programme`);
    expect(days).toEqual([{ days: said.period }]);
    const again = await imports.apply(HUB_VIEWER, await imports.plan(HUB_VIEWER, content, 'pam.json', said));
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: applied.created, refused: 0, registered: 0 });
  });

  test('Ebola: with a corridor and a mapping, what is done in three countries is put together', async () => {
    await imports.rows(
      `insert into app.corridor (code, bit, names, mode, themes, languages, confidence)
       select 'example_west_africa', max(bit) + 1, '{"en": "Example, West Africa"}', 'land', '{trafficking_in_persons}', '{}', 'for a test'
       from app.corridor`,
    );
    await imports.rows(
      `insert into app.corridor_leg (corridor, position, country, role) values ('example_west_africa', 1, 'GN', 'origin'),
       ('example_west_africa', 2, 'LR', 'transit'), ('example_west_africa', 3, 'SL', 'destination')`,
    );
    const about = {
      themes: ['trafficking_in_persons'],
      audiences: ['community_leader'],
      corridors: ['example_west_africa'],
    };
    const planned = await imports.plan(HUB_VIEWER, await contentOf('3w/ebola-west-africa-2014-3w.js'), 'ebola.js', {
      vouch: true,
      mapping: {
        constants: { period: { start: '2027-02-01', end: '2027-06-30' } },
        values: { Activity: { 'Social Mobilisation': about } },
      },
    });
    const applied = await imports.apply(HUB_VIEWER, planned);
    expect(applied).toMatchObject({ state: 'APPLIED', rows: 1_201 });
    expect(accountedFor(applied)).toBe(1_201);
    const awareness = await imports.rows<{ rows: number; countries: string[] }>(
      `select sum(cardinality(i.rows))::int as rows,
         (select array_agg(distinct country order by country) from app.programme p, jsonb_array_elements_text(p.stated -> 'places') as named
            join app.place on place.code = named where p.stated -> 'corridors' ? 'example_west_africa') as countries
       from app.import_item i join app.programme p on p.id = i.record_id
       where i.run_id = $1 and p.stated -> 'corridors' ? 'example_west_africa'`,
      [applied.id],
    );
    expect(awareness).toEqual([{ rows: 525, countries: ['GN', 'LR', 'SL'] }]);
    await world.settleAll();
    const suggestions = await imports.rows<{ countries: string[] }>(
      `select countries from app.suggestion where cardinality(countries) >= 2 order by cardinality(countries) desc`,
    );
    expect(suggestions.length).toBeGreaterThan(0);
    expect(suggestions[0]?.countries.toSorted()).toEqual(['GN', 'LR', 'SL']);
  });

  test('163 calendars are planned, each event an entry or refused with its reason', async () => {
    const calendars = join(folder ?? '', 'ics/collective-icalendar');
    const names = (await readdir(calendars, { recursive: true })).filter((name) => name.endsWith('.ics'));
    expect(names.length).toBe(163);
    const owner = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example Keeper', kind: 'national_ngo' }));
    const keeper = { ...HUB_VIEWER, actorId: owner };
    const { vocabulary, unitOfWork } = world.app;
    const services = { ...world, vocabulary, names: imports.names };
    const total = { rows: 0, refused: 0 };
    for (const fileName of names) {
      const found = [...readEvents({ bytes: await readFile(join(calendars, fileName)) })];
      const { items, counts } = await unitOfWork.run(keeper, (work) =>
        enterRecords(work, services, { runId: 'imp_x', found, fileName, options: {}, rehearsal: true }),
      );
      expect(counts.rows).toBe(counts.created + counts.changed + counts.unchanged + counts.merged + counts.refused);
      expect(items.length).toBeGreaterThan(0);
      for (const { outcome, remarks } of items)
        if (outcome === 'REFUSED') expect(remarks.map(({ severity }) => severity)).toContain('ERROR');
      total.rows += counts.rows;
      total.refused += counts.refused;
    }
    expect(total.rows).toBeGreaterThan(163);
  });
});
