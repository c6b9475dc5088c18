import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { NotificationKind } from './notification-kind.ts';

/** Webhooks are listed whole, so there are never more of one actor. */
export const WEBHOOKS_PER_ACTOR = 10;

export interface WebhookRow {
  readonly id: string;
  readonly url: string;
}

/** The actor's own that are not revoked; nobody adds one before the transaction ends. */
export async function takeWebhooks({ em }: Work, actorId: string): Promise<WebhookRow[]> {
  const db = em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${actorId}`}, 0))`.execute(db);
  const { rows } =
    await sql<WebhookRow>`select id, url from webhook where actor_id = ${actorId} and revoked_at is null`.execute(db);
  return rows;
}

export async function insertWebhook(
  { em, now }: Work,
  row: WebhookRow & { readonly actorId: string; readonly kinds: readonly NotificationKind[]; readonly sealed: Buffer },
): Promise<void> {
  const db = em.getKysely();
  await sql`insert into webhook (id, actor_id, url, kinds, created_at)
    values (${row.id}, ${row.actorId}, ${row.url}, ${[...row.kinds]}::text[], ${now})`.execute(db);
  await sql`insert into webhook_secret (webhook_id, sealed) values (${row.id}, ${row.sealed})`.execute(db);
}

/** One that the viewer may see; whether it was revoked is told with it. */
export async function findWebhook({ em }: Work, id: string): Promise<{ readonly revoked: boolean } | null> {
  const { rows } = await sql<{
    revoked: boolean;
  }>`select revoked_at is not null as revoked from webhook where id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Ends a webhook, and forgets by what it was signed. */
export async function revokeWebhook({ em, now }: Work, id: string): Promise<void> {
  const db = em.getKysely();
  await sql`update webhook set revoked_at = ${now} where id = ${id}`.execute(db);
  await sql`delete from webhook_secret where webhook_id = ${id}`.execute(db);
}

/** Notes that a webhook is to be tried out; false when the one before has not been answered yet. */
export async function insertPing({ em, now }: Work, id: string, webhookId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into webhook_delivery (id, webhook_id, kind, subject_id, occurred_at)
    values (${id}, ${webhookId}, 'PING', ${webhookId}, ${now}) on conflict do nothing`.execute(em.getKysely());
  return numAffectedRows === 1n;
}
