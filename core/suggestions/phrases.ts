import { type DayRange, isOpen, lastDayOf, toCivil } from '../../engine/index.ts';

/** More names than these are counted, not listed. */
const NAMES_LISTED = 4;
/** British English: no comma before "and". */
export const JOINT = new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' });

const EITHER = new Intl.ListFormat('en-GB', { style: 'long', type: 'disjunction' });

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `Bangladesh, Malaysia and Thailand`; of more than four the first three and how many others there are. */
export function list(names: readonly string[]): string {
  if (names.length <= NAMES_LISTED) return JOINT.format(names);
  const shown = names.slice(0, NAMES_LISTED - 1);
  return JOINT.format([...shown, count(names.length - shown.length, 'other')]);
}

/** The same of names that are pairs themselves: `people smuggling as well as forced labour and debt bondage`. */
export function listPairs(names: readonly string[]): string {
  if (names.length > NAMES_LISTED || !names.some((name) => name.includes(' and '))) return list(names);
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' as well as ');
}

/** `Bangla or Rohingya`; of more than four the first three, `or one of 2 others`. */
export function anyOf(names: readonly string[]): string {
  if (names.length <= NAMES_LISTED) return EITHER.format(names);
  const shown = names.slice(0, NAMES_LISTED - 1);
  return EITHER.format([...shown, `one of ${count(names.length - shown.length, 'other')}`]);
}

const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** `one campaign`, `three campaigns`, `two calendar entries`, `14 days`. */
export function count(number: number, noun: string): string {
  return `${inWords(number)} ${number === 1 ? noun : noun.endsWith('ry') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** `20–31 January 2027`, `20 December 2026 – 10 January 2027`, `31 January 2027`; of an open range `from 20 January 2027`. */
export function days(range: DayRange): string {
  const last = lastDayOf(range);
  const from = toCivil(range.start);
  if (last === null) return `from ${day(from)}`;
  const to = toCivil(last);
  if (last === range.start) return day(to);
  if (from.year !== to.year) return `${day(from)} – ${day(to)}`;
  if (from.month !== to.month) return `${String(from.dayOfMonth)} ${month(from.month)} – ${day(to)}`;
  return `${String(from.dayOfMonth)}–${day(to)}`;
}

/** The same inside a sentence: `during 20–31 January 2027`, `on 31 January 2027`, `from 20 January 2027 on`. */
export function duringDays(range: DayRange): string {
  if (isOpen(range)) return `${days(range)} on`;
  return range.end - range.start === 1 ? `on ${days(range)}` : `during ${days(range)}`;
}

/** `between 3 and 28 February 2027`, `between 20 January and 3 February 2027`; `on 31 January 2027`, `from 20 January 2027 on`. */
export function betweenDays(range: DayRange): string {
  const last = lastDayOf(range);
  if (last === null || last === range.start) return duringDays(range);
  const [from, to] = [toCivil(range.start), toCivil(last)];
  if (from.year !== to.year) return `between ${day(from)} and ${day(to)}`;
  const inMonth = from.month === to.month ? '' : ` ${month(from.month)}`;
  return `between ${String(from.dayOfMonth)}${inMonth} and ${day(to)}`;
}

/** The month of a year, 1 to 12. */
export function month(number: number): string {
  return MONTHS[number - 1] ?? '';
}

/**
 * A label inside a sentence: its capital goes unless it belongs to an acronym, a name of one letter or one like WhatsApp, and what follows a comma,
 * which would read as another item, is put in brackets.
 */
export function inside(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll}+(?!\p{L}))/u, (letter) => letter.toLowerCase()).replace(/, (.*)$/, ' ($1)');
}

/** `one of them`, `three of them`; with everybody, `all of them`. */
export function someOf(some: number, all: number): string {
  return some === all ? 'all of them' : `${inWords(some)} of them`;
}

/** The name of a country inside a sentence: `the Philippines`, `the Republic of Korea`; most as they are. */
export function country(name: string): string {
  const [, short, form] = /^(.+), (.+ of(?: the)?)$/.exec(name) ?? [];
  if (short !== undefined && form !== undefined) return `the ${form} ${short}`;
  return /^United |^(Philippines|Maldives|Bahamas|Gambia|Comoros)$| (Republic|Federation|Islands|Territory)$/.test(name)
    ? `the ${name}`
    : name;
}

/** Numbers up to `largest`, twelve at most, as words; greater ones as digits. */
export function inWords(number: number, largest = NUMBERS.length - 1): string {
  return (number <= largest ? NUMBERS[number] : undefined) ?? String(number);
}

function day({ year, month: number, dayOfMonth }: ReturnType<typeof toCivil>): string {
  return `${String(dayOfMonth)} ${month(number)} ${String(year)}`;
}
