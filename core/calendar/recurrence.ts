import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import {
  type DayRange,
  type EpochDay,
  dayRange,
  epochDay,
  fromCivil,
  isOpen,
  lengthOf,
  toCivil,
} from '../../engine/index.ts';
import type { Recurrence } from './recurrence-rule.ts';

/** How far ahead a recurrence is followed. Days recur at most daily, so that no entry has more than 731 occurrences. */
export const RECURRENCE_MONTHS = 24;

const DAY_MS = 86_400_000;

/**
 * The first days of all occurrences within 24 months of `start`, ascending. `start` is the first one, as RFC 5545 counts it,
 * unless it is left out; none when the rule ends before it. The library knows instants only: midnight UTC stands for a day.
 */
export function occurrencesFrom(start: EpochDay, recurrence: Recurrence): EpochDay[] {
  const { rule, added, leftOut } = partsOf(recurrence);
  const first = Temporal.PlainDate.from(toPlain(start));
  const lastDay = first.add({ months: RECURRENCE_MONTHS }).subtract({ days: 1 });
  const last = dayAt(lastDay);
  const days = new Set([
    ...(rule === null ? [start] : ruledDays(rule, first, lastDay)),
    ...added.filter((day) => day >= start && day <= last),
  ]);
  for (const day of leftOut) days.delete(day);
  return [...days].sort((a, b) => a - b);
}

function ruledDays(rule: string, first: Temporal.PlainDate, lastDay: Temporal.PlainDate): EpochDay[] {
  return new RRuleTemporal({
    rruleString: `DTSTART;VALUE=DATE:${first.toString().replaceAll('-', '')}\nRRULE:${rule}`,
    strict: true,
    includeDtstart: true,
  })
    .between(first.toZonedDateTime('UTC'), lastDay.toZonedDateTime('UTC'), true)
    .map((occurrence) => epochDay(occurrence.epochMilliseconds / DAY_MS));
}

/** The days from the first to the last occurrence, each as long as the first; null when there is none. @throws RangeError for an open range. */
export function recurrenceSpan(first: DayRange, recurrence: Recurrence): DayRange | null {
  if (isOpen(first)) throw new RangeError('an occurrence without an end cannot recur');
  const days = occurrencesFrom(first.start, recurrence);
  const [earliest] = days;
  const last = days.at(-1);
  if (earliest === undefined || last === undefined) return null;
  return dayRange(earliest, epochDay(last + lengthOf(first)));
}

/** The lines of a recurrence: its rule without a name, the days added to it, and those left out. */
export function partsOf({ text }: Recurrence): {
  readonly rule: string | null;
  readonly added: readonly EpochDay[];
  readonly leftOut: readonly EpochDay[];
} {
  const lines = text.split('\n');
  const days = (name: string): EpochDay[] => {
    const listed = lines.find((line) => line.startsWith(name))?.slice(name.length);
    return listed === undefined ? [] : listed.split(',').map(fromCompact);
  };
  const [first = ''] = lines;
  return { rule: first.startsWith('RDATE:') ? null : first, added: days('RDATE:'), leftOut: days('EXDATE:') };
}

function fromCompact(text: string): EpochDay {
  const [year, month, dayOfMonth] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number);
  return fromCivil({ year: year ?? 0, month: month ?? 1, dayOfMonth: dayOfMonth ?? 1 });
}

const dayAt = ({ year, month, day }: Temporal.PlainDate): EpochDay => fromCivil({ year, month, dayOfMonth: day });

function toPlain(day: EpochDay): { year: number; month: number; day: number } {
  const { year, month, dayOfMonth } = toCivil(day);
  return { year, month, day: dayOfMonth };
}
