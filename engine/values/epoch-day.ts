/** A calendar day as whole days since 1970-01-01 (2026-03-01 is 20513). No time zone: the day at the place where the campaign runs. */
export type EpochDay = number & { readonly __brand: 'EpochDay' };

/** A day of the Gregorian calendar in its three numbers; `month` and `dayOfMonth` count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** A quarter of a calendar year; `quarter` is 1 to 4. */
export interface Quarter {
  readonly year: number;
  readonly quarter: number;
}

// The civil calendar repeats every 400 years. Years are counted from 1 March, so that the leap day is the last day of its year
// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days).
const DAYS_PER_ERA = 146_097;
const DAYS_FROM_ERA_ZERO_TO_EPOCH = 719_468;

/** Takes a whole number of days since 1970-01-01 for what it is. @throws RangeError when the number is not whole. */
export function epochDay(days: number): EpochDay {
  if (!Number.isSafeInteger(days))
    throw new RangeError(`expected a whole number of days since 1970-01-01, found ${days}`);
  return days as EpochDay; // the one place where a number becomes a day
}

/** The epoch day of a day of the Gregorian calendar, which must exist. */
export function fromCivil({ year, month, dayOfMonth }: CivilDate): EpochDay {
  const yearFromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(yearFromMarch / 400);
  const yearOfEra = yearFromMarch - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return epochDay(era * DAYS_PER_ERA + dayOfEra - DAYS_FROM_ERA_ZERO_TO_EPOCH);
}

/** The day of the Gregorian calendar that an epoch day is; the inverse of `fromCivil`. */
export function toCivil(day: EpochDay): CivilDate {
  const shifted = day + DAYS_FROM_ERA_ZERO_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leapDaysBefore = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDaysBefore) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** Reads `YYYY-MM-DD`, years 0001 to 9999; null for any other form and for days that no calendar has (2026-02-29). */
export function parseCalendarDate(text: string): EpochDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return null;
  const month = Number(text.slice(5, 7));
  const dayOfMonth = Number(text.slice(8, 10));
  if (month < 1 || month > 12 || dayOfMonth < 1) return null;
  const day = fromCivil({ year: Number(text.slice(0, 4)), month, dayOfMonth });
  // A day the month does not have (31 April) has become a day of the next month.
  return toCivil(day).month === month ? day : null;
}

/** Writes a day as `YYYY-MM-DD`; the inverse of `parseCalendarDate` for years 0001 to 9999. */
export function formatCalendarDate(day: EpochDay): string {
  const { year, month, dayOfMonth } = toCivil(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** The month of the year a day falls in, 1 to 12. */
export function monthOf(day: EpochDay): number {
  return toCivil(day).month;
}

/** The first day of the month a day falls in. */
export function startOfMonth(day: EpochDay): EpochDay {
  return fromCivil({ ...toCivil(day), dayOfMonth: 1 });
}

/** The first day of the month after the one a day falls in. */
export function startOfNextMonth(day: EpochDay): EpochDay {
  const { year, month } = toCivil(day);
  return fromCivil(
    month === 12 ? { year: year + 1, month: 1, dayOfMonth: 1 } : { year, month: month + 1, dayOfMonth: 1 },
  );
}

/** The first day of a quarter. */
export function startOfQuarter({ year, quarter }: Quarter): EpochDay {
  return fromCivil({ year, month: quarter * 3 - 2, dayOfMonth: 1 });
}

/** The quarter after `quarter`. */
export function nextQuarter({ year, quarter }: Quarter): Quarter {
  return quarter === 4 ? { year: year + 1, quarter: 1 } : { year, quarter: quarter + 1 };
}

/** The quarter a day falls in. */
export function quarterOf(day: EpochDay): Quarter {
  const { year, month } = toCivil(day);
  return { year, quarter: Math.ceil(month / 3) };
}
