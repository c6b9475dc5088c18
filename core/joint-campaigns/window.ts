import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { Issue } from '../outcome.ts';

/** The hub's calendar day as `YYYY-MM-DD`. */
export const todayOf = ({ today }: Work): string => formatCalendarDate(epochDay(today));

/** Nobody can prepare what is over. */
export function refusePast(work: Work, { end }: { readonly end: string }): Issue[] {
  return end < todayOf(work) ? [{ path: 'input.window.end', message: `${end} has passed.` }] : [];
}
