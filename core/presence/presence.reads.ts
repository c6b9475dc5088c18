import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import { type View, column, sameRow, toOne } from '../projection/view.ts';

/** A view of the database that shows everybody its own cells. */
const CELL = 'presence_cell';

export const presenceViews: readonly View[] = [
  {
    type: 'PresenceCell',
    table: CELL,
    fields: {
      corridor: toOne('Corridor', 'corridor', 'code'),
      quarter: sameRow('Quarter'),
      days: sameRow('DayRange'),
    },
  },
  { type: 'Quarter', table: CELL, fields: { year: column(), quarter: column() } },
];

/**
 * The cells in which others are present, by corridor and quarter; of all corridors when none are named.
 * @throws {BadRequest} when a corridor does not exist
 */
export async function readPresence(
  reads: Reads,
  viewer: Viewer,
  corridors: readonly string[] | null,
  selection: Selection,
): Promise<unknown> {
  const asked = corridors && (await reads.knownCodes('corridor', corridors, 'corridors'));
  return reads.all(viewer, 'PresenceCell', selection, {
    ...(asked && { where: (row) => sql`${row.column('corridor')} = any(${asked})` }),
    orderBy: (row) => sql`${row.column('corridor')}, ${row.column('starts_on')}`,
  });
}
