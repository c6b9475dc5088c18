import { days } from '../../core/suggestions/phrases.ts';
import { epochDay, formatCalendarDate, fromInclusive, parseCalendarDate } from '../../engine/index.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { DemoKeys } from '../demo-keys.ts';

/** Where the story is played: a hub that is reached over HTTP alone. Days are whole days since 1970-01-01. */
export interface Stage {
  readonly url: string;
  readonly keys: DemoKeys;
  /** The hub's day when the story begins. */
  readonly firstDay: number;
  /** The first day of Ramadan. */
  readonly ramadan: number;
  /** Lets time pass on the hub until this day. */
  advanceTo(day: number): Promise<void>;
}

/** What a chapter tells in sentences, and what it found, for later chapters and for tests. */
export interface Chapter<Found extends object> {
  readonly told: readonly string[];
  readonly found: Found;
}

/** So many days after the story's first one, as `YYYY-MM-DD`. */
export function dayOf({ firstDay }: Stage, after: number): string {
  return formatCalendarDate(epochDay(firstDay + after));
}

/** A first and a last day as the hub writes them, as people say them. */
export function sayDays({ start, end }: { readonly start: string; readonly end: string }): string {
  const [first, last] = [parseCalendarDate(start), parseCalendarDate(end)];
  if (first === null || last === null) throw new PlainError(`Expected two days, found ${start} and ${end}.`);
  return days(fromInclusive(first, last));
}
