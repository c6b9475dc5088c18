import { epochDay, type EpochDay, fromCivil, startOfNextMonth, toCivil } from '../../../engine/index.ts';
import { foldName } from '../../vocabulary/place-names.ts';
import type { DateOrder } from './mapping.ts';
import { monthNamed } from './month-names.ts';

/** What a cell says of when. */
export type DaysReading =
  /** First and last day, both included: one day, a month, a quarter, a year, or from one to another. */
  | { readonly kind: 'days'; readonly first: EpochDay; readonly last: EpochDay }
  /** Months of a year that is not said: `June`, `Jan-Mar`; 1 to 12. */
  | { readonly kind: 'months'; readonly first: number; readonly last: number }
  /** Either of two days: `03/04/2015`. */
  | { readonly kind: 'ambiguous' }
  /** A year that stands for "not known" or "no end" (1900, 2400, 9999). */
  | { readonly kind: 'no-day' }
  /** Nothing known here, or a day that no calendar has. */
  | { readonly kind: 'unread' };

const UNREAD: DaysReading = { kind: 'unread' };
const FIRST_YEAR = 1950;
const LAST_YEAR = 2100;
/** Buddhist years are written in Thailand, Laos and Cambodia. */
const BUDDHIST = { first: 2490, last: 2643, ahead: 543 };
/** Years of two digits from here up are of the century before. */
const CENTURY_TURN = 70;

/** Days of spreadsheet programs, counted from 1899-12-30: from 1954 to 2064, no number that somebody would write for a year. */
const SERIAL = { first: 20_000, last: 60_000, epoch: -25_569 };

/**
 * Reads when a cell says something happens: ISO dates and eight digits, days with dots, slashes or dashes, months by name in
 * some thirty languages, months, quarters, years, and two of these with a dash or a word between. Time of day is passed over.
 * @param order how days with slashes and dashes are meant; null when nobody has said and the sheet does not show it
 */
export function readDays(cell: string, order: DateOrder | null): DaysReading {
  const text = foldName(cell).replace(/[.,;]+$/, '');
  const single = readSingle(text, order);
  return single.kind === 'unread' ? readPair(text, order) : single;
}

/** Which order a day with slashes or dashes shows by a number above 12; null when it shows none, or is no such day. */
export function orderShown(cell: string): DateOrder | null {
  const [, first, second] = /^\s*(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b/.exec(cell) ?? [];
  if (Number(first) > 12 && Number(second) <= 12) return 'day-first';
  return Number(second) > 12 && Number(first) <= 12 ? 'month-first' : null;
}

type Reader = (parts: RegExpExecArray, order: DateOrder | null) => DaysReading;

const TIME = String.raw`(?:[t ]\d{1,2}[:h]\d{2}.*)?`;
const WORD = String.raw`([\p{L}\p{M}]{3,}\.?|[\p{L}\p{M}]{2}\.?)`;

/** The first that fits reads the cell. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [
    pattern(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}z?`),
    ([, y, m, d]) => day(year(y), Number(m), Number(d)),
  ],
  [pattern(String.raw`(\d{4})(\d{2})(\d{2})`), ([, y, m, d]) => day(year(y), Number(m), Number(d))],
  [
    pattern(String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})${TIME}`),
    ([, d, m, y]) => day(year(y), Number(m), Number(d)),
  ],
  [
    pattern(String.raw`(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})${TIME}`),
    ([, a, , b, y], order) => ordered(year(y), Number(a), Number(b), order),
  ],
  [
    pattern(
      String.raw`(?:\p{L}+,? )?(\d{1,2})(?:st|nd|rd|th|er|º)?[ -]?(?:of |de |d')?${WORD}[ ,-]*(?:de |del )?(\d{4}|'?\d{2})${TIME}`,
    ),
    ([, d, m = '', y]) => named(y, m, Number(d)),
  ],
  [
    pattern(String.raw`(?:\p{L}+,? )?${WORD} ?(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${TIME}`),
    ([, m = '', d, y]) => named(y, m, Number(d)),
  ],
  [
    pattern(String.raw`(?:week of|semaine du|semana del?) (.+)`),
    ([, from = ''], order) => week(readSingle(from, order)),
  ],
  [pattern(String.raw`${WORD}[ ,'/-]*(?:de |del )?(\d{4}|\d{2})`), ([, m = '', y]) => named(y, m, null)],
  [pattern(String.raw`(\d{4})[ ,/-]*${WORD}`), ([, y, m = '']) => named(y, m, null)],
  [pattern(String.raw`(\d{1,2})[/.-](\d{4})`), ([, m, y]) => months(year(y), Number(m), Number(m))],
  [pattern(String.raw`(\d{4})[/.-](\d{1,2})`), ([, y, m]) => months(year(y), Number(m), Number(m))],
  [pattern(String.raw`(?:q|t|quarter |trimestre )(\d)[ ,/-]*(\d{4})`), ([, q, y]) => quarter(year(y), Number(q))],
  [pattern(String.raw`(\d{4})[ ,/-]*(?:q|t|quarter |trimestre )(\d)`), ([, y, q]) => quarter(year(y), Number(q))],
  [pattern(String.raw`(\d{4})(?:\.0+)?`), ([, y]) => months(year(y), 1, 12)],
  [pattern(String.raw`(\d{5})(?:\.\d+)?`), ([, serial]) => fromSerial(Number(serial))],
  [pattern(WORD), ([, m = '']) => yearless(m, m)],
  [
    pattern(String.raw`${WORD} ?(?:-|–|—|to|a|au|hasta|until) ?${WORD}`),
    ([, from = '', to = '']) => yearless(from, to),
  ],
  [
    pattern(String.raw`${WORD} ?(?:-|–|—|to|a|au|hasta|until) ?${WORD} (\d{4})`),
    ([, from = '', to = '', y]) => namedMonths(year(y), from, to),
  ],
];

function pattern(source: string): RegExp {
  return new RegExp(`^${source}$`, 'u');
}

function readSingle(text: string, order: DateOrder | null): DaysReading {
  // No date is longer, and some of the patterns are slow on long texts.
  if (text.length > 60) return UNREAD;
  for (const [shape, read] of READERS) {
    const parts = shape.exec(text);
    const reading = parts && read(parts, order);
    if (reading && reading.kind !== 'unread') return reading;
  }
  return UNREAD;
}

/** `1 March 2015 - 30 June 2015`; each side a day, month or year of its own. */
function readPair(text: string, order: DateOrder | null): DaysReading {
  if (text.length > 120) return UNREAD;
  const bare = text.replace(/^(?:from|du|de|del|desde) /, '');
  for (const [, before = '', after = ''] of splits(bare)) {
    const first = readSingle(before.trim(), order);
    const last = readSingle(after.trim(), order);
    if (first.kind === 'unread' || last.kind === 'unread') continue;
    if (first.kind === 'ambiguous' || last.kind === 'ambiguous') return { kind: 'ambiguous' };
    if (first.kind === 'days' && last.kind === 'days' && first.first <= last.last) {
      return { kind: 'days', first: first.first, last: last.last };
    }
  }
  return UNREAD;
}

function* splits(text: string): Generator<readonly string[]> {
  const separators = / (?:to|until|till|au|al|a|ate|hasta|s\/d|sampai|-|–|—) |[–—~]|-|\//gu;
  for (const separator of text.matchAll(separators)) {
    yield [separator[0], text.slice(0, separator.index), text.slice(separator.index + separator[0].length)];
  }
}

function year(written: string | undefined): number {
  const digits = (written ?? '').replace("'", '');
  const number = Number(digits);
  if (digits.length === 2) return number < CENTURY_TURN ? 2000 + number : 1900 + number;
  return number >= BUDDHIST.first && number <= BUDDHIST.last ? number - BUDDHIST.ahead : number;
}

function ordered(inYear: number, first: number, second: number, order: DateOrder | null): DaysReading {
  const dayFirst = day(inYear, second, first);
  const monthFirst = day(inYear, first, second);
  // Only one of the two is a day of the calendar, or both are the same one.
  if (monthFirst.kind === 'unread' || first === second) return dayFirst;
  if (dayFirst.kind === 'unread') return monthFirst;
  if (order === null) return { kind: 'ambiguous' };
  return order === 'day-first' ? dayFirst : monthFirst;
}

function named(inYear: string | undefined, word: string, dayOfMonth: number | null): DaysReading {
  const month = monthNamed(word);
  if (month === null) return UNREAD;
  return dayOfMonth === null ? months(year(inYear), month, month) : day(year(inYear), month, dayOfMonth);
}

function namedMonths(inYear: number, from: string, to: string): DaysReading {
  const reading = yearless(from, to);
  return reading.kind === 'months' && reading.first <= reading.last
    ? months(inYear, reading.first, reading.last)
    : UNREAD;
}

function yearless(from: string, to: string): DaysReading {
  const first = monthNamed(from);
  const last = monthNamed(to);
  return first === null || last === null ? UNREAD : { kind: 'months', first, last };
}

function quarter(inYear: number, number: number): DaysReading {
  return number >= 1 && number <= 4 ? months(inYear, number * 3 - 2, number * 3) : UNREAD;
}

/** From the first day of the one month to the last of the other. */
export function months(inYear: number, first: number, last: number): DaysReading {
  if (first < 1 || last > 12) return UNREAD;
  if (inYear < FIRST_YEAR || inYear >= LAST_YEAR) return { kind: 'no-day' };
  const lastMonth = fromCivil({ year: inYear, month: last, dayOfMonth: 1 });
  return {
    kind: 'days',
    first: fromCivil({ year: inYear, month: first, dayOfMonth: 1 }),
    last: epochDay(startOfNextMonth(lastMonth) - 1),
  };
}

function day(inYear: number, month: number, dayOfMonth: number): DaysReading {
  if (month < 1 || month > 12 || dayOfMonth < 1) return UNREAD;
  const found = fromCivil({ year: inYear, month, dayOfMonth });
  if (toCivil(found).month !== month) return UNREAD;
  if (inYear < FIRST_YEAR || inYear >= LAST_YEAR) return { kind: 'no-day' };
  return { kind: 'days', first: found, last: found };
}

function week(from: DaysReading): DaysReading {
  return from.kind === 'days' ? { kind: 'days', first: from.first, last: epochDay(from.first + 6) } : from;
}

function fromSerial(serial: number): DaysReading {
  if (serial < SERIAL.first || serial > SERIAL.last) return UNREAD;
  const found = epochDay(serial + SERIAL.epoch);
  return { kind: 'days', first: found, last: found };
}
