import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import { type Row, type Sql, type View, column, toMany, toOne } from '../projection/view.ts';

const state = (row: Row): Sql => sql`case when ${row.column('removed_at')} is not null then 'REMOVED'
  when ${row.column('paused_at')} is not null then 'PAUSED'
  when ${row.column('stopped_at')} is not null then 'STOPPED'
  when ${row.column('last_error')} is not null then 'FAILING' else 'ACTIVE' end`;

const count = (row: Row, condition: Sql): Sql => sql`(select count(*)::int from calendar_subscription_item i
  where i.subscription_id = ${row.column('id')} and ${condition})`;

export const subscriptionViews: readonly View[] = [
  {
    type: 'CalendarSubscription',
    table: 'calendar_subscription',
    prefix: 'csb',
    fields: {
      id: column(),
      url: column(),
      campaign: toOne('Campaign', 'campaign_id'),
      state,
      lastFetchedAt: column(),
      lastError: column(),
      failures: column(),
      nextAt: (row) =>
        sql`case when ${row.column('paused_at')} is null and ${row.column('removed_at')} is null then ${row.column('next_at')} end`,
      events: (row) => count(row, sql`not i.gone`),
      waiting: (row) => count(row, sql`i.pending`),
      refused: toMany('RefusedEvent', {
        where: (item, subscription) =>
          sql`${item.column('subscription_id')} = ${subscription.column('id')} and ${item.column('refused')} is not null`,
        orderBy: (item) => item.column('key'),
        atMost: 100,
      }),
      createdAt: column(),
    },
  },
  {
    type: 'RefusedEvent',
    table: 'calendar_subscription_item',
    fields: {
      uid: column('key'),
      name: (row) => sql`${row.column('content')} ->> 'name'`,
      reason: column('refused'),
    },
  },
];

/** Those of the viewer's actor that were not removed, the first subscribed first. */
export function readCalendarSubscriptions(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.all(viewer, 'CalendarSubscription', selection, {
    where: (row) => sql`${row.column('removed_at')} is null`,
    orderBy: (row) => sql`${row.column('created_at')}, ${row.column('id')}`,
  });
}
