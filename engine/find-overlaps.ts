import { findBestLists } from './columns/best-lists.ts';
import { buildColumns } from './columns/build-columns.ts';
import type { Footprint } from './footprint.ts';
import { toOverlap } from './measure-overlap.ts';
import { meet } from './meet.ts';
import type { Overlap } from './overlap.ts';
import type { RankOptions } from './rank-partners.ts';
import { standingOf } from './standing.ts';
import type { Terrain } from './terrain.ts';

/**
 * The best overlaps of every footprint, by its id: for each what `rankPartners` gives among all of them, found in columns. The
 * order of the footprints does not matter. @throws when two have one id.
 */
export function bestOverlaps(
  footprints: readonly Footprint[],
  terrain: Terrain,
  options: RankOptions = {},
): ReadonlyMap<string, readonly Overlap[]> {
  const columns = buildColumns(footprints, terrain, options);
  const standings = columns.footprints.map((footprint) => standingOf(footprint, terrain));
  const { k, lengths, partnerRows } = findBestLists(columns, options);
  return new Map(
    standings.map((standing, row) => {
      const partners = [...partnerRows.subarray(row * k, row * k + (lengths[row] ?? 0))].flatMap(
        (partner) => standings[partner] ?? [],
      );
      const overlaps = partners.flatMap((partner) => {
        const meeting = meet(standing, partner, columns.sheet.minSharedDays);
        return meeting === null ? [] : [toOverlap(standing, partner, meeting, terrain)];
      });
      return [standing.footprint.id, overlaps];
    }),
  );
}
