import type { EpochDay } from '../../engine/index.ts';
import type { PlacedFootprint } from '../footprints/footprint.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import type { OverlapRecord } from '../overlaps/overlap.rows.ts';
import type { PracticeRow } from '../practices/offered-practices.ts';
import type { ScopeContents } from '../suggestions/compose-scope.ts';

/** The scopes in which something could be proposed: where the released form of a footprint is, or a duplication belongs. */
export function scopesOf(placed: readonly PlacedFootprint[], overlaps: readonly OverlapRecord[]): ReadonlySet<Scope> {
  return new Set([
    ...placed.flatMap(({ cells }) => cells.flatMap(({ face, cell }) => (face === 'released' ? [cell] : []))),
    ...overlaps.filter(isReleasedDuplication).map(({ scope }) => scope),
  ]);
}

/** What `readContents` reads from the tables, from footprints and overlaps that are in no table, and from practices that are. */
export function contentsOf(
  scope: Scope,
  placed: readonly PlacedFootprint[],
  overlaps: readonly OverlapRecord[],
  practices: readonly PracticeRow[],
  asOf: EpochDay,
): ScopeContents {
  const duplicates = overlaps
    .filter((overlap) => isReleasedDuplication(overlap) && overlap.scope === scope && overlap.end_day > asOf)
    .map(({ a_id, b_id }): readonly [string, string] => [a_id, b_id]);
  const paired = new Set(duplicates.flat());
  const isHere = ({ cells }: PlacedFootprint): boolean =>
    (scope.startsWith('corridor:') || practices.length > 0) &&
    cells.some(({ face, cell }) => face === 'released' && cell === scope);
  const footprints = placed.flatMap((one) => {
    const { released } = one;
    if (released === null || released.excludes.length > 0) return [];
    return isHere(one) || paired.has(released.subject_id) ? [released] : [];
  });
  return { footprints, duplicates, practices };
}

const isReleasedDuplication = ({ view, kind }: OverlapRecord): boolean => view === 'released' && kind === 'DUPLICATION';
