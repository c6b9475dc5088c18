import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { type DayRange, type EpochDay, dayRange, epochDay, isOpen, lengthOf, toCivil } from '../../engine/index.ts';
import type { Recurrence } from './recurrence-rule.ts';

/** How far ahead a recurrence is followed. Days recur at most daily, so that no entry has more than 731 occurrences. */
export const RECURRENCE_MONTHS = 24;

const DAY_MS = 86_400_000;

/**
 * The first days of all occurrences within 24 months of `start`, ascending. `start` is always the first one, as RFC 5545 counts
 * it; none when the rule ends before it. The library knows instants only: midnight UTC stands for a day.
 */
export function occurrencesFrom(start: EpochDay, recurrence: Recurrence): EpochDay[] {
  const first = Temporal.PlainDate.from(toPlain(start));
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;VALUE=DATE:${first.toString().replaceAll('-', '')}\nRRULE:${recurrence.text}`,
    strict: true,
    includeDtstart: true,
  });
  const lastDay = first.add({ months: RECURRENCE_MONTHS }).subtract({ days: 1 });
  return rule
    .between(first.toZonedDateTime('UTC'), lastDay.toZonedDateTime('UTC'), true)
    .map((occurrence) => epochDay(occurrence.epochMilliseconds / DAY_MS));
}

/** The days from the first to the last occurrence, each as long as the first; null when the rule ends before it starts. @throws RangeError for an open range. */
export function recurrenceSpan(first: DayRange, recurrence: Recurrence): DayRange | null {
  if (isOpen(first)) throw new RangeError('an occurrence without an end cannot recur');
  const last = occurrencesFrom(first.start, recurrence).at(-1);
  return last === undefined ? null : dayRange(first.start, epochDay(last + lengthOf(first)));
}

function toPlain(day: EpochDay): { year: number; month: number; day: number } {
  const { year, month, dayOfMonth } = toCivil(day);
  return { year, month, day: dayOfMonth };
}
