import { z } from 'zod';
import { parseCalendarDate } from '../../engine/index.ts';

/** The lists of a footprint that pass from a parent to what states none itself. Days do not pass down. */
export const INHERITED_FACETS = ['places', 'corridors', 'audiences', 'themes', 'channels', 'languages'] as const;
export type InheritedFacet = (typeof INHERITED_FACETS)[number];

/** First and last day, both included, as `YYYY-MM-DD`; a null end is open. */
export interface StatedDays {
  readonly start: string;
  readonly end: string | null;
}

/** What an owner itself says about a record, as stored: codes are canonical, and a facet that is absent is unstated. */
export interface StatedFootprint extends Partial<Readonly<Record<InheritedFacet, readonly string[]>>> {
  readonly days?: StatedDays;
}

export const calendarDay = z
  .string()
  .refine((text) => parseCalendarDate(text) !== null, 'A day that exists, written YYYY-MM-DD.');

export const daysInput = z
  .object({ start: calendarDay, end: calendarDay.nullish() })
  .refine(({ start, end }) => typeof end !== 'string' || start <= end, {
    path: ['end'],
    error: ({ input }) => {
      const { start, end } = input as { start: string; end: string };
      return `${end} is before the start ${start}.`;
    },
  });

const codes = z.array(z.string()).max(1_000).nullish();

/** A footprint as a caller writes it. Of each facet: absent stays as it is, null or an empty list becomes unstated. */
export const footprintInput = z.object({
  days: daysInput.nullish(),
  places: codes,
  corridors: codes,
  audiences: codes,
  themes: codes,
  channels: codes,
  languages: codes,
});

export type FootprintInput = z.infer<typeof footprintInput>;

/** What is stated after a change: of each facet the new value, the old one where the change says nothing, or nothing. Null clears all. */
export function restate(stored: StatedFootprint, change: FootprintInput | null | undefined): StatedFootprint {
  if (change === undefined) return stored;
  if (change === null) return {};
  const { days } = change;
  const keptDays = days === undefined ? stored.days : days && { start: days.start, end: days.end ?? null };
  const lists = INHERITED_FACETS.flatMap((facet) => {
    const list = change[facet] === undefined ? stored[facet] : change[facet];
    return list && list.length > 0 ? [[facet, list] as const] : [];
  });
  return { ...(keptDays ? { days: keptDays } : {}), ...Object.fromEntries(lists) };
}
