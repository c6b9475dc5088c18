import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { fileOf, fixtureFile, load, outcomesOf } from '../support/loading.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';

let world: MatchingWorld;

beforeEach(async () => {
  world = await matchingWorld();
});
afterEach(() => world.close());

/** Behind the curtain: requests see neither every row nor the audit. */
function rows<T extends object>(query: string): Promise<T[]> {
  return withClient(world.database.adminUrl, async (client) => {
    await client.query('set search_path = app, public');
    return (await client.query<T>(query)).rows;
  });
}

/** Every row that a load could write, with the transaction that wrote it: equal before and after when nothing was written. */
function imprint(): Promise<unknown> {
  return Promise.all(
    [
      'actor',
      'actor_identifier',
      'exact_place',
      'programme',
      'programme_partner',
      'term',
      'audit',
      'vocabulary_version',
    ].map((table) => rows(`select t.*, xmin::text from ${table} t order by t::text`)),
  );
}

const programme = async (identifier: string): Promise<Record<string, unknown>> => {
  const [found] = await rows<Record<string, unknown>>(`
    select programme.*, (select places from exact_place where subject_id = programme.id) as exact, starts_on::text, ends_on::text, actor.name as owner, withdrawn_at is not null as withdrawn,
      array(select partner.name || ' ' || role from programme_partner join actor partner on partner.id = actor_id
        where programme_id = programme.id order by 1) as partners
    from programme join actor on actor.id = owner_id where external_id = '${identifier}'`);
  if (!found) throw new Error(`no programme ${identifier}`);
  return found;
};
const actorsNamed = (pattern: string) =>
  rows<{ id: string; name: string; kind: string; vetting: string; identifiers: string[] }>(`
    select id, name, kind, vetting, array(select scheme || ' ' || value from actor_identifier where actor_id = actor.id order by 1) as identifiers
    from actor where name ilike '${pattern}' order by name`);

interface Told {
  publisher?: string;
  identifier?: string;
  elements?: string;
  sector?: string;
  country?: string;
  start?: string;
  title?: string;
  language?: string;
}

/** An activity that can match, of which the test says what matters to it. */
const activity = (told: Told = {}): string => `
  <iati-activity xml:lang="en">
    <iati-identifier>${told.identifier ?? 'XX-1-A'}</iati-identifier>
    ${told.publisher ?? '<reporting-org ref="XX-EXA-1" type="21"><narrative>Example Relief</narrative></reporting-org>'}
    <title><narrative xml:lang="${told.language ?? 'en'}">${told.title ?? 'Talks at the harbour'}</narrative></title>
    <activity-date type="1" iso-date="${told.start ?? '2026-12-01'}"/>
    <recipient-country code="${told.country ?? 'BD'}"/>
    <sector vocabulary="1" code="${told.sector ?? '15190'}"/>
    ${told.elements ?? ''}
  </iati-activity>`;
const fileWith = (...activities: string[]) => fileOf(`<iati-activities>${activities.join('')}</iati-activities>`);

describe('the file of traps', () => {
  test('every activity is accounted for, and each is what its file says', async () => {
    const report = await load(world, await fixtureFile('iati-traps.xml'));
    expect(
      report.activities.map(({ identifier, outcome, silent, reason }) => [identifier, outcome, silent ?? reason]),
    ).toEqual([
      ['XX-EXA-1-PADDED', 'created', null],
      ['XX-EXA-1-FAR', 'created', null],
      ['XX-EXA-2-BACKWARDS', 'refused', 'it ends on 2025-10-31, before it starts on 2026-05-22'],
      ['XX-EXA-1-NOWHERE', 'created', 'no-country'],
      ['XX-EXA-1-LOCATED', 'created', 'no-theme'],
      [null, 'refused', 'it has no iati-identifier'],
      ['XX-EXA-1-CANCELLED', 'created', 'cancelled'],
      ['XX-EXA-1-SUSPENDED', 'created', 'suspended'],
      ['XX-EXA-1-TWICE', 'created', null],
      ['XX-EXA-1-TWICE', 'merged', null],
    ]);
    expect(report.activities.flatMap(({ unknownCountries }) => unknownCountries)).toEqual(['XK']);
    expect(await programme('XX-EXA-1-PADDED')).toMatchObject({
      owner: 'Example Relief',
      external_scheme: 'iati',
      name: 'Information at ports',
      names: { en: 'Information at ports', fr: 'Information dans les ports' },
      description: 'General & <plain> text.\n\nThe objectives.',
      starts_on: '2026-02-01',
      ends_on: '2026-06-30',
      // A national NGO shows no more than the division it lies in.
      places: ['BD-G', 'BD-B', 'MM'],
      exact: ['BD-20', 'BD-B', 'MM'],
      countries: ['BD', 'MM'],
      themes: ['dac:12264', 'dac:151', 'dac:15190', 'safe_regular_pathways'],
      partners: [
        'Example Ministry funding',
        'Example Relief accountable',
        'Example Relief implementing',
        'save the example implementing',
      ],
    });
    expect(await programme('XX-EXA-1-FAR')).toMatchObject({ starts_on: '2026-03-01', ends_on: null, places: ['ID'] });
    expect(await programme('XX-EXA-1-NOWHERE')).toMatchObject({ places: [], themes: ['dac:12264'] });
    expect(await programme('XX-EXA-1-LOCATED')).toMatchObject({ places: ['TZ'], themes: [] });
    expect(await programme('XX-EXA-1-CANCELLED')).toMatchObject({ withdrawn: true });
    expect(await programme('XX-EXA-1-SUSPENDED')).toMatchObject({ withdrawn: false, starts_on: null, places: ['BD'] });
    expect(await programme('XX-EXA-1-TWICE')).toMatchObject({
      name: 'The newer title',
      description: 'Only the older has a description.',
      starts_on: '2026-01-01',
      places: ['BD', 'TH'],
      themes: ['dac:12264', 'dac:15160'],
    });
  });

  test('names in other cases and with blanks are one organisation; those of refused activities are none', async () => {
    const { organisations } = await load(world, await fixtureFile('iati-traps.xml'));
    expect(organisations).toEqual({ found: 0, registered: 3, verified: 1 });
    const [relief, ...others] = await actorsNamed('example relief');
    expect(others).toEqual([]);
    expect(relief).toMatchObject({ kind: 'ingo', vetting: 'verified', identifiers: ['iati XX-EXA-1'] });
    expect(await actorsNamed('save the example')).toMatchObject([{ kind: 'unspecified', vetting: 'pending' }]);
    expect(await actorsNamed('example ministry')).toMatchObject([{ kind: 'state_national', identifiers: [] }]);
    expect(await actorsNamed('example never')).toEqual([]);
    const themes = await rows<{ code: string }>(`select code from term where kind = 'theme' and code = 'dac:43010'`);
    expect(themes).toEqual([]);
  });

  test('loading it again changes nothing at all', async () => {
    await load(world, await fixtureFile('iati-traps.xml'));
    await world.takeEvents();
    const before = await imprint();
    const again = await load(world, await fixtureFile('iati-traps.xml'));
    expect(outcomesOf(again)).toEqual({ unchanged: 7, merged: 1, refused: 2 });
    expect(again.organisations).toEqual({ found: 3, registered: 0, verified: 0 });
    expect(await imprint()).toEqual(before);
    expect(await world.takeEvents()).toEqual([]);
  });

  test('a dry run tells what would happen and writes nothing', async () => {
    const before = await imprint();
    const rehearsed = await load(world, await fixtureFile('iati-traps.xml'), { dryRun: true });
    expect(await imprint()).toEqual(before);
    const done = await load(world, await fixtureFile('iati-traps.xml'));
    expect(outcomesOf(rehearsed)).toEqual(outcomesOf(done));
    expect(rehearsed.organisations).toEqual(done.organisations);
    expect(rehearsed.dryRun).toBe(true);
  });

  test('an activity of IATI 1.05 is loaded like one of today', async () => {
    await load(world, await fixtureFile('iati-1.05.xml'));
    expect(await programme('XX-OLD-1-7')).toMatchObject({
      owner: 'Example Ministry of Old Files',
      names: { en: 'Radio in the valley', fr: 'La radio dans la vallée' },
      starts_on: '2026-01-01',
      ends_on: '2026-12-31',
      places: ['NP'],
      themes: ['dac:220', 'dac:22030'],
      partners: ['Example Fund funding'],
    });
    const labels = await rows<{ labels: unknown }>(`select labels from term where code = 'dac:220'`);
    expect(labels).toEqual([{ labels: { en: 'Communications' } }]);
  });
});

describe('a file that cannot be read to its end', () => {
  test.each([
    ['breaks off', `<iati-activities>${activity()}<iati-activity>`],
    ['declares a document type', `<!DOCTYPE iati-activities>\n<iati-activities>${activity()}</iati-activities>`],
  ])('and %s changes nothing', async (_how, content) => {
    const before = await imprint();
    await expect(load(world, fileOf(content, 'bad.xml'))).rejects.toThrow(/^bad\.xml line \d+: /);
    expect(await imprint()).toEqual(before);
  });
});

describe('a later file', () => {
  test('changes a programme when it says anything otherwise, and not when it says the same in another order', async () => {
    const partner = (role: string) =>
      `<participating-org role="${role}"><narrative>Example Fund</narrative></participating-org>`;
    const more = '<description><narrative>More.</narrative></description>';
    const changes: Told[] = [
      {},
      { title: 'Talks at the port' },
      { language: 'de' },
      { start: '2026-12-02' },
      { country: 'MM' },
      { sector: '15160' },
      { elements: more },
      { elements: more + partner('1') },
      { elements: more + partner('4') },
      { elements: `${more}${partner('4')}<activity-date type="3" iso-date="2027-06-30"/>` },
    ];
    let told: Told = {};
    for (const [index, change] of changes.entries()) {
      told = { ...told, ...change };
      const file = fileWith(activity(told));
      const expected = { [index === 0 ? 'created' : 'changed']: 1 };
      expect(outcomesOf(await load(world, file)), JSON.stringify(change)).toEqual(expected);
      expect(outcomesOf(await load(world, file)), JSON.stringify(change)).toEqual({ unchanged: 1 });
    }
    await load(world, fileWith(activity({ elements: partner('1') + partner('4') })));
    const reordered = fileWith(activity({ elements: partner('4') + partner('1') }));
    expect(outcomesOf(await load(world, reordered))).toEqual({ unchanged: 1 });
  });

  test('changes what it says otherwise, once, and leaves what the owner added', async () => {
    await load(world, fileWith(activity(), activity({ identifier: 'XX-1-B' })));
    const { id, version } = await programme('XX-1-A');
    savedId(
      await world.programmes.revise(HUB_VIEWER, {
        id,
        expectedVersion: version,
        footprint: { audiences: ['returnee'] },
      }),
    );
    const later = fileWith(
      activity({ elements: '<participating-org role="1"><narrative>Example Fund</narrative></participating-org>' }),
      activity({ identifier: 'XX-1-B' }),
    );
    const report = await load(world, later);
    expect(report.activities.map(({ outcome }) => outcome)).toEqual(['changed', 'unchanged']);
    expect(await programme('XX-1-A')).toMatchObject({
      id,
      version: 3,
      audiences: ['returnee'],
      partners: ['Example Fund funding'],
    });
    expect(outcomesOf(await load(world, later))).toEqual({ unchanged: 2 });
  });

  test('withdraws what is cancelled; what was withdrawn does not come back, and the file is told so', async () => {
    await load(world, fileWith(activity()));
    const cancelled = fileWith(activity({ elements: '<activity-status code="5"/>' }));
    expect(outcomesOf(await load(world, cancelled))).toEqual({ changed: 1 });
    expect(await programme('XX-1-A')).toMatchObject({ withdrawn: true, starts_on: '2026-12-01' });
    expect(outcomesOf(await load(world, cancelled))).toEqual({ unchanged: 1 });
    const [revived] = (await load(world, fileWith(activity()))).activities;
    expect(revived).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('withdrawn') as unknown });
  });

  test('brings a suspended programme back with its days', async () => {
    await load(world, fileWith(activity({ elements: '<activity-status code="6"/>' })));
    expect(await programme('XX-1-A')).toMatchObject({ starts_on: null });
    expect(outcomesOf(await load(world, fileWith(activity())))).toEqual({ changed: 1 });
    expect(await programme('XX-1-A')).toMatchObject({ starts_on: '2026-12-01' });
  });

  test('may have the identifiers of another publisher: they are other programmes', async () => {
    await load(world, fileWith(activity()));
    const other = '<reporting-org ref="XX-EXA-9" type="10"><narrative>Example Agency</narrative></reporting-org>';
    expect(outcomesOf(await load(world, fileWith(activity({ publisher: other }))))).toEqual({ created: 1 });
    expect(await rows(`select from programme where external_id = 'XX-1-A'`)).toHaveLength(2);
  });
});

describe('repetitions', () => {
  test('under two names of one publisher are one programme, and one that is refused is refused alone', async () => {
    const byName = '<reporting-org type="21"><narrative>EXAMPLE RELIEF</narrative></reporting-org>';
    const backwards = '<activity-date type="4" iso-date="2026-01-01"/>';
    const file = fileWith(
      activity({ elements: backwards, country: 'LK' }),
      activity(),
      activity({ identifier: 'XX-1-B' }),
      activity({ publisher: byName, country: 'MM' }),
    );
    const report = await load(world, file);
    expect(report.activities.map(({ outcome }) => outcome)).toEqual(['refused', 'created', 'created', 'merged']);
    expect(await programme('XX-1-A')).toMatchObject({ places: ['BD', 'MM'] });
    expect(outcomesOf(await load(world, file))).toEqual({ refused: 1, unchanged: 2, merged: 1 });
  });
});

describe('whose programmes they become', () => {
  const register = async (fields: Record<string, unknown>, viewer = HUB_VIEWER): Promise<string> =>
    savedId(await world.actors.register(viewer, { kind: 'ingo', ...fields }));
  const verify = async (id: string): Promise<void> => {
    savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'made for a test' }));
  };
  const ownerOfA = async (): Promise<unknown> => (await programme('XX-1-A'))['owner_id'];
  /** Anybody with a key; not the hub. */
  const somebody = { ...HUB_VIEWER, keyId: 'key_somebody' };

  test('those of the actor with the identifier, whatever it is called', async () => {
    const id = await register({ name: 'Relief, by example', identifiers: [{ scheme: 'iati', value: 'xx-exa-1' }] });
    await verify(id);
    await load(world, fileWith(activity()));
    expect(await ownerOfA()).toBe(id);
  });

  test('else those of the actor of that name, which takes the identifier and keeps its own', async () => {
    const own = { scheme: 'org-id', value: 'XX-7' };
    const id = await register({ name: 'Éxample  RELIEF', identifiers: [own] }, somebody);
    await verify(id);
    await load(world, fileWith(activity()));
    expect(await ownerOfA()).toBe(id);
    expect(await actorsNamed('%relief%')).toMatchObject([{ identifiers: ['iati XX-EXA-1', 'org-id XX-7'] }]);
    const before = await imprint();
    await load(world, fileWith(activity()));
    expect(await imprint()).toEqual(before);
  });

  test('a namesake who comes later changes nothing', async () => {
    const file = fileWith(
      activity({ elements: '<participating-org role="1"><narrative>Example Fund</narrative></participating-org>' }),
    );
    await load(world, file);
    for (const name of ['Example Fund', 'Example Relief']) {
      // What a load registered a moment ago is older.
      world.clock.advance(1);
      await verify(await register({ name }));
    }
    expect(outcomesOf(await load(world, file))).toEqual({ unchanged: 1 });
  });

  test('never those of an actor that nobody vetted and the hub did not register, however it calls itself', async () => {
    const id = await register(
      { name: 'Example Relief', identifiers: [{ scheme: 'iati', value: 'XX-EXA-1' }] },
      somebody,
    );
    await load(world, fileWith(activity()));
    expect(await ownerOfA()).not.toBe(id);
    expect((await actorsNamed('example relief')).map(({ vetting }) => vetting).sort()).toEqual(['pending', 'verified']);
    expect(outcomesOf(await load(world, fileWith(activity())))).toEqual({ unchanged: 1 });
  });

  test('a suspended actor stays suspended, and what is loaded for it matches nothing', async () => {
    const id = await register({ name: 'Example Relief' });
    savedId(await world.actors.suspend(HUB_VIEWER, { id, expectedVersion: 1, reason: 'made for a test' }));
    const report = await load(world, fileWith(activity()));
    expect(await ownerOfA()).toBe(id);
    expect(report.organisations.verified).toBe(0);
    expect(report.activities).toMatchObject([{ outcome: 'created', silent: 'publisher-not-verified' }]);
    await world.settle();
    expect(await rows('select from footprint_cell')).toEqual([]);
  });

  test('without vouching a new publisher is pending, until a load that vouches or a coordinator', async () => {
    const pending = await load(world, fileWith(activity()), { verify: false });
    expect(pending.activities).toMatchObject([{ silent: 'publisher-not-verified' }]);
    expect(await actorsNamed('example relief')).toMatchObject([{ vetting: 'pending' }]);
    const vouched = await load(world, fileWith(activity()));
    expect(vouched.activities).toMatchObject([{ outcome: 'unchanged', silent: null }]);
    expect(vouched.organisations.verified).toBe(1);
    await world.settle();
    expect(await rows(`select from footprint_cell where cell = 'country:BD' and face = 'own'`)).toHaveLength(1);
  });
});

test('an activity of a DAC code that is a theme of the hub is on the corridors of its country with that theme', async () => {
  await load(
    world,
    fileWith(activity({ country: 'TO' }), activity({ country: 'TO', identifier: 'XX-1-B', sector: '15160' })),
  );
  expect(await programme('XX-1-A')).toMatchObject({ corridors: ['pacific_seasonal'] });
  expect(await programme('XX-1-B')).toMatchObject({ corridors: [] });
});

test('what is loaded meets what it has in common with others', async () => {
  const other = '<reporting-org ref="XX-EXA-2" type="10"><narrative>Example Agency</narrative></reporting-org>';
  const report = await load(
    world,
    fileWith(
      activity(),
      activity({ identifier: 'XX-2-A', publisher: other }),
      activity({ identifier: 'XX-2-B', publisher: other, sector: '11110' }),
      activity({ identifier: 'XX-2-C', publisher: other, country: 'PH' }),
    ),
  );
  await world.settle();
  const [first, second] = report.activities;
  const found = await sql<{
    pair: string[];
  }>`select array[a_id, b_id] as pair from overlap where view = 'released'`.execute(
    world.worker.orm.em.fork().getKysely(),
  );
  expect(found.rows.map(({ pair }) => pair.sort())).toEqual([[first?.programmeId, second?.programmeId].sort()]);
});
