import type { EpochDay } from '../../engine/index.ts';
import type { PlacedFootprint } from '../footprints/footprint.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import type { PracticeRow } from '../practices/offered-practices.ts';
import { isTelling, type OverlapRecord } from '../overlaps/overlap.rows.ts';
import type { ScopeContents } from '../suggestions/compose-scope.ts';

/** The scopes in which something could be proposed: where the released form of a footprint is, or an overlap that tells something belongs. */
export function scopesOf(placed: readonly PlacedFootprint[], overlaps: readonly OverlapRecord[]): ReadonlySet<Scope> {
  return new Set([
    ...placed.flatMap(({ cells }) => cells.flatMap(({ face, cell }) => (face === 'released' ? [cell] : []))),
    ...overlaps.filter(isReleasedAndTelling).map(({ scope }) => scope),
  ]);
}

/**
 * What `readContents` reads from the tables, from footprints and overlaps that are in no table, and from practices that are. Of a country it gives all footprints,
 * where only those can matter that `readContents` chooses: that the drafts are the same is a part of what is checked.
 */
export function contentsOf(
  scope: Scope,
  placed: readonly PlacedFootprint[],
  overlaps: readonly OverlapRecord[],
  practices: readonly PracticeRow[],
  asOf: EpochDay,
): ScopeContents {
  const pairs = overlaps
    .filter((overlap) => isReleasedAndTelling(overlap) && overlap.scope === scope && overlap.end_day > asOf)
    .map(({ a_id, b_id }): readonly [string, string] => [a_id, b_id]);
  const paired = new Set(pairs.flat());
  const isInScope = ({ cells }: PlacedFootprint): boolean =>
    cells.some(({ face, cell }) => face === 'released' && cell === scope);
  const footprints = placed.flatMap((one) => {
    const { released } = one;
    if (released === null || released.excludes.length > 0) return [];
    return isInScope(one) || paired.has(released.subject_id) ? [released] : [];
  });
  return { footprints, pairs, practices };
}

const isReleasedAndTelling = (overlap: OverlapRecord): boolean => overlap.view === 'released' && isTelling(overlap);
