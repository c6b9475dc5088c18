import type { Alternative, Move } from './draft.ts';
import type { Footprint } from './footprint.ts';
import { RULES } from './rules.ts';
import { isOpen, lengthOf, OPEN_END, type DayRange } from './values/day-range.ts';
import { epochDay, type EpochDay } from './values/epoch-day.ts';

/** How many days lie between two footprints, the earlier of which ends before the later starts. */
export function gapBetween(earlier: Footprint, later: Footprint): number {
  return later.days.start - earlier.days.end;
}

/**
 * How two footprints apart could share days as of a day: the earlier one moves, the later one does, or both meet half-way. What has
 * begun does not move, what lies ahead moves to tomorrow at the earliest, and what has no end keeps none. As many days as are enough,
 * where they can be had. The most shared days first, then the fewest for whoever moves most, then in this order; none when nothing helps.
 */
export function proposeAlternatives(earlier: Footprint, later: Footprint, asOf: EpochDay): Alternative[] {
  const wanted = Math.min(RULES.alignDates.sharedDays, lengthOf(earlier.days), lengthOf(later.days));
  const distance = gapBetween(earlier, later) + wanted;
  const alternatives: Alternative[] = [];
  if (earlier.days.start > asOf) {
    alternatives.push({ sharedDays: wanted, moves: [move(earlier, distance)] });
  }
  const earliestStart = Math.max(earlier.days.end - wanted, asOf + 1);
  if (earliestStart < earlier.days.end) {
    const moves = [move(later, earliestStart - later.days.start)];
    alternatives.push({ sharedDays: earlier.days.end - earliestStart, moves });
  }
  if (earlier.days.start > asOf && !isOpen(later.days)) {
    const half = Math.floor(distance / 2);
    alternatives.push({ sharedDays: wanted, moves: [move(earlier, distance - half), move(later, -half)] });
  }
  return alternatives.sort((a, b) => b.sharedDays - a.sharedDays || longestMove(a) - longestMove(b));
}

function move({ id, days }: Footprint, by: number): Move {
  return { footprint: id, days: shift(days, by), daysMoved: Math.abs(by) };
}

function shift({ start, end }: DayRange, by: number): DayRange {
  return { start: epochDay(start + by), end: end === OPEN_END ? end : epochDay(end + by) };
}

function longestMove({ moves }: Alternative): number {
  return Math.max(...moves.map(({ daysMoved }) => daysMoved));
}
