import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryDays } from '../../core/calendar/entry-days.ts';
import { type Precision, widen } from '../../core/calendar/precision.ts';
import { type Recurrence, readRecurrence } from '../../core/calendar/recurrence-rule.ts';
import { occurrencesFrom, recurrenceSpan } from '../../core/calendar/recurrence.ts';
import {
  type EpochDay,
  OPEN_END,
  covers,
  dayRange,
  epochDay,
  formatCalendarDate,
  parseCalendarDate,
} from '../../engine/index.ts';

function day(text: string): EpochDay {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(`no day ${text}`);
  return parsed;
}

function rule(text: string): Recurrence {
  const read = readRecurrence(text);
  if (!read.ok) throw new Error(read.message);
  return read.recurrence;
}

const occurrences = (start: string, text: string): string[] =>
  occurrencesFrom(day(start), rule(text)).map(formatCalendarDate);

describe('reading a rule', () => {
  test.each([
    ['RRULE:FREQ=WEEKLY;BYDAY=MO', 'FREQ=WEEKLY;BYDAY=MO'],
    [' freq=monthly;byday=-1fr;count=6 ', 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=6'],
    ['FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU;WKST=SU', 'FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU;WKST=SU'],
    ['FREQ=DAILY;UNTIL=20261231', 'FREQ=DAILY;UNTIL=20261231'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
    [
      'EXDATE;VALUE=DATE:20260310,20260303\r\nRRULE:FREQ=WEEKLY\nexdate:20260303\nRDATE:20260305',
      'FREQ=WEEKLY\nRDATE:20260305\nEXDATE:20260303,20260310',
    ],
    ['RDATE:20260305', 'RDATE:20260305'],
  ])('%s is kept as %s', (text, kept) => {
    expect(readRecurrence(text)).toEqual({ ok: true, recurrence: { text: kept } });
  });

  // Most of these the library takes, and recurs on days nobody meant.
  test.each([
    ['FREQ=YEARLY;BYMONTH=16', 'BYMONTH=16: BYMONTH is a whole number from 1 to 12, separated by commas.'],
    [
      'FREQ=DAILY;BYMONTHDAY=0',
      'BYMONTHDAY=0: BYMONTHDAY is a whole number from 1 to 31, or from -31 to -1, separated by commas.',
    ],
    ['FREQ=HOURLY', 'FREQ=HOURLY: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.'],
    ['FREQ=DAILY;BYHOUR=9', 'BYHOUR: entries are whole days without times.'],
    ['FREQ=DAILY;COLOUR=RED', /^COLOUR is no part of a rule; parts are FREQ, /],
    ['FREQ=DAILY;FREQ=WEEKLY', 'FREQ is given twice.'],
    ['FREQ=DAILY;COUNT=0', 'COUNT=0: COUNT is a whole number from 1 to 10000.'],
    ['FREQ=DAILY;COUNT=3\nEXDATE:20260230', '20260230: EXDATE is days such as 20261231, separated by commas.'],
    ['EXDATE:20260303', 'EXDATE leaves out days of a rule; there is none.'],
    ['FREQ=DAILY;COUNT=3\nFREQ=WEEKLY', 'FREQ=WEEKLY: after the rule there are lines of RDATE and EXDATE only.'],
    ['FREQ=WEEKLY;BYDAY=54MO', /^BYDAY=54MO: BYDAY is weekdays such as MO/],
    ['FREQ=WEEKLY;BYDAY=2MO', 'A numbered weekday such as 2MO needs FREQ=MONTHLY or YEARLY.'],
    ['BYDAY=MO', 'A rule says how often, as in FREQ=WEEKLY;BYDAY=MO.'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20261231', 'COUNT and UNTIL exclude each other.'],
    ['FREQ=DAILY;UNTIL=20260229', 'UNTIL=20260229: UNTIL is a day such as 20261231.'],
    ['FREQ=DAILY;UNTIL=20261231T000000Z', 'UNTIL=20261231T000000Z: UNTIL is a day such as 20261231.'],
    ['FREQ=MONTHLY;BYYEARDAY=100', 'BYYEARDAY needs FREQ=YEARLY.'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS selects among the days of another BY part; there is none.'],
    ['FREQ=DAILY;', 'Parts are written NAME=VALUE and separated by one semicolon.'],
    ['', 'Parts are written NAME=VALUE and separated by one semicolon.'],
    [`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(200)}1`, 'A rule has at most 300 characters, not 423.'],
  ])('%s is refused', (text, message) => {
    const expected: unknown = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(readRecurrence(text)).toEqual({ ok: false, message: expected });
  });

  test('whatever is accepted, the library can follow', () => {
    const value = fc.stringMatching(/^[-A-Z0-9,]{0,6}$/);
    const name = fc.constantFrom(
      'INTERVAL',
      'COUNT',
      'BYMONTH',
      'BYWEEKNO',
      'BYYEARDAY',
      'BYMONTHDAY',
      'BYDAY',
      'BYSETPOS',
      'WKST',
    );
    const plausible = fc.oneof(value, fc.constantFrom('1', '-1', '2,3', 'MO', '2TU', '-1FR,SU', '12', '53', '366'));
    const parts = fc.uniqueArray(fc.tuple(name, plausible), { selector: ([key]) => key, maxLength: 3 });
    const frequency = fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY');
    let accepted = 0;
    fc.assert(
      fc.property(frequency, parts, (freq, others) => {
        const read = readRecurrence([['FREQ', freq], ...others].map((pair) => pair.join('=')).join(';'));
        if (!read.ok) return;
        accepted += 1;
        const days = occurrencesFrom(day('2026-03-03'), read.recurrence);
        expect(days[0]).toBe(day('2026-03-03'));
        expect(days.every((one, i) => i === 0 || one > (days[i - 1] ?? 0))).toBe(true);
        expect(days.length).toBeLessThanOrEqual(731);
      }),
      { numRuns: 300, seed: 16 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

describe('following a rule', () => {
  test('the start is the first occurrence and counts as one, even where the rule would not fall on it', () => {
    expect(occurrences('2026-03-03', 'FREQ=WEEKLY;BYDAY=MO;COUNT=4')).toEqual([
      '2026-03-03',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
    ]);
  });

  test('months without the day are passed over', () => {
    expect(occurrences('2026-01-31', 'FREQ=MONTHLY;COUNT=4')).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
      '2026-07-31',
    ]);
  });

  test('UNTIL is the last possible day', () => {
    expect(occurrences('2026-03-03', 'FREQ=DAILY;INTERVAL=3;UNTIL=20260309')).toEqual([
      '2026-03-03',
      '2026-03-06',
      '2026-03-09',
    ]);
  });

  test('it ends within 24 months of the start, however long the rule goes on', () => {
    const daily = occurrences('2026-03-03', 'FREQ=DAILY;COUNT=9999');
    expect(daily).toHaveLength(731);
    expect(daily.at(-1)).toBe('2028-03-02');
    expect(occurrences('2026-03-03', 'FREQ=YEARLY')).toEqual(['2026-03-03', '2027-03-03']);
  });

  test('a rule that never falls on a day leaves the first occurrence alone', () => {
    expect(occurrences('2026-03-03', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')).toEqual(['2026-03-03']);
  });

  test('every n-th week on some weekdays is what counting days finds', () => {
    const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const start = fc.integer({ min: 18_000, max: 22_000 }).map(epochDay);
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 6 }),
        fc.subarray(weekdays, { minLength: 1 }),
        (first, interval, days) => {
          const weekdayOf = (one: number): number => (one + 3) % 7;
          const mondayOf = (one: number): number => one - weekdayOf(one);
          const expected = Array.from({ length: 200 }, (_, i) => first + i).filter((one) => {
            const weeks = (mondayOf(one) - mondayOf(first)) / 7;
            return one === first || (weeks % interval === 0 && days.includes(weekdays[weekdayOf(one)] ?? ''));
          });
          const found = occurrencesFrom(
            first,
            rule(`FREQ=WEEKLY;INTERVAL=${String(interval)};BYDAY=${days.join(',')}`),
          );
          expect(found.filter((one) => one < first + 200)).toEqual(expected);
        },
      ),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe('the days of an entry', () => {
  test('a recurring one spans its first to its last occurrence, each as long as the first', () => {
    const first = dayRange(day('2026-03-03'), day('2026-03-06'));
    expect(recurrenceSpan(first, rule('FREQ=WEEKLY;COUNT=3'))).toEqual(dayRange(day('2026-03-03'), day('2026-03-20')));
    expect(() => recurrenceSpan(dayRange(day('2026-03-03'), OPEN_END), rule('FREQ=WEEKLY'))).toThrow(RangeError);
  });

  test.each<[Precision, string, string, string, string]>([
    ['day', '2026-03-03', '2026-03-04', '2026-03-03', '2026-03-04'],
    ['week', '2026-03-03', '2026-03-03', '2026-03-02', '2026-03-08'],
    ['week', '2027-01-01', '2027-01-04', '2026-12-28', '2027-01-10'],
    ['week', '1969-12-31', '1969-12-31', '1969-12-29', '1970-01-04'],
    ['month', '2028-02-10', '2028-02-11', '2028-02-01', '2028-02-29'],
    ['month', '2026-12-31', '2027-01-01', '2026-12-01', '2027-01-31'],
    ['quarter', '2026-11-15', '2026-11-15', '2026-10-01', '2026-12-31'],
    ['quarter', '2026-03-31', '2026-04-01', '2026-01-01', '2026-06-30'],
  ])('%s precision widens %s to %s into %s to %s', (precision, start, end, from, to) => {
    expect(entryDays({ start, end }, null, precision)).toEqual({ kind: 'days', startsOn: from, endsOn: to });
  });

  test('widening contains the days, adds less than a period at either end, and doing it again adds nothing', () => {
    const longest = { day: 1, week: 7, month: 31, quarter: 92 };
    const precisions = fc.constantFrom<Precision>('day', 'week', 'month', 'quarter');
    fc.assert(
      fc.property(
        fc.integer({ min: -30_000, max: 60_000 }),
        fc.integer({ min: 1, max: 900 }),
        precisions,
        (start, length, precision) => {
          const range = dayRange(epochDay(start), epochDay(start + length));
          const wide = widen(range, precision);
          expect(covers(wide, range)).toBe(true);
          expect(range.start - wide.start).toBeLessThan(longest[precision]);
          expect(wide.end - range.end).toBeLessThan(longest[precision]);
          expect(widen(wide, precision)).toEqual(wide);
        },
      ),
      { numRuns: 500, seed: 3 },
    );
  });

  test('an open end stays open', () => {
    expect(entryDays({ start: '2026-03-03', end: null }, null, 'month')).toEqual({
      kind: 'days',
      startsOn: '2026-03-01',
      endsOn: null,
    });
  });

  test('recurrences are followed before they are widened', () => {
    expect(entryDays({ start: '2026-03-30', end: '2026-03-30' }, rule('FREQ=WEEKLY;COUNT=2'), 'month')).toEqual({
      kind: 'days',
      startsOn: '2026-03-01',
      endsOn: '2026-04-30',
    });
  });

  test.each([
    [undefined, null, 'input.footprint.days'],
    [{ start: '2026-03-03', end: null }, 'FREQ=WEEKLY', 'input.footprint.days.end'],
    [{ start: '2026-03-03', end: '2026-03-03' }, 'FREQ=WEEKLY;UNTIL=20260302', 'input.recurrence'],
  ])('%j with %s is refused at %s', (days, text, path) => {
    expect(entryDays(days, text === null ? null : rule(text), 'day')).toMatchObject({ kind: 'issue', issue: { path } });
  });
});
