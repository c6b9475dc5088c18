import { epochDay, formatCalendarDate } from '../../../../engine/index.ts';

/** How exactly a cell with a date shows it: `Jun-14` is a month, whatever day is stored. */
export type DatePrecision = 'day' | 'month' | 'year';

/** Formats of ECMA-376 part 1, 18.8.30 that have no code in the file; those of East Asian versions with them. */
const BUILT_IN: ReadonlyMap<number, DatePrecision> = new Map([
  ...[14, 15, 16, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'day'] as const),
  [17, 'month'],
]);

/** What a number format shows of a date; null when it shows numbers or times of day. */
export function datePrecisionOf(id: number, code: string | undefined): DatePrecision | null {
  if (code === undefined) return BUILT_IN.get(id) ?? null;
  const [positive = ''] = code
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .toLowerCase()
    .split(';');
  if (/general|[0#?]/.test(positive)) return null;
  const bare = positive.replaceAll('am/pm', '');
  if (bare.includes('d')) return 'day';
  if (bare.includes('y')) return bare.includes('m') ? 'month' : 'year';
  // `m` beside hours or seconds are minutes.
  return bare.includes('m') && !/[hs]/.test(bare) ? 'month' : null;
}

const EPOCH_1904 = -24_107;
const EPOCH_1900 = -25_569;
/** 1900 was no leap year, but in the programs that count days from it: day 60 is one that no calendar has. */
const NO_DAY = 60;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;

/** The day, month or year that a spreadsheet program counts as `serial`; null for what is none. */
export function dateOfSerial(serial: number, from1904: boolean, precision: DatePrecision): string | null {
  const days = Math.floor(serial);
  if (!(days >= (from1904 ? 0 : 1)) || days > LAST_SERIAL || (!from1904 && days === NO_DAY)) return null;
  const day = from1904 ? days + EPOCH_1904 : days + EPOCH_1900 + (days < NO_DAY ? 1 : 0);
  const date = formatCalendarDate(epochDay(day));
  return date.slice(0, { day: 10, month: 7, year: 4 }[precision]);
}
