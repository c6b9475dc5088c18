import { type CalendarDate, parseDate, startOfMonth } from '@internationalized/date';

/** Four quarters from the first day of the present one, as the hub's gaps are told. */
export interface Year {
  readonly start: CalendarDate;
  /** Its last day. */
  readonly end: CalendarDate;
  /** First days of its twelve months. */
  readonly months: readonly CalendarDate[];
}

export function yearFrom(day: CalendarDate): Year {
  const start = startOfMonth(day).subtract({ months: (day.month - 1) % 3 });
  return {
    start,
    end: start.add({ years: 1 }).subtract({ days: 1 }),
    months: Array.from({ length: 12 }, (_, month) => start.add({ months: month })),
  };
}

/** Where in a year some days are, both 0 to 1; null where they are all outside. An end of null is none that is planned. */
export function placeIn(
  { start, end }: Year,
  days: { readonly start: string; readonly end?: string | null },
): { readonly from: number; readonly size: number } | null {
  const length = daysBetween(end, start) + 1;
  const from = Math.max(0, daysBetween(parseDate(days.start), start) / length);
  const to = typeof days.end === 'string' ? Math.min(1, (daysBetween(parseDate(days.end), start) + 1) / length) : 1;
  return from < to ? { from, size: to - from } : null;
}

/** How many days `day` is after `since`. */
function daysBetween(day: CalendarDate, since: CalendarDate): number {
  return day.compare(since);
}
