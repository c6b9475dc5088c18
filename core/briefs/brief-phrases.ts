import { type EpochDay, OPEN_END, dayRange, epochDay, parseCalendarDate, toCivil } from '../../engine/index.ts';
import { JOINT, days, inWords as numberInWords, month } from '../suggestions/phrases.ts';

/** Up to nine are said as words, as people read them aloud. */
const LARGEST_WORD = 9;

/** More names than these are counted, not read out. */
const NAMES_READ = 20;

/** `nine`, `10` */
export const inWords = (count: number): string => numberInWords(count, LARGEST_WORD);

/** `no campaigns`, `one campaign`, `12 campaigns`. */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${inWords(count)} ${count === 1 ? one : many}`;
}

/**
 * All of up to twenty names, `A, B and C`; of more the first nineteen and how many others there are. Names that are several words with a
 * comma or an "and" are kept apart: `A and B; C, D; and E`.
 */
export function joined(names: readonly string[]): string {
  const left = names.length - NAMES_READ + 1;
  const read = left > 1 ? [...names.slice(0, NAMES_READ - 1), `${String(left)} others`] : names;
  const last = read.at(-1);
  if (read.length < 2 || last === undefined || !read.some((name) => /, | and /.test(name))) return JOINT.format(read);
  return `${read.slice(0, -1).join('; ')}; and ${last}`;
}

/** Months in their order, `in November 2026 and from April 2027 to June 2027`, by their first days, of which no two are of one month. */
export function inMonths(firstDays: readonly string[]): string {
  const spans: string[][] = [];
  for (const day of firstDays) {
    const span = spans.at(-1);
    if (span && isMonthAfter(span.at(-1) ?? day, day)) span.push(day);
    else spans.push([day]);
  }
  const said = spans.map((span) => {
    const [first = '', second] = span.map(monthOf);
    if (second === undefined) return `in ${first}`;
    return span.length === 2 ? `in ${first} and ${second}` : `from ${first} to ${monthOf(span.at(-1) ?? '')}`;
  });
  return joined(said);
}

function isMonthAfter(one: string, other: string): boolean {
  const [a, b] = [toCivil(toDay(one)), toCivil(toDay(other))];
  return a.year * 12 + a.month + 1 === b.year * 12 + b.month;
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
