import { useIntl } from 'react-intl';
import type { Corridor } from './use-corridors.ts';

/** When most people travel, in words: `October – January`. */
export function useSeason(): (season: NonNullable<Corridor['season']>) => string {
  const { formatDate } = useIntl();
  const name = (month: number): string =>
    formatDate(new Date(Date.UTC(2000, month - 1, 1)), { month: 'long', timeZone: 'UTC' });
  return ({ fromMonth, toMonth }) =>
    fromMonth === toMonth ? name(fromMonth) : `${name(fromMonth)} – ${name(toMonth)}`;
}

/** Whether a month, 1 to 12, is in it; it may go over the end of a year. */
export function isInSeason({ fromMonth, toMonth }: NonNullable<Corridor['season']>, month: number): boolean {
  return fromMonth <= toMonth ? month >= fromMonth && month <= toMonth : month >= fromMonth || month <= toMonth;
}
