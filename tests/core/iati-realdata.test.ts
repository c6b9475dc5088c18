import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadReport } from '../../core/imports/iati/load-report.ts';
import { load, outcomesOf } from '../support/loading.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';

/** A folder of real files that nobody on this project wrote; without it these tests are skipped. */
const folder = process.env['CONCORD_REALDATA'] ?? '';
const file = {
  name: 'dportal-covid.xml',
  open: () => createReadStream(join(folder, 'iati', 'dportal-covid.xml')),
};

/** A programme as the registry has it, in its own codes. */
interface Row {
  readonly id: string;
  readonly owner: string;
  readonly partners: readonly string[];
  readonly start: string | null;
  readonly end: string | null;
  readonly places: readonly string[];
  readonly themes: readonly string[];
}

const DAY_MS = 86_400_000;
const FOREVER = Date.parse('9999-12-31');

/** Days both take, both ends included. */
function sharedDays(a: Row, b: Row): number {
  const first = Math.max(startOf(a), startOf(b));
  const last = Math.min(endOf(a), endOf(b));
  return last < first ? 0 : (last - first) / DAY_MS + 1;
}
const startOf = ({ start }: Row): number => Date.parse(start ?? 'never');
const endOf = ({ end }: Row): number => (end === null ? FOREVER : Date.parse(end));

/** 1 equal, .7 one contains the other; these programmes name countries and no parts of any. */
const placeOf = (a: Row, b: Row): number => (a.places.some((place) => b.places.includes(place)) ? 1 : 0);
const sharedThemes = (a: Row, b: Row): number => a.themes.filter((theme) => b.themes.includes(theme)).length;

/** "When two footprints meet" by place: who says no audience and no corridor meets by no other way. */
function meets(a: Row, b: Row): boolean {
  if (a.owner === b.owner || a.partners.includes(b.owner) || b.partners.includes(a.owner)) return false;
  return sharedDays(a, b) >= 1 && placeOf(a, b) > 0 && sharedThemes(a, b) > 0;
}

/** Σ wᵢ·sᵢ over place .25, theme .20 (Jaccard) and time .15 (of the shorter), in millionths, so that ties are ties. */
function strengthOf(a: Row, b: Row): number {
  const themes = sharedThemes(a, b) / new Set([...a.themes, ...b.themes]).size;
  const days = (row: Row): number => (endOf(row) - startOf(row)) / DAY_MS + 1;
  const bothOpen = a.end === null && b.end === null;
  const time = bothOpen ? 1 : sharedDays(a, b) / Math.min(days(a), days(b));
  return Math.round(1e6 * (0.25 * placeOf(a, b) + 0.2 * themes + 0.15 * time));
}

/** The best twenty of a row, at most three of one owner, by strength, then by id. */
function bestOf(row: Row, all: readonly Row[]): Row[] {
  const ranked = all
    .filter((other) => other.id !== row.id && meets(row, other))
    .sort((a, b) => strengthOf(row, b) - strengthOf(row, a) || (a.id < b.id ? -1 : 1));
  const kept: Row[] = [];
  for (const other of ranked) {
    if (kept.length < 20 && kept.filter(({ owner }) => owner === other.owner).length < 3) kept.push(other);
  }
  return kept;
}

describe.skipIf(folder === '')('401 real activities', () => {
  let world: MatchingWorld;
  let first: LoadReport;

  beforeAll(async () => {
    world = await matchingWorld();
    first = await load(world, file);
    await world.settle();
  }, 300_000);
  afterAll(() => world.close());

  async function rows<T>(query: string): Promise<T[]> {
    return (await sql.raw<T>(query).execute(world.worker.orm.em.fork().getKysely())).rows;
  }

  test('each is accounted for: 400 loaded, one refused because it ends before it starts', async () => {
    expect(first.activities).toHaveLength(401);
    expect(outcomesOf(first)).toEqual({ created: 400, refused: 1 });
    expect(first.activities.filter(({ outcome }) => outcome === 'refused')).toMatchObject([
      { identifier: 'KR-GOV-390-GRP_0000147815', reason: 'it ends on 2019-10-31, before it starts on 2020-05-22' },
    ]);
    expect(new Set(first.activities.map(({ identifier }) => identifier)).size).toBe(401);
    const [registered] = await rows<object>(`
      select count(*)::int as programmes, count(distinct external_id)::int as identifiers, count(distinct owner_id)::int as publishers,
        count(*) filter (where starts_on is null)::int as undated, count(*) filter (where places = '{}')::int as placeless,
        count(*) filter (where themes = '{}' and places <> '{}')::int as themeless from programme`);
    expect(registered).toEqual({
      programmes: 400,
      identifiers: 400,
      publishers: 18,
      undated: 0,
      placeless: 79,
      themeless: 33,
    });
    expect(first.activities.filter(({ silent }) => silent === 'no-country')).toHaveLength(79);
    expect(first.activities.filter(({ silent }) => silent === 'no-theme')).toHaveLength(33);
  });

  test('of its 110 recipient countries 108 are places, two are none in ISO 3166-1; one is named by a location alone', async () => {
    expect(new Set(first.activities.flatMap(({ unknownCountries }) => unknownCountries))).toEqual(
      new Set(['TA', 'XK']),
    );
    const [found] = await rows<object>(
      `select count(distinct country)::int as countries from programme, unnest(countries) as country`,
    );
    expect(found).toEqual({ countries: 108 });
    const located = await rows<object>(`select places from programme where external_id = 'GB-GOV-1-300769'`);
    expect(located).toEqual([{ places: ['TZ'] }]);
  });

  test('its publishers are 18 verified actors, with their identifiers; the 251 others it names are left to coordinators', async () => {
    expect(first.organisations).toEqual({ found: 0, registered: 269, verified: 18 });
    const kinds = await rows<object>(`
      select name, kind, vetting, (select value from actor_identifier where actor_id = actor.id and scheme = 'iati') as ref from actor
      where name in ('United Nations Development Programme', 'Save The Children UK', 'Korea International Cooperation Agency') order by name`);
    expect(kinds).toEqual([
      { name: 'Korea International Cooperation Agency', kind: 'state_national', vetting: 'pending', ref: 'KR-GOV-051' },
      { name: 'Save The Children UK', kind: 'ingo', vetting: 'verified', ref: 'GB-COH-213890' },
      {
        name: 'United Nations Development Programme',
        kind: 'intergovernmental',
        vetting: 'verified',
        ref: 'XM-DAC-41114',
      },
    ]);
  });

  test('the overlaps found among them are those of comparing every pair by the words of the domain', async () => {
    const all = await rows<Row>(`
      select programme.id, owner_id as owner, array(select actor_id from programme_partner where programme_id = programme.id) as partners,
        starts_on::text as start, ends_on::text as "end", places, themes
      from programme join actor on actor.id = owner_id where vetting = 'verified' and withdrawn_at is null and starts_on is not null
      order by programme.id collate "C"`);
    expect(all.flatMap(({ places }) => places).filter((place) => place.length !== 2)).toEqual([]);
    const expected = all.flatMap((row) =>
      bestOf(row, all).map((other) => `${row.id} ${other.id} ${String(strengthOf(row, other))}`),
    );
    const stored = await rows<{ a: string; b: string; byA: boolean; byB: boolean; strength: number; view: string }>(
      `select a_id as a, b_id as b, listed_by_a as "byA", listed_by_b as "byB", strength, view from overlap`,
    );
    const released = stored.filter(({ view }) => view === 'released');
    const found = released.flatMap(({ a, b, byA, byB, strength }) => {
      const millionths = String(Math.round(1e6 * strength));
      return [...(byA ? [`${a} ${b} ${millionths}`] : []), ...(byB ? [`${b} ${a} ${millionths}`] : [])];
    });
    // Few, because most pairs are of one publisher or in different countries; two are only in one of the two lists.
    expect(released).toHaveLength(10);
    expect(found).toHaveLength(18);
    expect(found.sort()).toEqual(expected.sort());
    // Its publishers hold nothing back that matching uses, so that each sees of its own what everybody else does.
    const own = stored.filter(({ view }) => view === 'own');
    expect(own.map(({ a, b, strength }) => `${a} ${b} ${String(Math.round(1e6 * strength))}`).sort()).toEqual(found);
  }, 120_000);

  test('loading it a second time changes nothing: no row, no version, no event', async () => {
    const imprint = (): Promise<unknown> =>
      Promise.all(
        ['programme', 'programme_partner', 'actor', 'actor_identifier', 'term', 'footprint', 'overlap'].map((table) =>
          rows(`select md5(string_agg(t::text || xmin, '' order by t::text)), count(*) from ${table} t`),
        ),
      );
    const before = await imprint();
    await world.takeEvents();
    const second = await load(world, file);
    expect(outcomesOf(second)).toEqual({ unchanged: 400, refused: 1 });
    expect(second.organisations).toEqual({ found: 269, registered: 0, verified: 0 });
    expect(second.activities.map(({ programmeId }) => programmeId)).toEqual(
      first.activities.map(({ programmeId }) => programmeId),
    );
    expect(await imprint()).toEqual(before);
    expect(await world.takeEvents()).toEqual([]);
  }, 60_000);
});

describe.skipIf(folder === '')('the example of the IATI standard, with every element once', () => {
  test('becomes a programme with its texts in three languages', async () => {
    const world = await matchingWorld();
    try {
      const name = 'standard-example-activity.xml';
      const report = await load(world, { name, open: () => createReadStream(join(folder, 'iati', name)) });
      expect(report.activities).toMatchObject([
        { identifier: 'AA-AAA-123456789-ABC123', outcome: 'created', silent: null, unknownCountries: [] },
      ]);
      const { rows } = await sql`select name, names, starts_on::text, ends_on::text, places, themes,
        array(select name || ' ' || role from programme_partner join actor on actor.id = actor_id order by 1) as partners
        from programme`.execute(world.worker.orm.em.fork().getKysely());
      expect(rows).toEqual([
        {
          name: 'Activity title',
          names: { en: 'Activity title', es: 'Título de la actividad', fr: "Titre de l'activité" },
          starts_on: '2012-04-28',
          ends_on: '2015-12-31',
          places: ['AF-KAN', 'AG'],
          themes: ['dac:111', 'dac:112'],
          partners: ['Name of Agency B funding', 'Name of Agency C accountable', 'Organisation name extending'],
        },
      ]);
    } finally {
      await world.close();
    }
  });
});
