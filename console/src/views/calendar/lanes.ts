import type { Days } from '../../components/date-field.tsx';
import type { Item } from './item.ts';
import { meets } from './days.ts';
import type { Band } from './use-calendar.ts';

/** By what the calendar is cut into lanes. */
export const SIDES = ['actor', 'corridor', 'country'] as const;
export type Side = (typeof SIDES)[number];

export interface Lane {
  /** The id of an actor, or a code; null: none is stated. */
  readonly key: string | null;
  /** In rows, so that nothing covers another. */
  readonly rows: readonly (readonly Item[])[];
}

/**
 * Lanes in the order of their names, one's own first, those without any at the end. What is on two corridors stands in two lanes.
 * @param own the viewer's actor
 */
export function lanesOf(
  items: readonly Item[],
  by: Side,
  nameOf: (key: string) => string,
  own: string | null,
): readonly Lane[] {
  const lanes = Map.groupBy(
    items.flatMap((item) => keysOf(item, by).map((key) => ({ key, item }))),
    ({ key }) => key,
  );
  return [...lanes]
    .map(([key, members]) => ({ key, rows: packed(members.map(({ item }) => item)) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
      if (a.key === own || b.key === own) return a.key === own ? -1 : 1;
      return nameOf(a.key).localeCompare(nameOf(b.key));
    });
}

function keysOf({ owner, footprint }: Item, by: Side): readonly (string | null)[] {
  if (by === 'actor') return [owner.id];
  const codes =
    by === 'corridor'
      ? footprint.corridors.map(({ code }) => code)
      : footprint.places.map(({ code }) => code.slice(0, 2));
  return codes.length > 0 ? [...new Set(codes)] : [null];
}

/** The fewest rows in which none meets another: each by its start into the first row that is free. Campaigns above their entries. */
export function packed<T extends { readonly days: Days }>(items: readonly T[]): readonly (readonly T[])[] {
  const rows: T[][] = [];
  const ordered = [...items].sort((a, b) => a.days.start.localeCompare(b.days.start));
  for (const item of ordered) {
    const free = rows.find((row) => row.every(({ days }) => !meets(days, item.days)));
    if (free) free.push(item);
    else rows.push([item]);
  }
  return rows;
}

/** What bears on a lane: the observances of its country, the seasons of its corridor. */
export function behind(bands: readonly Band[], by: Side, key: string | null): readonly Band[] {
  if (key === null || by === 'actor') return [];
  if (by === 'corridor') return bands.filter(({ corridor }) => corridor?.code === key);
  return bands.filter(({ kind, countries }) => kind !== 'SEASON' && countries.some(({ code }) => code === key));
}

/** What bears on an item: on its corridors and in its countries, in its days. */
export function bearingOn(bands: readonly Band[], { footprint }: Item, days: Days): readonly Band[] {
  const corridors = new Set(footprint.corridors.map(({ code }) => code));
  const countries = new Set(footprint.places.map(({ code }) => code.slice(0, 2)));
  return bands.filter(
    (band) =>
      meets(band.days, days) &&
      (band.corridor ? corridors.has(band.corridor.code) : band.countries.some(({ code }) => countries.has(code))),
  );
}
