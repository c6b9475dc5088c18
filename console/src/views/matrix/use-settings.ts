import { endOfMonth, getLocalTimeZone, startOfMonth, today } from '@internationalized/date';
import { useSearchParams } from 'wouter';
import type { Days } from '../../components/date-field.tsx';
import { AXES, type Axis, type Count, COUNTS } from './axes.ts';

export interface Settings {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly count: Count;
  readonly days: Days;
  /** ISO 3166-1 alpha-2; empty: everywhere. */
  readonly country: string;
  /** Empty: on all corridors and beside them. */
  readonly corridor: string;
}

/** The hub counts at most 36 months at once. */
const MOST_MONTHS = 36;

/** What is laid out and how; in the address, so that it can be sent to somebody. */
export function useSettings(): readonly [Settings, (part: Partial<Settings>) => void] {
  const [params, setParams] = useSearchParams();
  const rows = AXES.find((axis) => axis === params.get('rows')) ?? 'COUNTRY';
  const columns = AXES.find((axis) => axis === params.get('columns') && axis !== rows) ?? other(rows);
  const [start, end] = [params.get('from') ?? '', params.get('to') ?? ''];
  const country = params.get('country') ?? '';
  const corridor = params.get('corridor') ?? '';
  const settings: Settings = {
    rows,
    columns,
    count: COUNTS.find((count) => count === params.get('count')) ?? 'actors',
    days: isDay(start) && isDay(end) && start <= end ? { start, end } : comingYear(),
    country: /^[A-Z]{2}$/.test(country) ? country : '',
    corridor: /^[a-z0-9_]+$/.test(corridor) ? corridor : '',
  };
  const change = (part: Partial<Settings>): void => {
    const { days, ...wanted } = { ...settings, ...part };
    const given = { ...wanted, from: days.start, to: days.end };
    setParams(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')), { replace: true });
  };
  return [settings, change];
}

/** From the first of the present month, a year. */
function comingYear(): Days {
  const start = startOfMonth(today(getLocalTimeZone()));
  return { start: start.toString(), end: endOfMonth(start.add({ months: 11 })).toString() };
}

/** Whether months of it can be columns. */
export function isTooLongForMonths({ start, end }: Days): boolean {
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(end) - months(start) >= MOST_MONTHS;
}

const other = (rows: Axis): Axis => (rows === 'THEME' ? 'COUNTRY' : 'THEME');
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);
