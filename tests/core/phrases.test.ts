import { describe, expect, test } from 'vitest';
import {
  anyOf,
  betweenDays,
  count,
  country,
  days,
  duringDays,
  inside,
  list,
  listPairs,
  someOf,
} from '../../core/suggestions/phrases.ts';
import { fromInclusive, parseCalendarDate, type DayRange } from '../../engine/index.ts';

function range(start: string, end: string | null): DayRange {
  const [first, last] = [parseCalendarDate(start), end === null ? null : parseCalendarDate(end)];
  if (first === null) throw new Error('expected a day');
  return fromInclusive(first, last);
}

describe('days', () => {
  test.each([
    ['2027-01-20', '2027-01-31', '20–31 January 2027', 'during 20–31 January 2027'],
    ['2027-01-20', '2027-02-15', '20 January – 15 February 2027', 'during 20 January – 15 February 2027'],
    ['2026-12-20', '2027-01-10', '20 December 2026 – 10 January 2027', 'during 20 December 2026 – 10 January 2027'],
    // The same month of another year is another month.
    ['2026-05-02', '2027-05-03', '2 May 2026 – 3 May 2027', 'during 2 May 2026 – 3 May 2027'],
    ['2028-02-29', '2028-02-29', '29 February 2028', 'on 29 February 2028'],
    ['2027-01-20', null, 'from 20 January 2027', 'from 20 January 2027 on'],
  ])('from %s to %s are said as "%s"', (start, end, alone, inSentence) => {
    expect(days(range(start, end))).toBe(alone);
    expect(duringDays(range(start, end))).toBe(inSentence);
  });
});

test.each([
  ['2027-02-03', '2027-02-28', 'between 3 and 28 February 2027'],
  ['2027-01-20', '2027-02-03', 'between 20 January and 3 February 2027'],
  ['2026-12-20', '2027-01-10', 'between 20 December 2026 and 10 January 2027'],
  ['2028-02-29', '2028-02-29', 'on 29 February 2028'],
  ['2027-01-20', null, 'from 20 January 2027 on'],
])('a sentence says that something is %s to %s as "%s"', (start, end, said) => {
  expect(betweenDays(range(start, end))).toBe(said);
});

test('what nobody has is listed as a choice, and small numbers are written out', () => {
  expect(anyOf(['a', 'b'])).toBe('a or b');
  expect(anyOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c or one of two others');
  expect([count(1, 'campaign'), count(3, 'campaign'), count(2, 'calendar entry'), count(14, 'day')]).toEqual([
    'one campaign',
    'three campaigns',
    'two calendar entries',
    '14 days',
  ]);
});

describe('names', () => {
  test('are listed up to four; of more, the first three are, and the others counted', () => {
    expect(list([])).toBe('');
    expect(list(['a'])).toBe('a');
    expect(list(['a', 'b'])).toBe('a and b');
    expect(list(['a', 'b', 'c', 'd'])).toBe('a, b, c and d');
    expect(list(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and two others');
  });

  test('that are pairs themselves are not run together', () => {
    expect(listPairs(['smuggling', 'trafficking'])).toBe('smuggling and trafficking');
    expect(listPairs(['smuggling', 'forced labour and debt bondage'])).toBe(
      'smuggling as well as forced labour and debt bondage',
    );
    expect(listPairs(['a', 'b and c', 'd'])).toBe('a, b and c as well as d');
    expect(listPairs(['b and c'])).toBe('b and c');
    expect(listPairs([])).toBe('');
  });

  test.each([
    ['Malaysia', 'Malaysia'],
    ['Philippines', 'the Philippines'],
    ['United Arab Emirates', 'the United Arab Emirates'],
    ["Lao People's Democratic Republic", "the Lao People's Democratic Republic"],
    ['Korea, Republic of', 'the Republic of Korea'],
    ['Iran, Islamic Republic of', 'the Islamic Republic of Iran'],
    ['Congo, Democratic Republic of the', 'the Democratic Republic of the Congo'],
    ['Taiwan, Province of China', 'Taiwan, Province of China'],
  ])('of the country %s are said as "%s"', (name, said) => {
    expect(country(name)).toBe(said);
  });

  test('lose their capital inside a sentence unless it belongs to an acronym, and their comma', () => {
    expect(inside('People smuggling')).toBe('people smuggling');
    expect(inside('SMS or USSD')).toBe('SMS or USSD');
    expect(inside('X')).toBe('X');
    expect(inside('WhatsApp')).toBe('WhatsApp');
    expect(inside('Youth, 15 to 24 years')).toBe('youth (15 to 24 years)');
  });

  test('of some and of all are told apart', () => {
    expect([someOf(1, 3), someOf(2, 3), someOf(3, 3)]).toEqual(['one of them', 'two of them', 'all of them']);
  });
});
