import { type EpochDay, epochDay, quarterOf, startOfQuarter } from '../../engine/index.ts';

/** Quarters told of: the present one and those after it. */
export const QUARTERS = 12;

/** Work without a planned end is taken to go on this many quarters after the present one. */
const OPEN_QUARTERS = 4;

/** Owners kept of a cell: the three others that must be there, whichever of the four the viewer is. */
export const KEPT = 4;

/** The first days of the quarters told of in which something goes on. Days as in `PresenceRecord`. */
export function presentQuarters(
  { firstDay, lastDay }: { readonly firstDay: number | null; readonly lastDay: number | null },
  today: EpochDay,
): EpochDay[] {
  if (firstDay === null) return [];
  const present = indexOf(today);
  const first = Math.max(indexOf(firstDay), present);
  const last = lastDay === null ? present + OPEN_QUARTERS : Math.min(indexOf(lastDay), present + QUARTERS - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => startOf(first + i));
}

/** The days of so many quarters from that of a day on: the first, and the day after the last. */
export function quartersFrom(today: EpochDay, count: number): { readonly start: EpochDay; readonly end: EpochDay } {
  return { start: startOf(indexOf(today)), end: startOf(indexOf(today) + count) };
}

/** Quarters counted through the years. */
function indexOf(day: number): number {
  const { year, quarter } = quarterOf(epochDay(day));
  return year * 4 + quarter - 1;
}

function startOf(index: number): EpochDay {
  return startOfQuarter({ year: Math.floor(index / 4), quarter: (index % 4) + 1 });
}
