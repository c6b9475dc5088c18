import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsOf,
  countSharedDays,
  cutAt,
  dayRange,
  difference,
  epochDay,
  facetSet,
  formatCalendarDate,
  fromInclusive,
  has,
  hubId,
  HUB_ID_PREFIXES,
  intersect,
  intersection,
  intersects,
  isEmpty,
  jaccard,
  lastDayOf,
  lengthOf,
  lowestBit,
  monthOf,
  OPEN_END,
  parseCalendarDate,
  parseHubId,
  placeSimilarity,
  popcount,
  quarterOf,
  sharedPlace,
  union,
  type HubIdPrefix,
} from '../../engine/index.ts';
import { range } from './support/build.ts';

const SEED = { seed: 20260301 };

describe('a calendar day', () => {
  test.each([
    ['1970-01-01', 0],
    ['2026-03-01', 20513],
    ['2000-02-29', 11016],
    ['1969-12-31', -1],
    ['0001-01-01', -719162],
    ['9999-12-31', 2932896],
  ])('%s is epoch day %i', (text, day) => {
    expect(parseCalendarDate(text)).toBe(day);
    expect(formatCalendarDate(epochDay(day))).toBe(text);
  });

  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-12-32',
    '0000-01-01',
  ])('%s is no day of any calendar', (text) => {
    expect(parseCalendarDate(text)).toBeNull();
  });

  test.each([
    '2026-3-1',
    '26-03-01',
    '2026-03-01T00:00',
    ' 2026-03-01',
    '2026/03/01',
    '+2026-03-01',
    '２０２６-03-01',
    '',
  ])('is not read from %j', (text) => {
    expect(parseCalendarDate(text)).toBeNull();
  });

  test('is the day that JavaScript’s own UTC calendar says, from the year 1 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719162, max: 2932896 }), (day) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(formatCalendarDate(epochDay(day))).toBe(text);
        expect(parseCalendarDate(text)).toBe(day);
        expect(monthOf(epochDay(day))).toBe(Number(text.slice(5, 7)));
      }),
      { ...SEED, numRuns: 1000 },
    );
  });

  test('falls into its quarter', () => {
    expect(quarterOf(epochDay(20513))).toEqual({ year: 2026, quarter: 1 });
    expect(quarterOf(epochDay(20513 + 31))).toEqual({ year: 2026, quarter: 2 });
  });

  test('is whole', () => {
    expect(() => epochDay(0.5)).toThrow('0.5');
  });
});

describe('a range of days', () => {
  test('given by its first and last day includes both', () => {
    const march = fromInclusive(epochDay(20513), epochDay(20543));
    expect(lengthOf(march)).toBe(31);
    expect(march.end).toBe(20544);
    expect(lastDayOf(march)).toBe(20543);
  });

  test('without a last day is open, and only such a one', () => {
    expect(fromInclusive(epochDay(0), null).end).toBe(OPEN_END);
    expect(lastDayOf(fromInclusive(epochDay(0), null))).toBeNull();
    expect(fromInclusive(epochDay(0), epochDay(2932896)).end).toBeLessThan(OPEN_END);
  });

  test('is never empty', () => {
    expect(() => fromInclusive(epochDay(5), epochDay(4))).toThrow('[5, 5)');
    expect(() => dayRange(epochDay(5), epochDay(5))).toThrow(RangeError);
  });

  test('shares with another exactly the days that are in both', () => {
    const ranges = fc
      .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }))
      .map(([s, n]) => range(s, s + n));
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const days = Array.from({ length: 50 }, (_, day) => day);
        const both = days.filter((day) => a.start <= day && day < a.end && b.start <= day && day < b.end);
        const shared = intersect(a, b);
        expect(days.filter((day) => shared !== null && shared.start <= day && day < shared.end)).toEqual(both);
        expect(countSharedDays(a, b)).toBe(both.length);
      }),
      SEED,
    );
  });

  test('cut at a day keeps that day and what follows', () => {
    expect(cutAt(range(10, 20), epochDay(15))).toEqual(range(15, 20));
    expect(cutAt(range(10, 20), epochDay(3))).toEqual(range(10, 20));
    expect(cutAt(range(10, 20), epochDay(19))).toEqual(range(19, 20));
    expect(cutAt(range(10, 20), epochDay(20))).toBeNull();
  });
});

describe('a facet set', () => {
  const bits = fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constantFrom(0, 31, 32, 63, 64)), {
    maxLength: 12,
    size: 'max',
  });
  const ascending = (numbers: Iterable<number>): number[] => [...numbers].sort((p, q) => p - q);

  test('does what a set of numbers does, whatever the lengths in words', () => {
    fc.assert(
      fc.property(bits, bits, (p, q) => {
        const [a, b] = [facetSet(p), facetSet(q)];
        const both = p.filter((bit) => q.includes(bit));
        const either = new Set([...p, ...q]);
        expect(bitsOf(a)).toEqual(ascending(p));
        expect(bitsOf(union(a, b))).toEqual(ascending(either));
        expect(bitsOf(intersection(a, b))).toEqual(ascending(both));
        expect(bitsOf(difference(a, b))).toEqual(ascending(p.filter((bit) => !q.includes(bit))));
        expect(intersects(a, b)).toBe(both.length > 0);
        expect(popcount(a)).toBe(p.length);
        expect(isEmpty(a)).toBe(p.length === 0);
        expect(lowestBit(a)).toBe(p.length === 0 ? null : Math.min(...p));
        expect(jaccard(a, b)).toBe(either.size === 0 ? 0 : both.length / either.size);
        for (let bit = 0; bit < 140; bit++) expect(has(a, bit)).toBe(p.includes(bit));
      }),
      { ...SEED, numRuns: 200 },
    );
  });

  test('of equal elements has equal words, however it came about', () => {
    expect(intersection(facetSet([1, 70]), facetSet([1, 71]))).toEqual(facetSet([1]));
    expect(difference(facetSet([1, 70]), facetSet([70]))).toEqual(facetSet([1]));
    expect(facetSet([3, 3, 1])).toEqual(facetSet([1, 3]));
  });

  test('with empty words is as good as one without', () => {
    const long = Uint32Array.of(2, 0, 0);
    expect([isEmpty(Uint32Array.of(0, 0)), popcount(long), jaccard(long, facetSet([1]))]).toEqual([true, 1, 1]);
  });

  test('takes whole numbers from 0 only', () => {
    expect(() => facetSet([-1])).toThrow('-1');
    expect(() => facetSet([1.5])).toThrow('1.5');
  });
});

describe('a place', () => {
  const [bangladesh, coxsBazar, dhaka] = [0, 10, 45].map((subdivision) => ({ country: 18, subdivision }));

  test('shares with another the finer of the two, and siblings share nothing', () => {
    if (bangladesh === undefined || coxsBazar === undefined || dhaka === undefined) throw new Error('three places');
    expect(sharedPlace(bangladesh, coxsBazar)).toEqual(coxsBazar);
    expect(sharedPlace(coxsBazar, bangladesh)).toEqual(coxsBazar);
    expect(sharedPlace(coxsBazar, coxsBazar)).toEqual(coxsBazar);
    expect(sharedPlace(coxsBazar, dhaka)).toBeNull();
    expect(sharedPlace(coxsBazar, { country: 19, subdivision: 10 })).toBeNull();
  });

  test.each([
    ['the same subdivision', [33], [33], 1],
    ['both the whole country', [0], [0], 1],
    ['the country and a subdivision beyond 32', [0], [85], 0.7],
    ['siblings in different words', [1], [33], 0],
    ['the best pair of several', [0, 40], [40, 41], 1],
    ['one that names the country beside a subdivision', [0, 5], [3], 0.7],
  ])('%s', (_, a, b, similarity) => {
    expect(placeSimilarity(facetSet(a), facetSet(b))).toBe(similarity);
    expect(placeSimilarity(facetSet(b), facetSet(a))).toBe(similarity);
  });
});

describe('a hub id', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  const prefixes = fc.constantFrom(
    ...Object.keys(HUB_ID_PREFIXES).filter((prefix): prefix is HubIdPrefix => prefix.length === 3),
  );

  test('says what it names', () => {
    fc.assert(
      fc.property(prefixes, bytes, (prefix, random) => {
        expect(parseHubId(hubId(prefix, random))).toEqual({ prefix });
      }),
      SEED,
    );
  });

  test('sorts as its bytes do', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Math.sign(Buffer.compare(a, b))).toBe(
          hubId('act', a) < hubId('act', b) ? -1 : hubId('act', a) > hubId('act', b) ? 1 : 0,
        );
      }),
      SEED,
    );
  });

  test('has a fixed form', () => {
    expect(hubId('prg', new Uint8Array(16))).toBe('prg_0000000000000000000000');
    expect(hubId('prg', new Uint8Array(16).fill(255))).toBe('prg_7n42DGM5Tflk9n8mt7Fhc7');
    expect(() => hubId('prg', new Uint8Array(15))).toThrow('16 bytes');
  });

  test.each([
    'prg_7n42DGM5Tflk9n8mt7Fhc8',
    'xyz_0000000000000000000000',
    'prg_000000000000000000000',
    'prg-0000000000000000000000',
    'PRG_0000000000000000000000',
    'prg_000000000000000000000/',
    '',
  ])('is not %j', (text) => {
    expect(parseHubId(text)).toBeNull();
  });
});
