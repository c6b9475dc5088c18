import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IatiActivity } from '../../core/imports/iati/activity.ts';
import { activityDays } from '../../core/imports/iati/activity-days.ts';
import { activityTexts } from '../../core/imports/iati/activity-texts.ts';
import { activityThemes } from '../../core/imports/iati/activity-themes.ts';
import { type FoldedMention, type KnownActor, assignActors } from '../../core/imports/iati/assign-actors.ts';
import { REVIEWED_DAC_CODES } from '../../core/imports/iati/dac-themes.ts';
import { mergeActivities } from '../../core/imports/iati/merge-activities.ts';
import { mentionOf, partnersOf } from '../../core/imports/iati/organisations.ts';
import { sayLoad } from '../../core/imports/iati/say-load.ts';
import { SEED_TERMS } from '../../core/vocabulary/seed/terms.ts';

const EMPTY: IatiActivity = {
  line: 1,
  identifier: 'XX-1',
  updatedAt: null,
  reporter: null,
  participants: [],
  titles: [],
  descriptions: [],
  status: null,
  dates: [],
  countries: [],
  locations: [],
  sectors: [],
};
const english = (text: string) => ({ language: 'en', text });

describe('days', () => {
  const daysOf = (dates: Record<string, string>, status: string | null = '2') =>
    activityDays({ dates: Object.entries(dates).map(([type, day]) => ({ type, day })), status });

  test('the actual day wins, the planned one fills in', () => {
    expect(daysOf({ 1: '2026-01-01', 2: '2026-02-01', 3: '2026-12-31' })).toEqual({
      kind: 'dated',
      days: { start: '2026-02-01', end: '2026-12-31' },
    });
    expect(daysOf({ 1: '2026-01-01', 3: '2026-12-31', 4: '2026-06-30' })).toEqual({
      kind: 'dated',
      days: { start: '2026-01-01', end: '2026-06-30' },
    });
  });

  test.each([
    ['2026-02-29', 'a day that no calendar has'],
    ['24000101', 'a year that stands for no end'],
    ['9999-12-31', 'a year that stands for no end'],
    ['1900-01-01', 'a year that stands for nothing known'],
    ['June 2026', 'no day'],
    ['2026-06', 'no day'],
  ])('an end of %s is %s, and leaves it open', (end) => {
    expect(daysOf({ 2: '2026-01-01', 3: end })).toEqual({ kind: 'dated', days: { start: '2026-01-01', end: null } });
  });

  test.each(['2026-03-01Z', '2026-03-01+02:00', '2026-03-01T00:00:00', '20260301', '2026-03-01'])(
    'the day written %s is read',
    (written) => {
      expect(daysOf({ 1: written })).toEqual({ kind: 'dated', days: { start: '2026-03-01', end: null } });
    },
  );

  test('an actual day that cannot be read leaves the planned one', () => {
    expect(daysOf({ 1: '2026-01-01', 2: 'soon' })).toMatchObject({ days: { start: '2026-01-01' } });
  });

  test('without a start it is undated, and so it is when closed without an end', () => {
    expect(daysOf({ 3: '2026-01-01' })).toEqual({ kind: 'undated', why: 'no-start' });
    expect(daysOf({ 2: '2026-01-01' }, '4')).toEqual({ kind: 'undated', why: 'closed-without-end' });
  });

  test('one day is no end before the start, the day before is', () => {
    expect(daysOf({ 2: '2026-01-01', 4: '2026-01-01' })).toMatchObject({ kind: 'dated' });
    expect(daysOf({ 2: '2026-01-01', 4: '2025-12-31' })).toEqual({
      kind: 'backwards',
      start: '2026-01-01',
      end: '2025-12-31',
    });
  });
});

describe('texts', () => {
  test('the English title is the name, else the first; all languages are kept', () => {
    const titles = [{ language: 'fr', text: 'Un' }, english('One'), { language: null, text: 'Uno' }];
    expect(activityTexts({ ...EMPTY, titles })).toMatchObject({ name: 'One', names: { en: 'One', fr: 'Un' } });
    expect(activityTexts({ ...EMPTY, titles: titles.slice(0, 1) })).toMatchObject({ name: 'Un', names: { fr: 'Un' } });
    expect(activityTexts({ ...EMPTY, titles: titles.slice(2) })).toMatchObject({ name: 'Uno', names: {} });
    expect(activityTexts(EMPTY)).toMatchObject({ name: 'XX-1', names: {}, description: '' });
  });

  test('descriptions of one language are paragraphs of one text, each once', () => {
    const descriptions = [
      english('General.'),
      { language: 'fr', text: 'Général.' },
      english('Aims.'),
      english('Aims.'),
    ];
    expect(activityTexts({ ...EMPTY, descriptions })).toMatchObject({
      description: 'General.\n\nAims.',
      descriptions: { en: 'General.\n\nAims.', fr: 'Général.' },
    });
  });

  test('a long title is cut to what the hub keeps, never through a character', () => {
    const { name } = activityTexts({ ...EMPTY, titles: [english(`${'x'.repeat(298)}😀😀`)] });
    expect(name).toBe(`${'x'.repeat(298)}…`);
  });
});

describe('themes', () => {
  const sector = (vocabulary: string | null, code: string | null) => ({ vocabulary, code, names: [] });

  test('purposes and categories of DAC become terms with a name for people', () => {
    const sectors = [sector('1', '12264'), sector('2', '151'), sector(null, '12264'), sector('DAC-3', '111')];
    expect(activityThemes({ sectors })).toEqual({
      themes: ['dac:111', 'dac:12264', 'dac:151'],
      terms: [
        { code: 'dac:12264', labels: { en: 'Basic health (DAC 12264)' } },
        { code: 'dac:151', labels: { en: 'Government and civil society, general (DAC 151)' } },
        { code: 'dac:111', labels: { en: 'Education, level unspecified (DAC 111)' } },
      ],
    });
  });

  test("the file's own name for a code comes first", () => {
    const sectors = [{ vocabulary: '1', code: '12264', names: [english('COVID-19 control')] }];
    expect(activityThemes({ sectors }).terms).toEqual([{ code: 'dac:12264', labels: { en: 'COVID-19 control' } }]);
  });

  test('other vocabularies, other forms and codes that say nothing are no theme', () => {
    const sectors = [
      sector('8', '3.2'),
      sector('99', '12264'),
      sector('1', '998'),
      sector('1', '99810'),
      sector('1', null),
    ];
    expect(activityThemes({ sectors: [...sectors, sector('1', '1226'), sector('1', '91010')] }).themes).toEqual([]);
  });

  test('a code that clearly is about a theme of the hub brings that theme; the table names only themes there are', () => {
    expect(activityThemes({ sectors: [sector('1', '15190')] })).toMatchObject({
      themes: ['dac:15190', 'safe_regular_pathways'],
      terms: [{ code: 'dac:15190', broader: 'safe_regular_pathways' }],
    });
    expect(activityThemes({ sectors: [sector('1', '16070')] }).themes).toEqual(['dac:16070']);
    const themes = new Set(SEED_TERMS.filter(({ kind }) => kind === 'theme').map(({ code }) => code));
    const mapped = REVIEWED_DAC_CODES.flatMap(({ theme }) => theme ?? []);
    expect(mapped.length).toBeGreaterThan(0);
    expect(mapped.filter((theme) => !themes.has(theme))).toEqual([]);
    expect(new Set(REVIEWED_DAC_CODES.map(({ code }) => code)).size).toBe(REVIEWED_DAC_CODES.length);
  });
});

describe('organisations', () => {
  const named = (name: string, ref: string | null = null, type: string | null = null) => ({
    ref,
    type,
    names: name === '' ? [] : [english(name)],
  });

  test('a bare number is known to its publisher alone, and a group of organisations is none', () => {
    expect(mentionOf(named('Example Fund', '12711'))).toMatchObject({ ref: null, name: 'Example Fund' });
    expect(mentionOf(named('Example Fund', 'XX-COH-1'))).toMatchObject({ ref: 'XX-COH-1' });
    expect(mentionOf(named('International NGO', 'XM-DAC-21000'))).toBeNull();
    expect(mentionOf(named('United Nations Development Programme', 'XM-DAC-41114'))).not.toBeNull();
    expect(mentionOf(named('', '12711'))).toBeNull();
    expect(mentionOf(named('', 'XX-COH-1'))).toMatchObject({ name: 'XX-COH-1' });
  });

  test('case, accents and blanks make no other organisation', () => {
    const keys = ['Save the Children', 'SAVE THE CHILDREN', 'Savé the children'].map(
      (name) => mentionOf(named(name))?.key,
    );
    expect(new Set(keys).size).toBe(1);
    expect(mentionOf(named('A', 'xx-coh-1'))?.key).toBe(mentionOf(named('B', 'XX-COH-1'))?.key);
  });

  test.each([
    ['10', 'state_national'],
    ['40', 'intergovernmental'],
    ['24', 'national_ngo'],
    ['71', 'employer'],
    ['90', null],
    [null, null],
  ])('organisation type %s is of the kind %s', (type, kind) => {
    expect(mentionOf(named('Example', null, type))?.kind).toBe(kind);
    const kinds = SEED_TERMS.filter((term) => term.kind === 'actor_kind').map(({ code }) => code);
    if (kind !== null) expect(kinds).toContain(kind);
  });

  test('whoever is called like the publisher is the publisher, whatever its identifier; roles are those of IATI', () => {
    const reporter = named('Terre des exemples', 'CH-FDJP-CHE1');
    const partners = partnersOf({
      ...EMPTY,
      reporter,
      participants: [
        { ...named('TERRE DES EXEMPLES', 'CH-FDJP-CHE-1'), role: '4' },
        { ...named('Example Fund'), role: 'Funding' },
        { ...named('Example Fund'), role: '9' },
        { ...named('Example Fund'), role: null },
      ],
    });
    expect(partners).toMatchObject([
      { organisation: { key: 'ref CH-FDJP-CHE1' }, role: 'implementing' },
      { organisation: { name: 'Example Fund' }, role: 'funding' },
    ]);
  });
});

describe('an activity that a file repeats', () => {
  test('is what was updated last, with the lists of all and what only an older one says', () => {
    const country = (code: string) => ({ code, names: [] });
    const older = {
      ...EMPTY,
      updatedAt: '2026-01-01',
      status: '3',
      titles: [english('Older')],
      descriptions: [english('Told once')],
      countries: [country('BD'), country('MM')],
    };
    const newer = {
      ...EMPTY,
      line: 9,
      updatedAt: '2026-02-01',
      titles: [english('Newer')],
      countries: [country('BD'), country('TH')],
    };
    const merged = mergeActivities([newer, older]);
    expect(merged).toMatchObject({ status: '3', titles: newer.titles, descriptions: older.descriptions });
    expect(merged.countries).toEqual([country('BD'), country('TH'), country('MM')]);
    expect(mergeActivities([older, newer])).toEqual(merged);
  });

  test('of two updated at the same time the later in the file counts', () => {
    const [first, second] = [english('First'), english('Second')].map((title) => ({ ...EMPTY, titles: [title] }));
    if (!first || !second) throw new Error('two expected');
    expect(mergeActivities([first, second]).titles).toEqual(second.titles);
  });
});

describe('who the organisations of a file are', () => {
  const mention = (name: string, ref: string | null = null, publishes = false): FoldedMention => ({
    key: ref === null ? `name ${name.toLowerCase()}` : `ref ${ref}`,
    ref,
    name,
    names: {},
    kind: null,
    fold: name.toLowerCase(),
    publishes,
  });
  const actor = (id: string, fold: string, ...refs: string[]): KnownActor => ({ id, folds: [fold], refs });
  const idsOf = (mentions: readonly FoldedMention[], known: readonly KnownActor[]) =>
    assignActors(mentions, known).map(({ keys, actorId }) => [keys, actorId]);

  test('an identifier comes before a name', () => {
    expect(idsOf([mention('Example', 'XX-1')], [actor('a', 'example'), actor('b', 'other', 'XX-1')])).toEqual([
      [['ref XX-1'], 'b'],
    ]);
  });

  test('a name finds an actor without identifier, which takes it; one with another identifier is somebody else', () => {
    expect(assignActors([mention('Example', 'XX-1')], [actor('a', 'example')])).toMatchObject([
      { actorId: 'a', lacksRef: true },
    ]);
    expect(idsOf([mention('Ministry', 'XX-1')], [actor('a', 'ministry', 'YY-1')])).toEqual([[['ref XX-1'], null]]);
    expect(idsOf([mention('Ministry', 'XX-1'), mention('Ministry', 'YY-1')], [actor('a', 'ministry')])).toEqual([
      [['ref XX-1'], 'a'],
      [['ref YY-1'], null],
    ]);
  });

  test('a mention without identifier is the identified organisation of that name, else the actor of that name, else new', () => {
    expect(idsOf([mention('Example'), mention('Example', 'XX-1')], [])).toEqual([[['ref XX-1', 'name example'], null]]);
    expect(idsOf([mention('Example')], [actor('a', 'example', 'YY-1'), actor('b', 'example')])).toEqual([
      [['name example'], 'a'],
    ]);
    expect(idsOf([mention('Example')], [actor('a', 'other')])).toEqual([[['name example'], null]]);
  });

  test('what a publisher calls itself comes before what others call it', () => {
    const [organisation] = assignActors([mention('EXAMPLE ORG.', 'XX-1'), mention('Example Org', 'XX-1', true)], []);
    expect(organisation).toMatchObject({ publishes: true, mention: { name: 'Example Org', ref: 'XX-1' } });
  });

  test('when all are registered, the same file finds the same actors, in whatever order it mentions them', () => {
    const names = fc.constantFrom('A', 'B', 'C', 'D');
    const refs = fc.option(fc.constantFrom('XX-1', 'XX-2', 'XX-3', 'XX-4'));
    const mentions = fc.uniqueArray(
      fc.tuple(names, refs).map(([name, ref]) => mention(name, ref)),
      {
        selector: ({ name, ref }) => `${name} ${String(ref)}`,
        maxLength: 12,
      },
    );
    const actors = fc
      .array(fc.tuple(names, refs), { maxLength: 4 })
      .map((all) =>
        all.map(([name, ref], index) =>
          actor(`known${String(index)}`, name.toLowerCase(), ...(ref === null ? [] : [ref])),
        ),
      );
    /** What is done with an answer: new actors come after those known, in any order among themselves. */
    const carryOut = (mentioned: readonly FoldedMention[], known: readonly KnownActor[], backwards: boolean) => {
      const after = [...known];
      const fresh: KnownActor[] = [];
      const ids = new Map<string, string>();
      assignActors(mentioned, known).forEach(({ keys, actorId, lacksRef, mention: { name, ref } }, index) => {
        const id = actorId ?? `new${String(index)}`;
        const position = after.findIndex((one) => one.id === id);
        const found = after[position];
        if (!found) fresh.push({ id, folds: [name.toLowerCase()], refs: ref === null ? [] : [ref] });
        else if (lacksRef && ref !== null) after[position] = { ...found, refs: [...found.refs, ref] };
        for (const key of keys) ids.set(key, id);
      });
      return { after: [...after, ...(backwards ? fresh.toReversed() : fresh)], ids };
    };
    fc.assert(
      fc.property(mentions, actors, fc.boolean(), (mentioned, known, backwards) => {
        const first = carryOut(mentioned, known, backwards);
        expect(new Set(first.ids.keys())).toEqual(new Set(mentioned.map(({ key }) => key)));
        const again = carryOut(mentioned.toReversed(), first.after, backwards);
        expect(again).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });
});

test('the report tells every outcome, every refusal with its reason, and why what was loaded matches nothing', () => {
  const one = { programmeId: 'prg_1', reason: null, silent: null, unknownCountries: [] };
  const text = sayLoad({
    fileName: 'file.xml',
    dryRun: true,
    organisations: { found: 2, registered: 1, verified: 1 },
    activities: [
      { ...one, line: 1, identifier: 'XX-1', outcome: 'created' },
      { ...one, line: 5, identifier: 'XX-2', outcome: 'created', silent: 'no-country', unknownCountries: ['XK'] },
      { ...one, line: 7, identifier: 'XX-2', outcome: 'merged', silent: 'no-country' },
      { ...one, line: 9, identifier: null, outcome: 'refused', reason: 'it has no iati-identifier' },
    ],
  });
  expect(text).toContain(
    '4 activities, each accounted for\n  2 created, 0 changed, 0 unchanged, 1 merged, 1 refused\n',
  );
  expect(text).toContain('3 organisations: 2 known before, 1 registered; 1 publisher verified\n');
  expect(text).toContain('  without identifier (line 9): it has no iati-identifier\n');
  expect(text).toContain('matching nothing as they are: 1\n      1 name no country that the hub knows');
  expect(text).toContain('none in ISO 3166-1: XK\n');
  expect(text).toContain('dry run');
});
