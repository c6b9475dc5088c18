import type { EpochDay, OverlapKind } from '../../engine/index.ts';
import type { PlacedFootprint } from '../footprints/footprint.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import type { OverlapRecord } from '../overlaps/overlap.rows.ts';
import type { ScopeContents } from '../suggestions/compose-scope.ts';

/** The scopes in which something could be proposed: where the released form of a footprint is, or a pair belongs of which proposals are made. */
export function scopesOf(placed: readonly PlacedFootprint[], overlaps: readonly OverlapRecord[]): ReadonlySet<Scope> {
  return new Set([
    ...placed.flatMap(({ cells }) => cells.flatMap(({ face, cell }) => (face === 'released' ? [cell] : []))),
    ...overlaps.filter(isProposed).map(({ scope }) => scope),
  ]);
}

/** What `readContents` reads from the tables, from footprints and overlaps that are in no table. */
export function contentsOf(
  scope: Scope,
  placed: readonly PlacedFootprint[],
  overlaps: readonly OverlapRecord[],
  asOf: EpochDay,
): ScopeContents {
  const current = overlaps.filter(
    (overlap) => isProposed(overlap) && overlap.scope === scope && overlap.end_day > asOf,
  );
  const pairsOf = (kind: OverlapKind) =>
    current.filter((overlap) => overlap.kind === kind).map(({ a_id, b_id }): readonly [string, string] => [a_id, b_id]);
  const [duplicates, leverages] = [pairsOf('DUPLICATION'), pairsOf('LEVERAGE')];
  const paired = new Set([...duplicates, ...leverages].flat());
  const isOnCorridor = ({ cells }: PlacedFootprint): boolean =>
    scope.startsWith('corridor:') && cells.some(({ face, cell }) => face === 'released' && cell === scope);
  const footprints = placed.flatMap((one) => {
    const { released } = one;
    if (released === null || released.excludes.length > 0) return [];
    return isOnCorridor(one) || paired.has(released.subject_id) ? [released] : [];
  });
  return { footprints, duplicates, leverages };
}

const isProposed = ({ view, kind }: OverlapRecord): boolean =>
  view === 'released' && (kind === 'DUPLICATION' || kind === 'LEVERAGE');
