import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Corridor,
  type DateBand,
  type DateNeighbour,
  type DatesSought,
  dayRange,
  type DayRange,
  emptySet,
  epochDay,
  facetSet,
  fromCivil,
  fromInclusive,
  parseCalendarDate,
  proposeDates,
} from '../../engine/index.ts';
import { valueEveryWindow } from './oracle/dates.ts';

const NEW_YEAR = fromCivil({ year: 2027, month: 1, dayOfMonth: 1 });

function days(first: string, last: string): DayRange {
  const day = (text: string) => parseCalendarDate(`2027-${text}`) ?? NEW_YEAR;
  return fromInclusive(day(first), day(last));
}

const corridor = (bit: number, season: Corridor['season']): Corridor => ({
  bit,
  code: `c${String(bit)}`,
  legs: [],
  themes: emptySet,
  languages: emptySet,
  season,
});

const SOUGHT: DatesSought = {
  lengthDays: 14,
  within: days('01-01', '06-30'),
  asOf: NEW_YEAR,
  countries: [1],
  corridors: [],
  themes: emptySet,
  reachableAtHome: false,
  bands: [],
  neighbours: [],
  avoid: [],
};
const band = (kind: DateBand['kind'], when: DayRange, fields: Partial<DateBand> = {}): DateBand => ({
  kind,
  name: 'Example',
  days: when,
  country: 1,
  themes: emptySet,
  ...fields,
});
const neighbour = (owner: string, when: DayRange, fields: Partial<DateNeighbour> = {}): DateNeighbour => ({
  owner,
  days: when,
  where: 'here',
  hidden: false,
  ...fields,
});
const RAMADAN = band('RELIGIOUS_PERIOD', days('02-08', '03-08'), { name: 'Ramadan' });

const codesOf = (sought: DatesSought) => proposeDates(sought).map(({ tradeOffs }) => tradeOffs.map(({ code }) => code));

describe('what is proposed', () => {
  test('five windows of the length, the best first, none of them half the same', () => {
    const found = proposeDates(SOUGHT);
    expect(found).toHaveLength(5);
    // With nothing in the way a month to prepare decides, and then the earliest.
    expect(found.map(({ window }) => window.start - NEW_YEAR)).toEqual([30, 37, 44, 51, 58]);
  });

  test('a window that lies clear of Ramadan, and says so', () => {
    const [best] = proposeDates({ ...SOUGHT, bands: [RAMADAN] });
    expect(best?.window).toEqual(days('03-09', '03-22'));
    expect(best?.tradeOffs).toContainEqual({
      code: 'AVOIDS_OBSERVANCE',
      favourable: true,
      kind: 'RELIGIOUS_PERIOD',
      name: 'Ramadan',
      countries: [1],
    });
  });

  test('one inside Ramadan where there is no other, with the days inside; none when it is to be avoided', () => {
    const sought = { ...SOUGHT, within: days('02-20', '03-10'), bands: [RAMADAN] };
    const [best] = proposeDates(sought);
    expect(best?.window).toEqual(days('02-25', '03-10'));
    expect(best?.tradeOffs[0]).toMatchObject({ code: 'INSIDE_OBSERVANCE', favourable: false, days: 12 });
    expect(proposeDates({ ...sought, avoid: ['RELIGIOUS_PERIOD'] })).toEqual([]);
  });

  test('Ramadan in another country is no matter', () => {
    expect(proposeDates({ ...SOUGHT, bands: [{ ...RAMADAN, country: 2 }] })).toEqual(proposeDates(SOUGHT));
  });

  test('none where the length does not fit, or all is past', () => {
    expect(proposeDates({ ...SOUGHT, within: days('01-01', '01-13') })).toEqual([]);
    expect(proposeDates({ ...SOUGHT, asOf: epochDay(SOUGHT.within.end - 13) })).toEqual([]);
    expect(proposeDates({ ...SOUGHT, asOf: epochDay(SOUGHT.within.end - 14) })).toHaveLength(1);
  });

  test('the weeks before a season are better than the season, and that is better than the rest of the year', () => {
    const sought = { ...SOUGHT, corridors: [corridor(3, { fromMonth: 5, toMonth: 6 })] };
    const [best] = proposeDates(sought);
    expect(best?.window).toEqual(days('01-31', '02-13'));
    expect(best?.tradeOffs).toContainEqual(expect.objectContaining({ code: 'BEFORE_SEASON', corridor: 3, days: 76 }));
    const [inside] = proposeDates({ ...sought, within: days('05-01', '05-20') });
    expect(inside?.tradeOffs).toContainEqual(expect.objectContaining({ code: 'IN_SEASON', corridor: 3 }));
  });

  test('a season over the turn of the year opens in the same year', () => {
    const found = proposeDates({
      ...SOUGHT,
      within: days('07-01', '12-31'),
      corridors: [corridor(0, { fromMonth: 10, toMonth: 1 })],
    });
    expect(found[0]?.tradeOffs).toContainEqual(expect.objectContaining({ code: 'BEFORE_SEASON' }));
    expect(found[0]?.window.start).toBeGreaterThanOrEqual(parseCalendarDate('2027-07-03') ?? 0);
  });

  test('home visits count for audiences that are met at home, and are not even mentioned for others', () => {
    const peak = band('HOME_VISIT_PEAK', days('04-10', '04-18'), { name: 'Songkran' });
    const [best] = proposeDates({ ...SOUGHT, bands: [peak], reachableAtHome: true });
    expect(best?.tradeOffs).toContainEqual(
      expect.objectContaining({ code: 'HOME_VISIT_PEAK', name: 'Songkran', favourable: true, days: 7 }),
    );
    expect(codesOf({ ...SOUGHT, bands: [peak] }).flat()).not.toContain('HOME_VISIT_PEAK');
  });

  test('an international day draws campaigns about its theme', () => {
    const day = band('INTERNATIONAL_DAY', days('04-20', '04-20'), { country: null, themes: facetSet([7]) });
    const [best] = proposeDates({ ...SOUGHT, bands: [day], themes: facetSet([7]) });
    expect(best?.tradeOffs).toContainEqual(expect.objectContaining({ code: 'ON_INTERNATIONAL_DAY' }));
    expect(codesOf({ ...SOUGHT, bands: [day], themes: facetSet([8]) }).flat()).not.toContain('ON_INTERNATIONAL_DAY');
  });

  test('campaigns to the same people repel, those at the other end of the route attract', () => {
    const here = neighbour('a', days('01-31', '03-31'));
    const [apart] = proposeDates({ ...SOUGHT, neighbours: [here] });
    expect(apart?.window.start).toBe(parseCalendarDate('2027-04-01'));
    const [joined] = proposeDates({ ...SOUGHT, neighbours: [{ ...here, where: 'along' }] });
    expect(joined?.tradeOffs).toContainEqual({ code: 'JOINS', favourable: true, count: 1 });
  });

  test('hidden campaigns count for nothing until they are of three owners, and then only as a number', () => {
    const all = days('01-01', '06-30');
    const hidden = (owners: string[]) => owners.map((owner) => neighbour(owner, all, { hidden: true }));
    const counts = (owners: string[]) =>
      proposeDates({ ...SOUGHT, neighbours: hidden(owners) })[0]?.tradeOffs.filter(
        ({ code }) => code === 'COMPETES_WITH',
      );
    expect(proposeDates({ ...SOUGHT, neighbours: hidden(['a', 'a', 'a', 'b']) })).toEqual(proposeDates(SOUGHT));
    expect(counts(['a', 'a', 'b', 'c'])).toEqual([{ code: 'COMPETES_WITH', favourable: false, count: 4 }]);
  });
});

describe('whatever is sought', () => {
  const span = (most: number) =>
    fc
      .tuple(fc.integer({ min: -20, max: 200 }), fc.integer({ min: 1, max: most }))
      .map(([start, length]) => dayRange(epochDay(NEW_YEAR + start), epochDay(NEW_YEAR + start + length)));
  const bands = fc.array(
    fc.record({
      kind: fc.constantFrom(
        'PUBLIC_HOLIDAY' as const,
        'RELIGIOUS_PERIOD' as const,
        'INTERNATIONAL_DAY' as const,
        'HOME_VISIT_PEAK' as const,
        'ELECTION' as const,
        'OTHER' as const,
      ),
      name: fc.constantFrom('one', 'two'),
      days: span(40),
      country: fc.constantFrom(null, 1, 2, 3),
      themes: fc.constantFrom(emptySet, facetSet([1]), facetSet([2])),
    }),
    { maxLength: 8 },
  );
  const neighbours = fc.array(
    fc.record({
      owner: fc.constantFrom('a', 'b', 'c', 'd'),
      days: span(90),
      where: fc.constantFrom('here' as const, 'along' as const),
      hidden: fc.boolean(),
    }),
    { maxLength: 10 },
  );
  const month = fc.integer({ min: 1, max: 12 });
  const seasons = fc.option(fc.record({ fromMonth: month, toMonth: month }), { nil: null });
  const asked: fc.Arbitrary<DatesSought> = fc.record({
    lengthDays: fc.integer({ min: 1, max: 45 }),
    within: span(160),
    asOf: fc.integer({ min: -40, max: 120 }).map((day) => epochDay(NEW_YEAR + day)),
    countries: fc.array(fc.constantFrom(1, 2), { maxLength: 3 }),
    corridors: fc.array(seasons, { maxLength: 2 }).map((all) => all.map((season, bit) => corridor(bit, season))),
    themes: fc.constantFrom(emptySet, facetSet([1])),
    reachableAtHome: fc.boolean(),
    bands,
    neighbours,
    avoid: fc.subarray(['PUBLIC_HOLIDAY', 'RELIGIOUS_PERIOD', 'ELECTION'] as const),
  });

  test('each window is the best, then the earliest, of those that share at most half with the better ones', () => {
    fc.assert(
      fc.property(asked, (sought) => {
        let left = valueEveryWindow(sought);
        const worth = new Map(left.map(({ start, score }) => [start, score]));
        const found = proposeDates(sought);
        for (const { window, score } of found) {
          const best = Math.max(...left.map((one) => one.score));
          expect(score).toBeCloseTo(worth.get(window.start) ?? -1, 5);
          expect(score).toBeCloseTo(best, 5);
          expect(left.filter((one) => best - one.score < 1e-9 && one.start < window.start)).toEqual([]);
          expect(window.end - window.start).toBe(sought.lengthDays);
          left = left.filter((one) => Math.abs(one.start - window.start) * 2 >= sought.lengthDays);
        }
        if (found.length < 5) expect(left).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('the order of what is given does not matter', () => {
    fc.assert(
      fc.property(asked, (sought) => {
        const turned: DatesSought = {
          ...sought,
          countries: sought.countries.toReversed(),
          corridors: sought.corridors.toReversed(),
          bands: sought.bands.toReversed(),
          neighbours: sought.neighbours.toReversed(),
          avoid: sought.avoid.toReversed(),
        };
        expect(proposeDates(turned)).toEqual(proposeDates(sought));
      }),
    );
  });

  test('scores lie between 0 and 1 and fall, and nothing is told that lies outside of the window', () => {
    fc.assert(
      fc.property(asked, (sought) => {
        const found = proposeDates(sought);
        found.forEach(({ score, window, tradeOffs }, at) => {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(score).toBeLessThanOrEqual(found[at - 1]?.score ?? 1);
          for (const one of tradeOffs)
            if (one.code === 'INSIDE_OBSERVANCE' || one.code === 'PUBLIC_HOLIDAYS' || one.code === 'HOME_VISIT_PEAK') {
              expect(one.days).toBeGreaterThanOrEqual(1);
              expect(one.days).toBeLessThanOrEqual(window.end - window.start);
            }
        });
      }),
    );
  });

  test('one hidden owner more or less below three changes nothing', () => {
    fc.assert(
      fc.property(asked, span(90), (sought, when) => {
        const seen = sought.neighbours.filter(({ hidden }) => !hidden);
        const one = { ...sought, neighbours: [...seen, neighbour('x', when, { hidden: true })] };
        expect(proposeDates(one)).toEqual(proposeDates({ ...sought, neighbours: seen }));
      }),
    );
  });
});
