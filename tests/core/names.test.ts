import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jaroWinkler } from '../../core/names/jaro-winkler.ts';
import {
  type KnownOrganisation,
  type OrganisationMention,
  OrganisationMatcher,
  type OrganisationVerdict,
  comparableCode,
} from '../../core/names/match-organisation.ts';
import { likeness } from '../../core/names/likeness.ts';
import { normaliseName } from '../../core/names/normalise-name.ts';
import { readName } from '../../core/names/read-name.ts';

describe('a normalised name', () => {
  const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.lorem());

  test('normalised again is the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(normaliseName(normaliseName(text))).toBe(normaliseName(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the same in every Unicode form, in capitals, and with blanks around', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aebczñéüçåøłßĞšάжёй -.') });
    fc.assert(
      fc.property(letters, (text) => {
        const normalised = normaliseName(text);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
          expect(normaliseName(text.normalize(form))).toBe(normalised);
        expect(normaliseName(`\u00a0 ${text}\t`)).toBe(normalised);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normaliseName(text.toUpperCase())).toBe(normaliseName(text));
      }),
    );
  });

  test('has neither punctuation nor two blanks', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(normaliseName(text)).toMatch(/^(?:[\p{L}\p{N}\p{M}]+(?: [\p{L}\p{N}\p{M}]+)*)?$/u);
      }),
    );
  });

  test.each([
    ['U.N.I.C.E.F.', 'unicef'],
    ['Action\u00a0Against  Hunger', 'action against hunger'],
    ["Communauté de Sant'Egidio", 'communaute de santegidio'],
    ['Médecins Sans Frontières', 'medecins sans frontieres'],
    ['AmeriCares & NYC Medics', 'americares and nyc medics'],
    ['Fundacja im. Kazimierza Pułaskiego', 'fundacja im kazimierza pulaskiego'],
    ['Straße der Flüchtlinge e.V.', 'strasse der fluchtlinge ev'],
    ['ব্র্যাক', 'ব্র্যাক'],
    ['الهِلالُ الأحمر', 'الهلال الاحمر'],
  ])('%s is %s', (text, normalised) => {
    expect(normaliseName(text)).toBe(normalised);
  });
});

test('Jaro and Winkler as they published it', () => {
  const published = [
    ['MARTHA', 'MARHTA', 0.961],
    ['DIXON', 'DICKSONX', 0.813],
    ['DWAYNE', 'DUANE', 0.84],
    ['abc', 'xyz', 0],
  ] as const;
  for (const [a, b, like] of published) expect(jaroWinkler(a, b)).toBeCloseTo(like, 3);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(jaroWinkler(a, b)).toBeCloseTo(jaroWinkler(b, a), 10);
      expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(0);
      expect(jaroWinkler(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test('likeness is between 0 and 1, the same both ways, and 1 of a name with itself', () => {
  const words = fc.array(fc.constantFrom('save', 'the', 'children', 'chlidren', 'norway', '4', 'intl', 'health'), {
    minLength: 1,
    maxLength: 6,
  });
  const names = words.map((parts) => readName(parts.join(' ')));
  fc.assert(
    fc.property(names, names, (a, b) => {
      const like = likeness(a, b, () => 1);
      expect(like).toBeGreaterThanOrEqual(0);
      expect(like).toBeLessThanOrEqual(1);
      expect(like).toBeCloseTo(
        likeness(b, a, () => 1),
        10,
      );
      expect(likeness(a, a, () => 1)).toBe(1);
    }),
  );
});

test('codes are compared without case and blanks, and what stands for none is none', () => {
  expect(comparableCode(' gb-chc 202918 ')).toBe('GB-CHC202918');
  for (const none of ['#N/A', 'N/A', '-', '', '  ', 'null', '#REF!', '0', 'n.a.'])
    expect(comparableCode(none)).toBeNull();
});

/** Organisations that everybody in the field knows, as a hub would have them. */
const KNOWN: readonly KnownOrganisation[] = [
  organisation(
    'iom',
    'International Organization for Migration',
    ['IOM', 'OIM', 'Organisation internationale pour les migrations'],
    [['iati', 'XM-DAC-47066']],
  ),
  organisation('unhcr', 'United Nations High Commissioner for Refugees (UNHCR)', ['UN Refugee Agency']),
  organisation('unicef', "United Nations Children's Fund", ['UNICEF']),
  organisation('unodc', 'United Nations Office on Drugs and Crime'),
  organisation('wfp', 'World Food Programme', ['WFP']),
  organisation('msf', 'Médecins Sans Frontières', ['MSF', 'Doctors Without Borders']),
  organisation('stc', 'Save the Children', [], [['iati', 'GB-CHC-213890']]),
  organisation('stc-no', 'Save the Children Norway', []),
  organisation('oxfam', 'Oxfam GB', ['Oxfam']),
  organisation('drc', 'Danish Refugee Council', ['DRC']),
  organisation('drc-state', 'Democratic Republic of the Congo', ['DRC'], [], ['CD']),
  organisation('bd-health', 'Ministry of Health', [], [], ['BD']),
  organisation('wvi', 'World Vision International', ['World Vision']),
  organisation('welthungerhilfe', 'Deutsche Welthungerhilfe e.V.', ['German Agro Action']),
];

function organisation(
  id: string,
  name: string,
  aliases: readonly string[] = [],
  codes: readonly (readonly [string, string])[] = [],
  basedIn: readonly string[] = [],
): KnownOrganisation {
  return { id, name, aliases, identifiers: codes.map(([scheme, value]) => ({ scheme, value })), basedIn };
}

const matcher = new OrganisationMatcher(KNOWN);
const said = (name: string, more: Partial<OrganisationMention> = {}): OrganisationVerdict =>
  matcher.match({ name, code: null, ...more });

describe('names as sheets have them', () => {
  test.each([
    [' Save the children ', 'stc'],
    ['SAVE THE CHILDREN', 'stc'],
    ["United Nations Childrens' Fund", 'unicef'],
    ['Medecins sans Frontieres', 'msf'],
    ['World\u00a0Food  Program', 'wfp'],
    ['Intl. Organisation for Migration', 'iom'],
    ['IOM - International Organization for Migration', 'iom'],
    ['International Organization for Migration (IOM)', 'iom'],
    ['Organisation Internationale pour les Migrations', 'iom'],
    ['UN High Commissioner for Refugees', 'unhcr'],
    ['Deutsche Welthungerhilfe', 'welthungerhilfe'],
    ['German Agro Action', 'welthungerhilfe'],
    ['World vision', 'wvi'],
    ['Oxfam Ltd', 'oxfam'],
    ['I.O.M.', 'iom'],
  ])('%s is surely %s', (name, id) => {
    expect(said(name)).toMatchObject({ kind: 'sure', actorId: id });
  });

  test.each([
    // Another branch may be another organisation, or the same.
    ['Save the Children Sweden', 'stc'],
    ['Oxfam Vanuatu', 'oxfam'],
    // Letters that two are known by; letters that only fit.
    ['DRC', 'drc'],
    ['UNODC', 'unodc'],
    ['World Food', 'wfp'],
    ['Danish Refugee Counsil', 'drc'],
    ['Médecins sans Frontières Belgique', 'msf'],
  ])('%s is for a person to say, %s among the candidates', (name, id) => {
    const verdict = said(name);
    expect(verdict.kind === 'doubtful' && verdict.candidates.map(({ actorId }) => actorId)).toContain(id);
  });

  test.each([
    'Doctors of the World',
    'World Bank',
    'Ministry of Education',
    'Norwegian Refugee Council',
    'Rotary Club',
    '',
    '#N/A',
    'unknown',
    '—',
    '0',
  ])('%s is nobody known', (name) => {
    expect(said(name)).toEqual({ kind: 'unknown' });
  });

  test('a state body named without its country is sure only where it is based', () => {
    expect(said('Ministry of Health')).toMatchObject({ kind: 'doubtful', candidates: [{ actorId: 'bd-health' }] });
    expect(said('Ministry of Health ', { countries: ['BD'] })).toMatchObject({ kind: 'sure', actorId: 'bd-health' });
    expect(said('Ministry of Health', { countries: ['VU'] })).toEqual({ kind: 'unknown' });
  });
});

describe('codes', () => {
  const coded = (value: string, scheme = 'iati'): Partial<OrganisationMention> => ({ code: { scheme, value } });

  test('go before names, whatever their case and blanks', () => {
    expect(said('OIM Bangladesh', coded('xm-dac- 47066 '))).toMatchObject({ kind: 'sure', actorId: 'iom', by: 'CODE' });
    expect(said('', coded('XM-DAC-47066'))).toMatchObject({ kind: 'sure', actorId: 'iom' });
  });

  test('that stand for none say nothing', () => {
    expect(said('Save the Children', coded('#N/A'))).toMatchObject({ kind: 'sure', actorId: 'stc', by: 'NAME' });
  });

  test('of another scheme are others', () => {
    expect(said('Somebody', coded('XM-DAC-47066', 'org-id'))).toEqual({ kind: 'unknown' });
  });

  test('that differ make even an equal name doubtful', () => {
    expect(said('Save the Children', coded('XX-OTHER'))).toMatchObject({ kind: 'doubtful' });
  });

  test('of one with the very name of another are for a person to say', () => {
    const verdict = said('Danish Refugee Council', coded('XM-DAC-47066'));
    expect(verdict.kind === 'doubtful' && verdict.candidates.map(({ actorId }) => actorId)).toEqual(['iom', 'drc']);
  });

  test('that two have are for a person to say', () => {
    const both = new OrganisationMatcher(
      ['a', 'b'].map((id) => organisation(id, `Example ${id}`, [], [['iati', 'XX-1']])),
    );
    expect(both.match({ name: 'x', ...coded('XX-1'), code: { scheme: 'iati', value: 'XX-1' } })).toMatchObject({
      kind: 'doubtful',
      candidates: [{ actorId: 'a' }, { actorId: 'b' }],
    });
  });
});

test('the order of the directory changes no verdict', () => {
  const mentions = ['DRC', 'Save the children sweden', 'World Vission', 'Ministry of Health', 'oxfam', 'UNODC'];
  fc.assert(
    fc.property(fc.shuffledSubarray([...KNOWN], { minLength: KNOWN.length }), (shuffled) => {
      const other = new OrganisationMatcher(shuffled);
      for (const name of mentions) expect(other.match({ name, code: null })).toEqual(said(name));
    }),
    { numRuns: 20 },
  );
});

test('no text makes it fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (name, value) => {
      expect(['sure', 'doubtful', 'unknown']).toContain(matcher.match({ name, code: { scheme: 'iati', value } }).kind);
    }),
  );
});
