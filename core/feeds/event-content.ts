import { cut } from '../imports/icalendar/properties.ts';
import type { SourceRecord } from '../imports/source-record.ts';

/** What a calendar says of an event, as far as an entry can say it. */
export interface EventContent {
  readonly name: string;
  readonly description: string | null;
  /** Inclusive on both sides. */
  readonly days: { readonly start: string; readonly end: string };
  readonly recurrence: string | null;
  readonly status: 'tentative' | 'confirmed' | 'cancelled';
}

const LONGEST_DESCRIPTION = 20_000;

/** Null for what has no days. Where an event takes place is told in its description: calendars write it as they like. */
export function contentOf({ name, description, days, recurrence, status, places }: SourceRecord): EventContent | null {
  if (days === null) return null;
  const where = places.flatMap((place) => (place.name === null ? [] : [`Place: ${place.name}`]));
  const told = [description, ...where].filter((text) => text !== null).join('\n\n');
  return {
    name,
    description: told === '' ? null : cut(told, LONGEST_DESCRIPTION),
    days: { start: days.start, end: days.end ?? days.start },
    recurrence,
    status: status === 'cancelled' ? 'cancelled' : status === 'planned' ? 'tentative' : 'confirmed',
  };
}

/** What a change of an entry has to say so that it says what the source says now, and nothing of what the source left as it was. */
export function changesBetween(before: EventContent, after: EventContent): Record<string, unknown> {
  const isSame = (field: keyof EventContent): boolean => JSON.stringify(before[field]) === JSON.stringify(after[field]);
  return {
    ...(!isSame('name') && { name: after.name }),
    ...(!isSame('description') && { description: after.description }),
    ...(!isSame('days') && { footprint: { days: after.days } }),
    ...(!isSame('recurrence') && { recurrence: after.recurrence }),
    ...(!isSame('status') && { status: after.status }),
  };
}
