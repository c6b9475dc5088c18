import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bitsOf } from '../../engine/index.ts';
import type { Vocabulary } from '../../core/vocabulary/vocabulary.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let orm: MikroORM;
let vocabulary: Vocabulary;

beforeAll(async () => {
  database = await testDatabase();
  orm = await openOrm({ url: database.workerUrl, entities: [], applicationName: 'test-vocabulary' });
  vocabulary = await new VocabularyService().current(orm.em.fork());
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

/** The 45 membership entries of the Bali Process (https://www.iom.int/node/30036); HK, MO and NC are ISO codes but not states. */
const MEMBERS =
  'AF AU BD BT BN KH CN KP FJ NC HK IN ID IR IQ JP JO KI KR LA MO MY MV MN MM NR NP NZ PK PW PG PH WS SG SB LK SY TH TL TO TR AE US VU VN';

describe('places', () => {
  test('a new hub knows the 249 countries of ISO 3166-1, numbered densely from 0', () => {
    const numbers = countries().map((place) => place.countryBit);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 249 }, (_, index) => index));
  });

  test('all 45 membership entries of the Bali Process are places of their own', () => {
    const codes = MEMBERS.split(' ');
    const places = vocabulary.toPlaces(codes);
    expect(codes).toHaveLength(45);
    expect(places).toHaveLength(45);
    expect(places.map((place) => vocabulary.placeAt(place).code)).toEqual(codes);
  });

  test('a first-level subdivision has a number of its own in its country', () => {
    expect(vocabulary.place('MM-16')).toMatchObject({ country: 'MM', name: 'Rakhine', kind: 'subdivision' });
    const numbers = vocabulary.toPlaces(['MM', 'MM-01', 'MM-16', 'MM-18']).map((place) => place.subdivision);
    expect(numbers).toEqual([0, 1, 13, 15]);
  });

  test('a second-level subdivision stands for the first-level one it lies in', () => {
    expect(vocabulary.toPlaces(['BD-13'])).toEqual(vocabulary.toPlaces(['BD-C']));
    expect(vocabulary.toPlaces(['BD-13', 'BD-C', 'BD-17'])).toHaveLength(1);
    expect(vocabulary.toPlaces(['BD-13'])).not.toEqual(vocabulary.toPlaces(['BD-11']));
    expect(vocabulary.toPlaces(['FR-67'])).toEqual(vocabulary.toPlaces(['FR-GES']));
  });

  test('a subdivision that ISO also lists as a country is that country', () => {
    expect(vocabulary.toPlaces(['CN-HK', 'CN-MO', 'FR-NC'])).toEqual(vocabulary.toPlaces(['HK', 'MO', 'NC']));
    expect(vocabulary.toPlaces(['NL-BQ2'])).toEqual(vocabulary.toPlaces(['BQ-SA']));
    expect(vocabulary.toPlaces(['IN-AS'])).not.toEqual(vocabulary.toPlaces(['AS']));
  });

  test('the engine’s numbers lead back to the code they came from', () => {
    const codes = ['BD', 'BD-B', 'MM-16', 'TH-S', 'GB-ZET', 'HK'];
    expect(vocabulary.toPlaces(codes).map((place) => vocabulary.placeAt(place).code)).toEqual(codes);
  });

  test('translating a code that is none is a bug, and says which', () => {
    expect(() => vocabulary.toPlaces(['BD', 'BDD'])).toThrow('no place BDD');
    expect(() => vocabulary.placeAt({ country: 0, subdivision: 999 })).toThrow('0/999');
  });

  function countries() {
    const regions = Array.from({ length: 26 * 26 }, (_, n) =>
      String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26)),
    );
    return regions.flatMap((code) => vocabulary.place(code) ?? []);
  }
});

describe('terms', () => {
  test.each([
    ['theme', 22],
    ['audience', 21],
    ['channel', 37],
    ['channel_group', 7],
    ['actor_kind', 20],
    ['message_frame', 10],
    ['stance', 4],
    ['objective_level', 6],
    ['phase', 13],
    ['handbook_step', 6],
  ] as const)('of kind %s there are %i, on bits without gaps, each with an English label', (kind, count) => {
    const terms = vocabulary.termsOf(kind);
    expect(terms.map((term) => term.bit)).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(terms.filter((term) => !term.labels['en'])).toEqual([]);
  });

  test('every channel is in a group that has a label', () => {
    const groups = vocabulary.termsOf('channel').map((channel) => channel.parent ?? 'none');
    expect(groups.filter((group) => vocabulary.term('channel_group', group) === undefined)).toEqual([]);
    expect(vocabulary.term('channel', 'radio')?.parent).toBe('broadcast');
  });

  test('a purpose code of the OECD DAC is a theme with its scheme, under a theme of the hub where that is clear', () => {
    expect(vocabulary.term('theme', 'dac:15190')?.broader).toBe('safe_regular_pathways');
    expect(vocabulary.term('theme', 'dac:15160')).toMatchObject({ broader: null, labels: { en: 'Human rights' } });
  });

  test('codes become bits and bits become codes again', () => {
    const codes = ['people_smuggling', 'gbv_on_route', 'dac:93010'];
    const set = vocabulary.toFacetSet('theme', codes);
    expect(bitsOf(set).map((bit) => vocabulary.codeOf('theme', bit))).toEqual(codes);
    expect(() => vocabulary.toFacetSet('theme', ['smuggling'])).toThrow('no theme smuggling');
  });

  test('labels fall back to English, and to the code itself', () => {
    expect(vocabulary.label('channel', 'sms_ussd', 'km')).toBe('SMS or USSD');
    expect(vocabulary.label('corridor', 'asia_gcc')).toBe('Asia to the Gulf, labour');
    expect(vocabulary.label('place', 'MM-16')).toBe('Rakhine');
    expect(vocabulary.label('theme', 'nothing_of_ours')).toBe('nothing_of_ours');
  });
});

describe('languages', () => {
  test.each([
    ['ben', 'bn'],
    ['bn-BD', 'bn'],
    ['rhg', 'rhg'],
    ['mya', 'my'],
    ['msa', 'ms'],
    ['prs', 'fa'],
    ['tgl', 'fil'],
    ['zh-hant-tw', 'zh'],
  ])('%s counts as %s', (tag, primary) => {
    expect(vocabulary.languageOf(tag)).toBe(primary);
    expect(vocabulary.toFacetSet('language', [tag])).toEqual(vocabulary.toFacetSet('language', [primary]));
  });

  test('a text that is no tag of a language is none', () => {
    for (const text of ['', 'x', 'en_US', 'mul', 'zxx', 'Khmer, mostly']) {
      expect(() => vocabulary.languageOf(text)).toThrow('BCP 47');
    }
  });
});

describe('terrain', () => {
  test('corridors keep their legs, themes, languages and season through the engine’s numbers', () => {
    const { corridors } = vocabulary.terrain();
    const andaman = corridors.find((corridor) => corridor.code === 'rohingya_andaman');
    const codesOf = (kind: 'theme' | 'language', set: Parameters<typeof bitsOf>[0] = []): string[] =>
      bitsOf(set)
        .map((bit) => vocabulary.codeOf(kind, bit))
        .toSorted();
    expect(corridors).toHaveLength(12);
    expect(corridors.map((corridor) => vocabulary.codeOf('corridor', corridor.bit))).toEqual(
      corridors.map(({ code }) => code),
    );
    expect(
      andaman?.legs.map(({ country, role }) => [vocabulary.placeAt({ country, subdivision: 0 }).code, role]),
    ).toEqual([
      ['MM', 'origin'],
      ['BD', 'origin'],
      ['TH', 'transit'],
      ['MY', 'destination'],
      ['ID', 'destination'],
    ]);
    expect(codesOf('theme', andaman?.themes)).toEqual([
      'irregular_maritime_ventures',
      'people_smuggling',
      'trafficking_in_persons',
    ]);
    expect(codesOf('language', andaman?.languages)).toEqual(['bn', 'ctg', 'id', 'ms', 'my', 'rhg', 'th']);
    expect(andaman?.season).toEqual({ fromMonth: 10, toMonth: 1 });
  });

  test('every corridor has an origin and a destination, themes and languages', () => {
    const incomplete = vocabulary.terrain().corridors.filter(({ legs, themes, languages }) => {
      const roles = legs.map((leg) => leg.role);
      return (
        !roles.includes('origin') ||
        !roles.includes('destination') ||
        bitsOf(themes).length === 0 ||
        bitsOf(languages).length < 2
      );
    });
    expect(incomplete).toEqual([]);
  });

  test('an insight about three countries becomes one for each, with its channels weighted', () => {
    const transit = vocabulary.bitOf('audience', 'migrant_in_transit');
    const found = vocabulary.terrain().insights.filter((insight) => insight.audience === transit);
    expect(found.map(({ place }) => place && vocabulary.placeAt(place).code).toSorted()).toEqual(['ID', 'MY', 'TH']);
    for (const insight of found) {
      expect(insight.kind).toBe('information_way');
      expect(
        new Map(insight.channels.map(({ channel, weight }) => [vocabulary.codeOf('channel', channel), weight])),
      ).toEqual(
        new Map([
          ['peer_or_returnee_messenger', 0.6],
          ['hotline', 0.3],
          ['facebook', 0.1],
        ]),
      );
    }
  });

  test('what people lacked is an unmet need beside the way they obtain information', () => {
    const { insights } = vocabulary.terrain();
    const prospective = vocabulary.bitOf('audience', 'prospective_migrant');
    const needs = insights.filter((insight) => insight.kind === 'unmet_need' && insight.audience === prospective);
    expect(needs.map(({ place }) => place && vocabulary.placeAt(place).code)).toHaveLength(2);
    expect(needs.map(({ place }) => place && vocabulary.placeAt(place).code)).toEqual(
      expect.arrayContaining(['BD', null]),
    );
  });
});
