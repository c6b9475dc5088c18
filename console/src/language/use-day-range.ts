import { parseDate } from '@internationalized/date';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';

interface Days {
  readonly start: string;
  /** Null: no end is planned. */
  readonly end: string | null;
}

/** Civil days in the language of whoever looks: `28 Dec 2026 – 3 Jan 2027`; an open end stays open. */
export function useDayRange(): (days: Days) => string {
  const { locale } = useIntl();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    });
    const at = (day: string): Date => parseDate(day).toDate('UTC');
    return ({ start, end }) =>
      end === null ? `${format.format(at(start))} –` : format.formatRange(at(start), at(end));
  }, [locale]);
}
