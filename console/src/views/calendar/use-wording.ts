import { parseDate } from '@internationalized/date';
import { useIntl } from 'react-intl';
import type { Days } from '../../components/date-field.tsx';
import { isOpen } from './days.ts';
import type { Item } from './item.ts';

/** How days and what is on them are said. */
export function useWording() {
  const { formatMessage, formatDate, formatDateTimeRange } = useIntl();
  const instant = (day: string): Date => parseDate(day).toDate('UTC');
  const inWords = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  const day = (which: string): string => formatDate(instant(which), inWords);
  const days = (which: Days): string =>
    isOpen(which)
      ? formatMessage({ id: 'calendar.since' }, { day: day(which.start) })
      : formatDateTimeRange(instant(which.start), instant(which.end), inWords);
  /** What a screen reader says of a bar. */
  const bar = (item: Item, shown: Days): string =>
    formatMessage(
      { id: 'calendar.bar' },
      {
        name: item.name,
        type: item.type,
        owner: item.owner.name,
        days: days(shown),
        state: item.isCancelled ? 'cancelled' : item.isTentative ? 'tentative' : 'sure',
      },
    );
  return { day, days, bar };
}
