import { type DayRange, type EpochDay, dayRange, epochDay, fromCivil, isOpen, toCivil } from '../../engine/index.ts';

/** How exactly the days of a calendar entry are known. */
export type Precision = 'day' | 'week' | 'month' | 'quarter';

/** The whole weeks (ISO 8601: Monday to Sunday), months or quarters that a range touches; an open end stays open. */
export function widen(range: DayRange, precision: Precision): DayRange {
  const last = epochDay(range.end - 1);
  return dayRange(periodOf(range.start, precision).start, isOpen(range) ? range.end : periodOf(last, precision).end);
}

function periodOf(day: EpochDay, precision: Precision): DayRange {
  switch (precision) {
    case 'day':
      return dayRange(day, epochDay(day + 1));
    case 'week': {
      // 1970-01-01 was a Thursday.
      const monday = day - ((((day + 3) % 7) + 7) % 7);
      return dayRange(epochDay(monday), epochDay(monday + 7));
    }
    case 'month':
      return monthsAround(day, 1);
    case 'quarter':
      return monthsAround(day, 3);
  }
}

/** The block of so many months, counted from January, that a day falls in. */
function monthsAround(day: EpochDay, months: 1 | 3): DayRange {
  const { year, month } = toCivil(day);
  const first = month - ((month - 1) % months);
  const next = first + months;
  return dayRange(
    fromCivil({ year, month: first, dayOfMonth: 1 }),
    next > 12
      ? fromCivil({ year: year + 1, month: 1, dayOfMonth: 1 })
      : fromCivil({ year, month: next, dayOfMonth: 1 }),
  );
}
