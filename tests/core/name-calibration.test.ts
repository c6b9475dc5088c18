import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  DOUBTFUL,
  type OrganisationCandidate,
  OrganisationMatcher,
  type OrganisationVerdict,
  SURE,
} from '../../core/names/match-organisation.ts';
import { type LabelledName, labelNames, randomFrom, splitNames } from '../support/name-worlds.ts';

const folder = process.env['CONCORD_REALDATA'] ?? '';
const real = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** Names of organisations that do not exist, built as those are that do. */
function inventedNames(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const pick = (of: string): string => of.split(' ')[Math.floor(random() * of.split(' ').length)] ?? '';
  const syllable = (): string => pick('ba lo mi ra te ku sha dor van nel pi zu') + pick('n r l s m k');
  const place = (): string => {
    const name = syllable() + syllable() + (random() < 0.5 ? syllable() : '');
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
  const body = (): string => pick('Association Foundation Network Centre Council Union Trust Federation');
  const cause = (): string => pick('Women Youth Migrants Fishers Health Education Justice Relief Harvest Radio');
  const shapes = [
    () => `${place()} ${cause()} ${body()}`,
    () => `${body()} for ${cause()} and ${cause()} in ${place()}`,
    () => `The ${place()} ${body()}`,
    () => `International ${body()} of ${place()} ${cause()} Workers`,
    () => `${place()} ${place()} ${cause()} Initiative Ltd`,
    () => `Ministry of ${cause()} and ${cause()} of ${place()}`,
  ];
  return Array.from({ length: count }, () => shapes[Math.floor(random() * shapes.length)]?.() ?? '');
}

const knowing = (names: readonly string[]): OrganisationMatcher =>
  new OrganisationMatcher(names.map((name) => ({ id: name, name, aliases: [], identifiers: [], basedIn: [] })));

interface Measured {
  /** Of those linked without asking, the share that is right. */
  readonly precision: number;
  /** Of those known, the share linked without asking to the right one. */
  readonly linked: number;
  /** Of those known, the share linked, or among the candidates a person is shown. */
  readonly found: number;
  /** Mean distance between the confidence of the likeliest and how often it is meant. */
  readonly calibrationError: number;
  readonly wrong: readonly string[];
}

function measure(names: readonly string[], seed: number, count: number): Measured {
  const { known, unknown } = splitNames(names, seed);
  const matcher = knowing(known);
  const judged = labelNames(known, unknown, seed + 1_000, count).map((label) => ({
    label,
    verdict: matcher.match({ name: label.written, code: null }),
  }));
  const sure = judged.filter(({ verdict }) => verdict.kind === 'sure');
  const right = sure.filter(({ label, verdict }) => likeliest(verdict)?.actorId === label.means);
  const meant = judged.filter(({ label }) => label.means !== null);
  const found = meant.filter(({ label, verdict }) =>
    candidatesOf(verdict).some(({ actorId }) => actorId === label.means),
  );
  return {
    precision: right.length / sure.length,
    linked: right.length / meant.length,
    found: found.length / meant.length,
    calibrationError: calibrationError(judged),
    wrong: sure
      .filter((one) => !right.includes(one))
      .map(({ label, verdict }) => `${label.written} → ${likeliest(verdict)?.actorId ?? ''}`),
  };
}

function candidatesOf(verdict: OrganisationVerdict): readonly OrganisationCandidate[] {
  if (verdict.kind === 'unknown') return [];
  return verdict.kind === 'sure' ? [verdict] : verdict.candidates;
}

const likeliest = (verdict: OrganisationVerdict): OrganisationCandidate | undefined => candidatesOf(verdict)[0];

function calibrationError(
  judged: readonly { readonly label: LabelledName; readonly verdict: OrganisationVerdict }[],
): number {
  const judgedOnes = judged.flatMap(({ label, verdict }) => {
    const first = likeliest(verdict);
    return first ? [{ confidence: first.confidence, isRight: first.actorId === label.means }] : [];
  });
  const bins = [...Map.groupBy(judgedOnes, ({ confidence }) => Math.floor(confidence * 10)).values()];
  const errors = bins.map((bin) => {
    const mean = (of: (one: (typeof bin)[number]) => number): number =>
      bin.reduce((sum, one) => sum + of(one), 0) / bin.length;
    return Math.abs(mean(({ confidence }) => confidence) - mean(({ isRight }) => Number(isRight))) * bin.length;
  });
  return errors.reduce((sum, error) => sum + error, 0) / judgedOnes.length;
}

function say(what: string, { precision, linked, found, calibrationError: error }: Measured): void {
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
  console.info(
    `${what}: sure from ${String(SURE)}: precision ${percent(precision)}, recall ${percent(linked)}; ` +
      `with those asked about (from ${String(DOUBTFUL)}): recall ${percent(found)}; calibration error ${error.toFixed(3)}`,
  );
}

test('of invented names, what is linked without asking is right, and little is missed', () => {
  const measured = measure(inventedNames(1_500, 11), 11, 4_000);
  say('invented names, seed 11', measured);
  expect(measured.wrong.slice(0, 20)).toEqual([]);
  expect(measured.linked).toBeGreaterThan(0.7);
  expect(measured.found).toBeGreaterThan(0.9);
});

describe.runIf(folder !== '')('real names', () => {
  interface Publisher {
    readonly title: string;
    readonly publisher_iati_id: string;
  }
  const publishers = (): readonly Publisher[] =>
    Object.values(JSON.parse(real('orgs/iati-registry-publishers.json')) as Record<string, Publisher>);

  test.each([21, 22, 23])(
    'of publishers, changed with seed %d: no more than one in 200 linked is wrong',
    (seed) => {
      const measured = measure(
        publishers().map(({ title }) => title),
        seed,
        12_000,
      );
      say(`IATI publishers, seed ${String(seed)}`, measured);
      expect(measured.precision).toBeGreaterThan(0.995);
      expect(measured.linked).toBeGreaterThan(0.72);
      expect(measured.found).toBeGreaterThan(0.93);
      expect(measured.calibrationError).toBeLessThan(0.05);
    },
    120_000,
  );

  test('every publisher is found by its code, also those that share one', () => {
    const all = publishers();
    const matcher = new OrganisationMatcher(
      all.map(({ title, publisher_iati_id: value }, index) => ({
        id: `act_${String(index)}`,
        name: title,
        aliases: [],
        identifiers: value ? [{ scheme: 'iati', value }] : [],
        basedIn: [],
      })),
    );
    const coded = all.filter(({ publisher_iati_id: value }) => value);
    const byCode = coded.filter(({ publisher_iati_id: value, title }) => {
      const verdict = matcher.match({ name: title, code: { scheme: 'iati', value: ` ${value.toLowerCase()} ` } });
      return verdict.kind === 'sure' && all[Number(verdict.actorId.slice(4))]?.title === title;
    });
    expect(byCode).toHaveLength(coded.length);
  });

  /** Of the 180 organisations of two who-does-what-where sheets, those that publish to IATI under the same name; labelled by hand. */
  const SAME: Readonly<Record<string, string>> = {
    'Action Aid International': 'ActionAid International',
    'Alliance for International Medical Action': 'The Alliance for International Medical Action (ALIMA)',
    'Carter Center': 'The Carter Center',
    'Catholic Agency For Overseas Development': 'Catholic Agency For Overseas Development (CAFOD)',
    'International Committee of the Red Cross': 'International Committee of the Red Cross (ICRC)',
    'International Rescue Committee': 'The International Rescue Committee',
    'Population Services International': 'Population Service International',
    'TEAR Fund': 'Tearfund',
    "United Nations Children's Fund": "United Nations Children's Fund (UNICEF)",
    'United Nations Development Programme': 'United Nations Development Programme (UNDP)',
    'United Nations High Commissioner for Refugee': 'United Nations High Commissioner for Refugees (UNHCR)',
    'United Nations Office for Project Services': 'United Nations Office for Project Services (UNOPS)',
    'United States Agency for International Development': 'United States Agency for International Development (USAID)',
    'World Bank': 'The World Bank',
    'World Health Organization': 'World Health Organization (WHO)',
  };
  /** Several publishers are these, or parts of these: only a person can say. */
  const ASKED = [
    'Save the Children',
    'Save the children',
    'Oxfam',
    'CARE',
    'Caritas',
    'UNICEF',
    'FAO',
    'WFP',
    'World Vision',
    'ADRA',
  ];

  test('of who-does-what-where sheets: all that is linked is right, what several are is asked, the same name is the same', () => {
    const text = real('3w/ebola-west-africa-2014-3w.js');
    const ebola = JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1)) as { Organisation: string }[];
    const pam = JSON.parse(real('3w/cyclone-pam-vanuatu-2015-3w.json')) as { organisation: string }[];
    const names = [...ebola.map(({ Organisation }) => Organisation), ...pam.map(({ organisation }) => organisation)];
    const matcher = knowing(publishers().map(({ title }) => title));
    const verdicts = new Map([...new Set(names)].map((name) => [name, matcher.match({ name, code: null })]));
    const linked = [...verdicts].flatMap(([name, verdict]) =>
      verdict.kind === 'sure' ? [[name, verdict.actorId] as const] : [],
    );
    const others = linked.filter(([name, to]) => name.trim().toLowerCase() !== to.toLowerCase());
    expect(Object.fromEntries(others)).toEqual(SAME);
    expect(linked).toHaveLength(26);
    for (const name of ASKED) expect(verdicts.get(name)?.kind, name).toBe('doubtful');
    expect(verdicts.get('Save the children')).toEqual(verdicts.get('Save the Children'));
    expect(verdicts.get('unknown')).toEqual({ kind: 'unknown' });
  });
});
