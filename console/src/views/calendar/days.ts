import {
  type CalendarDate,
  endOfMonth,
  endOfWeek,
  GregorianCalendar,
  parseDate,
  startOfMonth,
  startOfWeek,
} from '@internationalized/date';
import type { CalendarEntry } from '@concord/client-sdk';
import type { Days } from '../../components/date-field.tsx';

const GREGORIAN = new GregorianCalendar();
/** In which weeks begin on Mondays, as the hub counts them. */
const MONDAYS = 'en-GB';
/** Where no end is planned it goes on for longer than anything is shown. */
const FOR_LONG = '2199-12-31';

/** Days in a row have numbers in a row. @param day such as `2026-03-01` */
export function numberOf(day: string): number {
  return GREGORIAN.toJulianDay(parseDate(day));
}

export function dayOf(number: number): string {
  return GREGORIAN.fromJulianDay(number).toString();
}

export function shifted({ start, end }: Days, by: number): Days {
  return { start: dayOf(numberOf(start) + by), end: dayOf(numberOf(end) + by) };
}

/** How many days there are from one to the other. */
export function distance(from: string, to: string): number {
  return numberOf(to) - numberOf(from);
}

export function isSame(a: Days, b: Days): boolean {
  return a.start === b.start && a.end === b.end;
}

export function meets(a: Days, b: Days): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function closed({ start, end }: { readonly start: string; readonly end: string | null }): Days {
  return { start, end: end ?? FOR_LONG };
}

export function isOpen({ end }: Days): boolean {
  return end === FOR_LONG;
}

/** The days that an entry stands for, as the hub widens those that are stated. */
export function widened({ start, end }: Days, precision: CalendarEntry['precision']): Days {
  const [first, last] = [parseDate(start), parseDate(end)];
  switch (precision) {
    case 'DAY':
      return { start, end };
    case 'WEEK':
      return { start: startOfWeek(first, MONDAYS).toString(), end: endOfWeek(last, MONDAYS).toString() };
    case 'MONTH':
      return { start: startOfMonth(first).toString(), end: endOfMonth(last).toString() };
    case 'QUARTER':
      return {
        start: startOfQuarter(first).toString(),
        end: endOfMonth(startOfQuarter(last).add({ months: 2 })).toString(),
      };
  }
}

function startOfQuarter(day: CalendarDate): CalendarDate {
  return startOfMonth(day).subtract({ months: (day.month - 1) % 3 });
}
