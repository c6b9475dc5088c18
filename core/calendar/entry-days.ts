import {
  type DayRange,
  type EpochDay,
  formatCalendarDate,
  fromInclusive,
  isOpen,
  lastDayOf,
  parseCalendarDate,
} from '../../engine/index.ts';
import type { StatedDays } from '../footprints/stated-footprint.ts';
import { type Issue } from '../outcome.ts';
import { type Precision, widen } from './precision.ts';
import type { Recurrence } from './recurrence-rule.ts';
import { recurrenceSpan } from './recurrence.ts';

export type EntryDays =
  | { readonly kind: 'days'; readonly startsOn: string; readonly endsOn: string | null }
  | { readonly kind: 'issue'; readonly issue: Issue };

/**
 * The days an entry stands for when it is compared: from its first to its last occurrence, in whole weeks, months or quarters
 * where it is known no better. The days stated stay as they were written.
 */
export function entryDays(
  stated: StatedDays | undefined,
  recurrence: Recurrence | null,
  precision: Precision,
): EntryDays {
  if (stated === undefined)
    return issue('input.footprint.days', 'A calendar entry is a dated piece of a campaign: say when.');
  const first = fromInclusive(dayOf(stated.start), stated.end === null ? null : dayOf(stated.end));
  if (recurrence === null) return shown(widen(first, precision));
  if (isOpen(first))
    return issue('input.footprint.days.end', 'What recurs says how long one occurrence takes: give its last day.');
  const span = recurrenceSpan(first, recurrence);
  if (span === null) return issue('input.recurrence', `${recurrence.text} ends before the first day, ${stated.start}.`);
  return shown(widen(span, precision));
}

function shown(range: DayRange): EntryDays {
  const last = lastDayOf(range);
  return {
    kind: 'days',
    startsOn: formatCalendarDate(range.start),
    endsOn: last === null ? null : formatCalendarDate(last),
  };
}

function dayOf(text: string): EpochDay {
  const day = parseCalendarDate(text);
  if (day === null) throw new Error(`expected a day that exists, found ${text}`);
  return day;
}

const issue = (path: string, message: string): EntryDays => ({ kind: 'issue', issue: { path, message } });
