import { describe, expect, inject, test } from 'vitest';
import { readRecurrence } from '../../core/calendar/recurrence-rule.ts';
import { occurrencesFrom } from '../../core/calendar/recurrence.ts';
import { widen } from '../../core/calendar/precision.ts';
import { writeCalendar } from '../../core/feeds/write-calendar.ts';
import { readICalendar } from '../../core/imports/icalendar/read-icalendar.ts';
import {
  countSharedDays,
  type DayRange,
  formatCalendarDate,
  fromInclusive,
  lastDayOf,
  parseCalendarDate,
} from '../../engine/index.ts';
import { openOrm } from '../../platform/database/orm.ts';

/** Run under several zones by `npm run test:zones`: each answer is the same under all. */
const day = (text: string) => {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(`no day ${text}`);
  return parsed;
};
const range = (start: string, end: string): DayRange => fromInclusive(day(start), day(end));
const written = (days: DayRange): string =>
  `${formatCalendarDate(days.start)} ${formatCalendarDate(lastDayOf(days) ?? days.start)}`;
const recurring = (start: string, text: string): string[] => {
  const read = readRecurrence(text);
  if (!read.ok) throw new Error(read.message);
  return occurrencesFrom(day(start), read.recurrence).map(formatCalendarDate);
};

describe('a week', () => {
  // 2020 and 2026 have 53 ISO weeks; the last ends in the next year.
  test.each([
    ['2020-12-28', '2021-01-03', '2020-12-28 2021-01-03'],
    ['2021-01-01', '2021-01-01', '2020-12-28 2021-01-03'],
    ['2026-12-31', '2026-12-31', '2026-12-28 2027-01-03'],
    ['2027-01-03', '2027-01-04', '2026-12-28 2027-01-10'],
    ['2028-02-29', '2028-02-29', '2028-02-28 2028-03-05'],
  ])('of %s to %s is %s', (start, end, weeks) => {
    expect(written(widen(range(start, end), 'week'))).toBe(weeks);
  });

  test('53 comes in the years that have one', () => {
    expect(recurring('2026-12-28', 'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO')).toEqual(['2026-12-28']);
    expect(recurring('2026-12-30', 'FREQ=WEEKLY;COUNT=2')).toEqual(['2026-12-30', '2027-01-06']);
  });
});

describe('a month and a quarter', () => {
  test.each([
    ['2028-02-29', 'month', '2028-02-01 2028-02-29'],
    ['2027-02-28', 'month', '2027-02-01 2027-02-28'],
    ['2026-12-31', 'quarter', '2026-10-01 2026-12-31'],
    ['2027-01-01', 'quarter', '2027-01-01 2027-03-31'],
    ['2028-01-31', 'quarter', '2028-01-01 2028-03-31'],
  ] as const)('of %s: the %s is %s', (at, precision, whole) => {
    expect(written(widen(range(at, at), precision))).toBe(whole);
  });
});

test('what ends on 31 December and what begins on 1 January share no day; with one day more they share one', () => {
  expect(countSharedDays(range('2026-12-01', '2026-12-31'), range('2027-01-01', '2027-01-31'))).toBe(0);
  expect(countSharedDays(range('2026-12-01', '2027-01-01'), range('2027-01-01', '2027-01-31'))).toBe(1);
  expect(countSharedDays(range('2028-02-01', '2028-02-29'), range('2028-02-29', '2028-03-01'))).toBe(1);
});

test('what begins on 29 February comes each year that has one, and a month later where a month is asked for', () => {
  expect(recurring('2028-02-29', 'FREQ=YEARLY;COUNT=2')[0]).toBe('2028-02-29');
  expect(recurring('2028-02-29', 'FREQ=YEARLY;COUNT=2')).not.toContain('2029-02-28');
  expect(recurring('2028-02-29', 'FREQ=MONTHLY;COUNT=3')).toEqual(['2028-02-29', '2028-03-29', '2028-04-29']);
});

describe('whole days of a calendar', () => {
  // Samoa had no 30 December 2011; Brazil's clocks left out the midnight that began 4 November 2018.
  test.each(['2011-12-30', '2018-11-04', '2026-03-29', '2026-12-31', '2028-02-29'])(
    '%s leaves the hub and comes back as the same day',
    (at) => {
      const entry = {
        id: 'ent_1',
        name: 'Example day',
        description: null,
        status: 'confirmed',
        cancelledReason: null,
        precision: 'day',
        recurrence: null,
        statedDays: { start: at, end: at },
        footprint: { days: { start: at, end: at }, places: [], themes: [] },
        owner: null,
        campaign: null,
        version: 1,
        createdAt: '2026-12-31T23:30:00+00:00',
        updatedAt: '2027-01-01T12:30:00.5+13:00',
      } as const;
      const text = writeCalendar({ title: 'Example', entries: [entry], observances: [] });
      expect(text).toContain(`DTSTART;VALUE=DATE:${at.replaceAll('-', '')}\r\n`);
      expect(text).toContain('CREATED:20261231T233000Z');
      expect(text).toContain('LAST-MODIFIED:20261231T233000Z');
      const [read] = readICalendar(Buffer.from(text));
      expect(read).toMatchObject({ kind: 'record', record: { days: { start: at, end: at } } });
    },
  );
});

test('sessions of the hub tell the time of UTC, whatever PostgreSQL was set up with', async () => {
  const { logins } = inject('cluster');
  for (const url of [logins.appUrl, logins.workerUrl]) {
    const orm = await openOrm({ url, entities: [], applicationName: 'test-zone' });
    expect(await orm.em.fork().getConnection().execute('show timezone')).toEqual([{ TimeZone: 'UTC' }]);
    await orm.close();
  }
});
