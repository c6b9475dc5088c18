import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import { places, terms } from '../projection/readers.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import { type View, column, constant, sameRow, toMany } from '../projection/view.ts';

export const feedViews: readonly View[] = [
  {
    type: 'CalendarFeed',
    table: 'calendar_feed',
    prefix: 'cfd',
    fields: {
      id: column(),
      label: column(),
      countries: places('countries'),
      corridors: toMany('Corridor', {
        where: (corridor, feed) => sql`${corridor.column('code')} = any(${feed.column('corridors')})`,
        orderBy: (corridor) => corridor.column('code'),
      }),
      themes: terms('theme', 'themes'),
      mine: column(),
      observances: column(),
      createdAt: column(),
      revokedAt: column(),
    },
  },
  // The address is put in by the resolver that got it: it must not pass through a statement.
  { type: 'IssuedCalendarFeed', table: 'calendar_feed', fields: { feed: sameRow('CalendarFeed'), url: constant('') } },
];

/** Those that the viewer may revoke and that nobody has revoked, the first issued first; at most 500. */
export function readCalendarFeeds(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.all(viewer, 'CalendarFeed', selection, {
    where: (row) =>
      sql`${row.column('id')} in (select id from calendar_feed where revoked_at is null order by created_at, id limit 500)`,
    orderBy: (row) => sql`${row.column('created_at')}, ${row.column('id')}`,
  });
}
