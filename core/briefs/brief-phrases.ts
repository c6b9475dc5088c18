import { type EpochDay, OPEN_END, dayRange, epochDay, parseCalendarDate, toCivil } from '../../engine/index.ts';
import { days, month } from '../suggestions/phrases.ts';

const JOINT = new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' });

/** Up to nine are said as words, as people read them aloud. */
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** More names than these are counted, not read out. */
const NAMES_READ = 12;

/** `no campaigns`, `one campaign`, `12 campaigns`. */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${WORDS[count] ?? String(count)} ${count === 1 ? one : many}`;
}

/** All of up to twelve names, `A, B and C`; of more the first eleven and how many others there are. */
export function joined(names: readonly string[]): string {
  if (names.length <= NAMES_READ) return JOINT.format(names);
  return JOINT.format([...names.slice(0, NAMES_READ - 1), `${String(names.length - NAMES_READ + 1)} others`]);
}

/** With a capital at the beginning. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What somebody wrote, in one line and without meaning anything in Markdown. */
export function asWritten(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~]/g, (sign) => `\\${sign}`);
}

/** A statement of a source as a sentence of its own. */
export function asSentence(text: string): string {
  const written = sentence(asWritten(text));
  return /[.!?]$/.test(written) ? written : `${written}.`;
}

/** Days as `phrases` says them, from calendar dates, both included; no last one is open. */
export function daysBetween(start: string, end: string | null): string {
  return days(dayRange(toDay(start), end === null ? OPEN_END : epochDay(toDay(end) + 1)));
}

/** `27 November 2026` */
export const dayOf = (day: EpochDay): string => days(dayRange(day, epochDay(day + 1)));

/** `November 2026`, by any day of it. */
export function monthOf(day: string): string {
  const { year, month: number } = toCivil(toDay(day));
  return `${month(number)} ${String(year)}`;
}

export function toDay(text: string): EpochDay {
  const day = parseCalendarDate(text);
  if (day === null) throw new Error(`${text} is no day`);
  return epochDay(day);
}
