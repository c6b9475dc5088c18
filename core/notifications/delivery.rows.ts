import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Notification } from './notification.rows.ts';

/** After so many deliveries in a row that failed for good, a webhook is called no more. */
const DISABLED_AFTER = 5;

/** Notes for each webhook that asked for it what there is to tell; returns the ids of the deliveries. */
export async function insertDeliveries(work: Work, notifications: readonly Notification[]): Promise<string[]> {
  const db = work.em.getKysely();
  const { rows } = await sql<{ webhookId: string; notificationId: string; kind: string; subjectId: string }>`
    select w.id as "webhookId", n.id as "notificationId", n.notice as kind, n."subjectId"
    from jsonb_to_recordset(${JSON.stringify(notifications)}::jsonb) as n (id text, recipient text, notice text, "subjectId" text)
    join webhook w on w.actor_id = n.recipient and n.notice = any(w.kinds) and w.revoked_at is null and w.disabled_at is null
    order by w.id, n.id`.execute(db);
  if (rows.length === 0) return [];
  const deliveries = rows.map((row) => ({ id: work.newId('whd'), ...row }));
  const inserted = await sql<{ id: string }>`
    insert into webhook_delivery (id, webhook_id, notification_id, kind, subject_id, occurred_at)
    select id, "webhookId", "notificationId", kind, "subjectId", ${work.now} from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb)
      as d (id text, "webhookId" text, "notificationId" text, kind text, "subjectId" text)
    on conflict do nothing returning id`.execute(db);
  return inserted.rows.map(({ id }) => id);
}

export interface StoredDelivery {
  readonly state: 'PENDING' | 'DELIVERED' | 'FAILED' | 'DROPPED';
  readonly attempts: number;
  readonly kind: string;
  readonly subjectId: string;
  readonly notificationId: string | null;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly webhookId: string;
  readonly url: string;
  /** Null: the webhook was revoked. */
  readonly sealed: Buffer | null;
  /** Whether it may still be told: its webhook is called, and its actor may still know of what it is about. */
  readonly due: boolean;
}

/** Reads a delivery and holds it; null when there is none. */
export async function takeDelivery({ em }: Work, id: string): Promise<StoredDelivery | null> {
  const { rows } = await sql<StoredDelivery>`
    select d.state, d.attempts, d.kind, d.subject_id as "subjectId", d.notification_id as "notificationId",
      to_json(d.occurred_at) #>> '{}' as "occurredAt", w.id as "webhookId", w.url, s.sealed,
      w.revoked_at is null and (d.kind = 'PING' or w.disabled_at is null and app.told_outside(d.subject_id, d.kind, w.actor_id) is not null)
        and exists (select from actor a where a.id = w.actor_id and a.vetting <> 'suspended' and a.merged_into_id is null) as due
    from webhook_delivery d join webhook w on w.id = d.webhook_id left join webhook_secret s on s.webhook_id = w.id
    where d.id = ${id} for update of d`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Ends a delivery of which nothing is told. */
export async function dropDelivery({ em }: Work, id: string): Promise<void> {
  await sql`update webhook_delivery set state = 'DROPPED' where id = ${id}`.execute(em.getKysely());
}

/** Counts an attempt before it is made. */
export async function countAttempt({ em, now }: Work, id: string): Promise<void> {
  await sql`update webhook_delivery set attempts = attempts + 1, last_attempt_at = ${now} where id = ${id}`.execute(
    em.getKysely(),
  );
}

/** Stores how an attempt ended, as a code. */
export async function endAttempt(
  { em }: Work,
  id: string,
  { state, result }: { readonly state: 'PENDING' | 'DELIVERED' | 'FAILED'; readonly result: string },
): Promise<void> {
  await sql`update webhook_delivery set state = ${state}, last_result = ${result} where id = ${id}`.execute(
    em.getKysely(),
  );
}

/** A webhook that answers is whole again; one that failed too often is called no more. */
export async function noteReached({ em, now }: Work, webhookId: string, reached: boolean): Promise<void> {
  await sql`update webhook set failures = case when ${reached} then 0 else failures + 1 end,
    disabled_at = case when ${reached} then null when failures + 1 >= ${DISABLED_AFTER} then coalesce(disabled_at, ${now}) else disabled_at end
    where id = ${webhookId}`.execute(em.getKysely());
}
