import { type EpochDay, formatCalendarDate, parseCalendarDate, toCivil } from '../../../engine/index.ts';
import type { StatedDays } from '../../footprints/stated-footprint.ts';
import type { IatiActivity } from './activity.ts';

/** When an activity takes place, or why that cannot be said. */
export type ActivityDays =
  | { readonly kind: 'dated'; readonly days: StatedDays }
  | { readonly kind: 'undated'; readonly why: 'no-start' | 'closed-without-end' }
  | { readonly kind: 'backwards'; readonly start: string; readonly end: string };

/** Codes of ActivityDateType and the names IATI 1 had for them, the actual before the planned. */
const STARTS = [
  ['2', 'start-actual'],
  ['1', 'start-planned'],
];
const ENDS = [
  ['4', 'end-actual'],
  ['3', 'end-planned'],
];

/** ActivityStatus: all is done, also the accounts. */
const CLOSED = '4';

/** Years that stand for "not known" or "no end" (1900-01-01, 2400-01-01, 9999-12-31) and not for days. */
const FIRST_YEAR = 1950;
const LAST_YEAR = 2100;

/**
 * First and last day of an activity: the actual day where the file has one, else the planned. Without an end it is open, unless
 * it is closed: then it did end, on a day nobody states.
 */
export function activityDays({ dates, status }: Pick<IatiActivity, 'dates' | 'status'>): ActivityDays {
  const dayOf = (kinds: readonly (readonly string[])[]): EpochDay | null => {
    const days = kinds.flatMap((names) =>
      dates.flatMap(({ type, day }) =>
        type !== null && names.includes(type.toLowerCase()) ? (parseDay(day) ?? []) : [],
      ),
    );
    return days[0] ?? null;
  };
  const start = dayOf(STARTS);
  const end = dayOf(ENDS);
  if (start === null) return { kind: 'undated', why: 'no-start' };
  if (end === null && status === CLOSED) return { kind: 'undated', why: 'closed-without-end' };
  if (end !== null && end < start) {
    return { kind: 'backwards', start: formatCalendarDate(start), end: formatCalendarDate(end) };
  }
  return {
    kind: 'dated',
    days: { start: formatCalendarDate(start), end: end === null ? null : formatCalendarDate(end) },
  };
}

/**
 * The day of an `xsd:date` (`2020-05-01`, `2020-05-01Z`), of an `xsd:dateTime`, or of eight digits (`20200501`); null for what is
 * no day, and for years that stand for none.
 */
function parseDay(text: string): EpochDay | null {
  const [, year, month, dayOfMonth] =
    /^(\d{4})-(\d{2})-(\d{2})(?:$|[T Z+-])/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const day = parseCalendarDate(`${String(year)}-${String(month)}-${String(dayOfMonth)}`);
  if (day === null) return null;
  const { year: found } = toCivil(day);
  return found >= FIRST_YEAR && found < LAST_YEAR ? day : null;
}
