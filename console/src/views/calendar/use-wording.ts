import { parseDate } from '@internationalized/date';
import { useIntl } from 'react-intl';
import type { Overlap } from '@concord/client-sdk';
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
  /** Of an overlap: with whom, as far as the hub names them, and of which kind. */
  const overlap = ({ sides, kind }: Pick<Overlap, 'sides' | 'kind'>): string => {
    const names = sides.flatMap(({ mine, actor }) => (mine || !actor ? [] : [actor.name]));
    return [...names, formatMessage({ id: 'calendar.overlapKind' }, { kind })].join(' · ');
  };
  return { day, days, bar, overlap };
}
