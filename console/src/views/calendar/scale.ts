import {
  type CalendarDate,
  type DateDuration,
  parseDate,
  startOfMonth,
  startOfWeek,
  startOfYear,
} from '@internationalized/date';
import type { Days } from '../../components/date-field.tsx';
import { numberOf } from './days.ts';

/** What one tick of the axis is. */
export const ZOOMS = ['day', 'week', 'month', 'year'] as const;
export type Zoom = (typeof ZOOMS)[number];

interface Scale {
  /** How much is seen at once; the hub works bands out for at most two years. */
  readonly span: DateDuration;
  /** How far one goes on at a press. */
  readonly step: DateDuration;
  readonly tick: DateDuration;
  readonly begin: (day: CalendarDate) => CalendarDate;
}

const monday = (day: CalendarDate): CalendarDate => startOfWeek(day, 'en-GB');

const SCALES: Readonly<Record<Zoom, Scale>> = {
  day: { span: { weeks: 3 }, step: { weeks: 1 }, tick: { days: 1 }, begin: monday },
  week: { span: { weeks: 13 }, step: { weeks: 4 }, tick: { weeks: 1 }, begin: monday },
  month: { span: { months: 12 }, step: { months: 3 }, tick: { months: 1 }, begin: startOfMonth },
  year: { span: { months: 24 }, step: { months: 6 }, tick: { months: 3 }, begin: startOfYear },
};

/** The days seen when looking at a day. */
export function windowAt(zoom: Zoom, from: string): Days {
  const { span, begin } = SCALES[zoom];
  const start = begin(parseDate(from));
  return { start: start.toString(), end: start.add(span).subtract({ days: 1 }).toString() };
}

export function moved(zoom: Zoom, from: string, direction: 1 | -1): string {
  const { step } = SCALES[zoom];
  const day = parseDate(from);
  return (direction === 1 ? day.add(step) : day.subtract(step)).toString();
}

export interface Tick {
  readonly day: string;
  /** Where it is, 0 to 1. */
  readonly at: number;
  /** A line that stands out: a new month, a new year. */
  readonly isMajor: boolean;
}

export function ticksOf(zoom: Zoom, window: Days): readonly Tick[] {
  const { tick } = SCALES[zoom];
  const ticks: Tick[] = [];
  for (let day = parseDate(window.start); day.toString() <= window.end; day = day.add(tick)) {
    const former = day.subtract(tick);
    const isMajor = zoom === 'day' || zoom === 'week' ? former.month !== day.month : former.year !== day.year;
    ticks.push({ day: day.toString(), at: shareOf(window, day.toString()), isMajor: isMajor || ticks.length === 0 });
  }
  return ticks;
}

/** Where a day begins in a window, 0 to 1; outside of it less or more. */
export function shareOf(window: Days, day: string): number {
  const start = numberOf(window.start);
  return (numberOf(day) - start) / (numberOf(window.end) + 1 - start);
}

/** The part of some days that is seen. */
export function placed(window: Days, { start, end }: Days): { readonly from: number; readonly size: number } {
  const from = Math.max(0, shareOf(window, start));
  const to = Math.min(1, shareOf(window, end) + 1 / lengthOf(window));
  return { from, size: Math.max(0, to - from) };
}

export function lengthOf(window: Days): number {
  return numberOf(window.end) + 1 - numberOf(window.start);
}
