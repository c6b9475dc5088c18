import { endOfMonth, getLocalTimeZone, parseDate, today } from '@internationalized/date';
import type { Days } from '../../components/date-field.tsx';

export interface Quarter {
  /** As the hub calls it: `2027-Q1`. */
  readonly code: string;
  readonly year: number;
  readonly quarter: number;
  readonly days: Days;
}

/** The present one and the next three: as far as the hub looks for gaps. */
export function nextQuarters(): readonly Quarter[] {
  const now = today(getLocalTimeZone());
  const first = now.set({ day: 1, month: Math.floor((now.month - 1) / 3) * 3 + 1 });
  return [0, 3, 6, 9].map((months) => {
    const start = first.add({ months });
    const quarter = (start.month + 2) / 3;
    return {
      code: `${String(start.year)}-Q${String(quarter)}`,
      year: start.year,
      quarter,
      days: { start: start.toString(), end: endOfMonth(parseDate(start.toString()).add({ months: 2 })).toString() },
    };
  });
}
