import type { DateNeighbour } from '../propose-dates.ts';
import { countSharedDays, type DayRange } from '../values/day-range.ts';
import { DATE_RULES } from './date-rules.ts';

/**
 * How many campaigns of others run in a window, here or along the route, as it may be told: those that are seen, and those that are
 * not when they are of three owners at least, so that no number stands for a single hidden one. Nothing else may be made of them.
 */
export function countNeighbours(
  window: DayRange,
  where: DateNeighbour['where'],
  neighbours: readonly DateNeighbour[],
): number {
  let seen = 0;
  let hidden = 0;
  const owners = new Set<string>();
  for (const neighbour of neighbours) {
    if (neighbour.where !== where || countSharedDays(window, neighbour.days) === 0) continue;
    if (!neighbour.hidden) {
      seen += 1;
      continue;
    }
    hidden += 1;
    owners.add(neighbour.owner);
  }
  return owners.size >= DATE_RULES.fewestHiddenOwners ? seen + hidden : seen;
}
