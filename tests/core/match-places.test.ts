import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type PlaceMention, type PlaceVerdict, matchPlaces, placeKey } from '../../core/names/match-place.ts';
import { type PlaceTableReport, loadPlaceTable } from '../../core/vocabulary/place-table.ts';
import type { Vocabulary } from '../../core/vocabulary/vocabulary.ts';
import { PlainError } from '../../platform/plain-error.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';

let world: MatchingWorld;
let vocabulary: Vocabulary;

const now = (): Promise<Vocabulary> =>
  world.app.unitOfWork.run(HUB_VIEWER, ({ em }) => world.app.vocabulary.current(em));
const loadTable = (file: string): Promise<PlaceTableReport> =>
  world.worker.unitOfWork.run(HUB_VIEWER, (work) => loadPlaceTable(work, world.worker.vocabulary, file));

beforeAll(async () => {
  world = await matchingWorld();
  vocabulary = await now();
});
afterAll(() => world.close());

const place = (name: string | null, more: Partial<PlaceMention> = {}): PlaceMention => ({
  name,
  code: null,
  level: null,
  within: null,
  ...more,
});
const country = (name: string): PlaceMention => place(name, { level: 0 });

function said(mention: PlaceMention, by: Vocabulary = vocabulary): PlaceVerdict {
  const verdict = matchPlaces(by, [mention]).get(placeKey(mention));
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

describe('countries', () => {
  test.each([
    ['Bangladesh', 'BD'],
    [' bangladesh ', 'BD'],
    ['বাংলাদেশ', 'BD'],
    ['BGD', 'BD'],
    ["Côte d'Ivoire", 'CI'],
    ['Ivory Coast', 'CI'],
    ['Viet Nam', 'VN'],
    ['Việt Nam', 'VN'],
    ['Lao PDR', 'LA'],
    ['DRC', 'CD'],
    ['Congo, Democratic Republic of the', 'CD'],
    ['Myanmar', 'MM'],
    ['Burma', 'MM'],
    ['Iran', 'IR'],
    ['Iran (Islamic Republic of)', 'IR'],
    ['Tanzania', 'TZ'],
    ['Birmanie', 'MM'],
    ['ประเทศไทย', 'TH'],
    ['ไทย', 'TH'],
    ['مصر', 'EG'],
    ['Sierra Leone', 'SL'],
    ['Guinea', 'GN'],
    ['Guinée', 'GN'],
    ['Niger', 'NE'],
    ['Hong Kong', 'HK'],
    ['U.S.A.', 'US'],
    ['Timor-Leste', 'TL'],
    ['Türkiye', 'TR'],
  ])('%s is %s', (name, code) => {
    expect(said(country(name))).toMatchObject({ kind: 'sure', code });
    expect(said(place(name))).toMatchObject({ kind: 'sure', code });
  });

  test('that are mistyped, or that two are called, are for a person to say', () => {
    expect(said(country('Bangaldesh'))).toMatchObject({ kind: 'doubtful', codes: ['BD'] });
    expect(said(country('Korea'))).toMatchObject({ kind: 'doubtful', codes: ['KP', 'KR'] });
    expect(said(country('Atlantis'))).toEqual({ kind: 'unknown' });
    expect(said(place(null))).toEqual({ kind: 'unknown' });
  });
});

describe('parts of countries', () => {
  const of = (name: string, within: string, more: Partial<PlaceMention> = {}): PlaceMention =>
    place(name, { level: 1, within: country(within), ...more });

  test.each([
    ['Dhaka', 'Bangladesh', 'BD-C'],
    ['Dhaka Division', 'Bangladesh', 'BD-C'],
    ['Eastern', 'Sierra Leone', 'SL-E'],
    ['Eastern Province', 'Sierra Leone', 'SL-E'],
    ['Sabah', 'MY', 'MY-12'],
    ['Shefa', 'Vanuatu', 'VU-SEE'],
  ])('%s in %s is %s', (name, within, code) => {
    expect(said(of(name, within))).toEqual({ kind: 'sure', code, by: 'NAME', exact: true });
  });

  test('by their code', () => {
    expect(said(place('whatever', { code: 'bd-c ' }))).toMatchObject({ code: 'BD-C', by: 'CODE', exact: true });
    expect(said(place('Dhaka', { code: '#N/A', within: country('Bangladesh') }))).toMatchObject({
      code: 'BD-C',
      by: 'NAME',
    });
  });

  test('that nobody knows stand for what they lie in, and mistyped ones are for a person to say', () => {
    expect(said(of('Nowhere at all', 'Bangladesh'))).toEqual({ kind: 'sure', code: 'BD', by: 'WITHIN', exact: false });
    expect(said(of('National', 'Bangladesh'))).toEqual({ kind: 'sure', code: 'BD', by: 'WITHIN', exact: true });
    expect(said(of('Rajshahee', 'Bangladesh'))).toMatchObject({ kind: 'doubtful', around: 'BD' });
  });

  test('that several countries have say nothing without their country', () => {
    expect(said(place('Eastern', { level: 1 }))).toMatchObject({ kind: 'doubtful' });
  });

  test('whose code lies in another country than the row says are for a person to say', () => {
    expect(said(of('Dhaka', 'Nepal', { code: 'BD-C' }))).toEqual({
      kind: 'doubtful',
      codes: ['BD-C', 'NP'],
      around: null,
    });
  });
});

describe('P-codes', () => {
  test.each([
    ['VUT0104002', 'VU'],
    ['VUT0104002062', 'VU'],
    ['SL0101', 'SL'],
    ['BD10', 'BD'],
    ['GIN008001', 'GN'],
  ])('%s lies in %s until a table says more', (code, known) => {
    expect(said(place(null, { code }))).toEqual({ kind: 'sure', code: known, by: 'CODE', exact: false });
  });

  test('the name beside one may say more', () => {
    expect(said(place('Shefa', { code: 'VUT05', level: 1 }))).toEqual({
      kind: 'sure',
      code: 'VU-SEE',
      by: 'NAME',
      exact: true,
    });
  });

  test.each(['0', '#N/A', 'ZZZ999', 'X1', 'hello'])('%s is none', (code) => {
    expect(said(place(null, { code }))).toEqual({ kind: 'unknown' });
  });

  const TABLE = [
    '\ufeffpcode,name,within,level,aliases',
    '#adm+code,#adm+name,,,',
    'VUT,Vanuatu,,0,',
    'VUT0104,Example Shefa,VU-SEE,1,',
    'VUT0104002,"Example, Area",,2,Example Bay|Baie Exemple',
    'VUT9,Example of nowhere,XX-9,1,',
    'VU-SEE,Mine,,1,',
    'vut0104003,Example Loop,VUT0104003,2,',
    'VUT0104002,Again,,2,',
    'VUT0104004,,VUT0104,2,',
    '12345,Digits,VU,1,',
  ].join('\n');

  test('are what a table says they are, and each row that is refused says why', async () => {
    const report = await loadTable(TABLE);
    expect(report).toMatchObject({ created: 2, changed: 0, unchanged: 0 });
    expect(report.refused.map(({ line, pcode }) => [line, pcode])).toEqual([
      [6, 'VUT9'],
      [7, 'VU-SEE'],
      [8, 'VUT0104003'],
      [9, 'VUT0104002'],
      [10, 'VUT0104004'],
      [11, '12345'],
    ]);
    const richer = await now();
    const sure = (mention: PlaceMention): unknown => said(mention, richer);
    expect(sure(place(null, { code: 'vut0104002' }))).toEqual({
      kind: 'sure',
      code: 'VUT0104002',
      by: 'CODE',
      exact: true,
    });
    expect(sure(place(null, { code: 'VUT0104002062' }))).toEqual({
      kind: 'sure',
      code: 'VUT0104002',
      by: 'CODE',
      exact: false,
    });
    expect(sure(place('baie exemple', { level: 2, within: country('Vanuatu') }))).toMatchObject({ code: 'VUT0104002' });
    // For matching it stands for the first subdivision it lies in.
    expect(richer.place('VUT0104002')).toMatchObject({
      country: 'VU',
      parent: 'VUT0104',
      subdivisionBit: richer.place('VU-SEE')?.subdivisionBit,
    });
  });

  test('loaded again are the same; another name changes, another parent is refused', async () => {
    const [header = '', , , ...rows] = TABLE.split('\n');
    const good = [header, ...rows.slice(0, 2)].join('\n');
    expect(await loadTable(good)).toEqual({ created: 0, changed: 0, unchanged: 2, refused: [] });
    expect(await loadTable(good.replace('Example Shefa', 'Example Renamed'))).toMatchObject({
      changed: 1,
      unchanged: 1,
    });
    expect(await loadTable(good.replace('VU-SEE', 'VU-TOB'))).toMatchObject({
      refused: [{ line: 2, pcode: 'VUT0104' }],
    });
  });

  test('in a file that is no table are refused with what is missing', async () => {
    await expect(loadTable('<html>')).rejects.toThrow(PlainError);
    await expect(loadTable('a,b\n1,2')).rejects.toThrow('must name the columns pcode and name; found: a, b');
    await expect(loadTable('pcode,name\n"x')).rejects.toThrow(PlainError);
    await expect(loadTable('')).rejects.toThrow('found: nothing');
  });
});

const folder = process.env['CONCORD_REALDATA'] ?? '';
describe.runIf(folder !== '')('real sheets', () => {
  test('every code of places in Vanuatu is in Vanuatu, and every country named is one but for those that are not', () => {
    const pam = JSON.parse(readFileSync(join(folder, '3w/cyclone-pam-vanuatu-2015-3w.json'), 'utf8')) as {
      adm2_code: string;
    }[];
    const codes = [...new Set(pam.map(({ adm2_code }) => adm2_code))];
    const verdicts = codes.map((code) => said(place(null, { code })));
    expect(verdicts.filter(({ kind }) => kind === 'sure')).toHaveLength(codes.length - 1);
    expect(new Set(verdicts.flatMap((verdict) => (verdict.kind === 'sure' ? verdict.code.slice(0, 2) : [])))).toEqual(
      new Set(['VU']),
    );
    const unhcr = readFileSync(join(folder, '3w/hxlshowcase-unhcr-3w.csv'), 'utf8').split('\n').slice(2);
    const countries = [
      ...new Set(unhcr.map((line) => /^("[^"]*"|[^,]*)/.exec(line)?.[0].replaceAll('"', '') ?? '')),
    ].filter(Boolean);
    expect(countries.filter((name) => said(country(name)).kind !== 'sure')).toEqual([
      'Congo (Brazaville)',
      'Mali Situation',
      'Nigeria Situation',
      'Thailand-Myanmar',
    ]);
  });
});
