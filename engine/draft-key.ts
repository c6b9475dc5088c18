import type { Draft, Participant } from './draft.ts';
import { countSharedDays, lengthOf, type DayRange } from './values/day-range.ts';

/** What is compared of a participant when two drafts are. */
export type Seated = Pick<Participant, 'footprint' | 'country'>;

/** The key of a draft: `kind|corridor code|participants|window` and, unless null, `|about`; participants as `id@country` in code-unit order. */
export function draftKey(
  kind: Draft['kind'],
  corridorCode: string | null,
  participants: readonly Seated[],
  window: DayRange,
  about: string | null = null,
): string {
  const days = `${window.start}-${window.end}`;
  return [kind, corridorCode ?? '', writeSeats(participants), days, ...(about === null ? [] : [about])].join('|');
}

/** The seats of a draft as one string, whatever their order: equal strings, equal seats. */
export function writeSeats(participants: readonly Seated[]): string {
  return participants
    .map(({ footprint, country }) => `${footprint}@${country}`)
    .sort()
    .join(',');
}

/** Shared participants by all participants of two drafts, 0 to 1. Participants are footprints; their countries do not matter. */
export function participantJaccard(a: readonly Seated[], b: readonly Seated[]): number {
  const ids = new Set(a.map(({ footprint }) => footprint));
  const others = new Set(b.map(({ footprint }) => footprint));
  const shared = [...ids].filter((id) => others.has(id)).length;
  return shared === 0 ? 0 : shared / (ids.size + others.size - shared);
}

/** Shared days by all days of two windows, 0 to 1. */
export function windowJaccard(a: DayRange, b: DayRange): number {
  const shared = countSharedDays(a, b);
  return shared / (lengthOf(a) + lengthOf(b) - shared);
}

/** The order of drafts: by value, the highest first, then by start, then by key. */
export function compareDrafts(a: Draft, b: Draft): number {
  return b.value - a.value || a.window.start - b.window.start || (a.key < b.key ? -1 : 1);
}
