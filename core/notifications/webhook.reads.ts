import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import { type FieldReader, type Row, type Sql, type View, column, constant, sameRow } from '../projection/view.ts';

/** What a caller can act on: whether it is called, and whether it answers. */
const state = (row: Row): Sql => sql`case when ${row.column('revoked_at')} is not null then 'REVOKED'
  when ${row.column('disabled_at')} is not null then 'DISABLED'
  when ${row.column('failures')} > 0 or exists (select from webhook_delivery d where d.webhook_id = ${row.column('id')}
    and d.state = 'PENDING' and d.last_result is not null) then 'FAILING'
  else 'ACTIVE' end`;

const lastDelivery: FieldReader = (row, selection, context) => {
  const delivery = context.row('webhook_delivery');
  return sql`(select ${context.object('WebhookDelivery', delivery, selection)} from webhook_delivery as ${sql.ref(delivery.alias)}
    where ${delivery.column('webhook_id')} = ${row.column('id')}
    order by ${delivery.column('occurred_at')} desc, ${delivery.column('id')} desc limit 1)`;
};

export const webhookViews: readonly View[] = [
  {
    type: 'Webhook',
    table: 'webhook',
    prefix: 'whk',
    fields: {
      id: column(),
      url: column(),
      kinds: column(),
      state,
      lastDelivery,
      createdAt: column(),
    },
  },
  // The secret is put in by the resolver that got it: it must not pass through a statement.
  { type: 'RegisteredWebhook', table: 'webhook', fields: { webhook: sameRow('Webhook'), secret: constant('') } },
  {
    type: 'WebhookDelivery',
    table: 'webhook_delivery',
    fields: {
      id: column(),
      kind: column(),
      state: column(),
      attempts: column(),
      lastResult: column(),
      lastAttemptAt: column(),
      occurredAt: column(),
    },
  },
];

/** Those of the viewer's actor that are not revoked, the first registered first. */
export function readWebhooks(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.all(viewer, 'Webhook', selection, {
    where: (row) => sql`${row.column('revoked_at')} is null`,
    orderBy: (row) => sql`${row.column('created_at')}, ${row.column('id')}`,
  });
}
