import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import { changedAfter, oneOf, shares } from '../projection/readers.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import { type View, column, toOne } from '../projection/view.ts';

/** A view of the database in which everybody counts those whom it sees. */
const CELL = 'interest_cell';

export const interestViews: readonly View[] = [
  {
    type: 'ContributionInterest',
    table: 'contribution_interest',
    prefix: 'int',
    fields: {
      id: column(),
      actor: toOne('Actor', 'actor_id'),
      topic: column(),
      offers: column(),
      languages: column(),
      until: column(),
      withdrawn: (row) => sql`${row.column('withdrawn_at')} is not null`,
      version: column(),
      createdAt: column(),
      updatedAt: column(),
    },
    filterCodes: { countries: 'place' },
    filters: {
      topics: oneOf('topic'),
      actors: oneOf('actor_id'),
      countries: (row, value) => sql`exists (select from actor whose where whose.id = ${row.column('actor_id')}
        and whose.based_in_countries && ${value}::text[])`,
      languages: shares('languages'),
      baliProcessRoles: (row, value) => sql`exists (select from actor whose where whose.id = ${row.column('actor_id')}
        and whose.bali_role = any(${value}))`,
      current: (row, value) => sql`(${row.column('withdrawn_at')} is null
        and coalesce(${row.column('until')} >= app.today(), true)) = ${value}`,
      changedAfter,
    },
    orders: {
      topic: { by: (row) => row.column('topic'), type: 'text' },
      updated: { by: (row) => row.column('updated_at'), type: 'timestamptz' },
    },
  },
  {
    type: 'InterestCell',
    table: CELL,
    fields: {
      topic: column(),
      country: toOne('Place', 'country', 'code'),
      actors: column(),
      members: column(),
      observers: column(),
    },
  },
];

/** How many want to contribute to what, by topic, then country; those based nowhere come last. */
export function readInterestMap(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.all(viewer, 'InterestCell', selection, {
    orderBy: (row) => sql`${row.column('topic')}, ${row.column('country')}`,
  });
}
