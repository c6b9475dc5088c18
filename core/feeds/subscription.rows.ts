import { sql } from 'kysely';
import type { FetchOutcome, Validators } from '../../platform/fetch-outside.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { EventContent } from './event-content.ts';

export interface StoredSubscription {
  readonly id: string;
  readonly campaignId: string;
  readonly paused: boolean;
  readonly removed: boolean;
}

/** How many subscriptions an actor has. Nobody adds one for it before the transaction ends. */
export async function countSubscriptions({ em }: Work, actorId: string): Promise<number> {
  const db = em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar subscriptions of ${actorId}`}, 0))`.execute(db);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from calendar_subscription
    where actor_id = ${actorId} and removed_at is null`.execute(db);
  return rows[0]?.count ?? 0;
}

/** False when the campaign takes that calendar already. */
export async function insertSubscription(
  { em, viewer, now }: Work,
  row: { readonly id: string; readonly actorId: string; readonly campaignId: string; readonly url: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into calendar_subscription (id, actor_id, campaign_id, url, subscribed_by, role, created_at, next_at)
    values (${row.id}, ${row.actorId}, ${row.campaignId}, ${row.url}, ${viewer.keyId}, ${viewer.role}, ${now}, ${now})
    on conflict do nothing`.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** One that the viewer may see, held until the transaction ends. */
export async function takeSubscription({ em }: Work, id: string): Promise<StoredSubscription | null> {
  const { rows } =
    await sql<StoredSubscription>`select id, campaign_id as "campaignId", paused_at is not null as paused,
    removed_at is not null as removed from calendar_subscription where id = ${id} for no key update`.execute(
      em.getKysely(),
    );
  return rows[0] ?? null;
}

export async function pauseSubscription({ em, now }: Work, id: string): Promise<void> {
  await sql`update calendar_subscription set paused_at = ${now} where id = ${id}`.execute(em.getKysely());
}

/** Goes on at once, in the name of whoever resumes it. */
export async function resumeSubscription({ em, now, viewer }: Work, id: string): Promise<void> {
  await sql`update calendar_subscription set paused_at = null, stopped_at = null, next_at = ${now}, subscribed_by = ${viewer.keyId},
    role = ${viewer.role} where id = ${id}`.execute(em.getKysely());
}

export async function removeSubscription({ em, now }: Work, id: string): Promise<void> {
  await sql`update calendar_subscription set removed_at = ${now} where id = ${id}`.execute(em.getKysely());
}

/** What to fetch, and what is known of it. */
export interface DueSubscription extends Validators {
  readonly id: string;
  readonly url: string;
}

/** Up to `limit` that are due, or the one named if it is; no other worker takes them for the minutes of the lease. */
export async function claimDue(
  { em, now }: Work,
  { only, limit, leaseS }: { readonly only: string | null; readonly limit: number; readonly leaseS: number },
): Promise<DueSubscription[]> {
  const { rows } = await sql<DueSubscription>`
    update calendar_subscription s set next_at = ${now}::timestamptz + make_interval(secs => ${leaseS})
    where s.id in (select id from calendar_subscription where next_at <= ${now} and removed_at is null and paused_at is null and stopped_at is null
      and (${only}::text is null or id = ${only}) order by next_at, id limit ${limit} for no key update skip locked)
    returning s.id, s.url, s.etag, s.last_modified as "lastModified"`.execute(em.getKysely());
  return rows;
}

/** Why a look at a calendar failed, as a code. */
export function failureOf(outcome: FetchOutcome): string | null {
  switch (outcome.kind) {
    case 'fetched':
    case 'not-modified':
      return null;
    case 'answered':
      return `http-${String(outcome.status)}`;
    case 'failed':
      return outcome.reason;
  }
}

/** Notes that a calendar was seen, changed or not, and when it is looked at next. */
export async function noteSeen(
  { em, now }: Work,
  id: string,
  { validators, nextS }: { readonly validators: Validators | null; readonly nextS: number },
): Promise<void> {
  const db = em.getKysely();
  await sql`update calendar_subscription set last_fetched_at = ${now}, last_error = null, failures = 0,
    next_at = ${now}::timestamptz + make_interval(secs => ${nextS}) where id = ${id}`.execute(db);
  if (validators === null) return;
  const { etag, lastModified } = validators;
  await sql`update calendar_subscription set etag = ${etag && etag.length <= 500 ? etag : null},
    last_modified = ${lastModified && lastModified.length <= 100 ? lastModified : null} where id = ${id}`.execute(db);
}

/** Notes that a calendar could not be seen. The pause doubles with each failure in a row. */
export async function noteFailed(
  { em, now }: Work,
  id: string,
  {
    code,
    firstS,
    longestS,
    atLeastS,
  }: { readonly code: string; readonly firstS: number; readonly longestS: number; readonly atLeastS: number },
): Promise<void> {
  await sql`update calendar_subscription set last_error = ${code}, failures = failures + 1,
    next_at = ${now}::timestamptz + make_interval(secs =>
      least(${longestS}::float8, greatest(${atLeastS}::float8, ${firstS}::float8 * 2 ^ least(failures, 20))))
    where id = ${id}`.execute(em.getKysely());
}

/** One event of a calendar, as it was seen. */
export interface SeenEvent {
  readonly key: string;
  readonly sequence: number;
  readonly content: EventContent;
}

/**
 * Keeps what a calendar says now, and marks what is different from what was kept. An older version of an event than the one kept
 * says nothing. With `whole`, what it does not name any more is gone.
 * @returns whether anything waits to be told to the registry
 */
export async function storeEvents(
  { em }: Work,
  id: string,
  { events, whole }: { readonly events: readonly SeenEvent[]; readonly whole: boolean },
): Promise<boolean> {
  const db = em.getKysely();
  await sql`insert into calendar_subscription_item (subscription_id, key, sequence, content)
    select ${id}, key, sequence, content
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as seen (key text, sequence int, content jsonb)
    on conflict (subscription_id, key) do update
    set sequence = excluded.sequence, content = excluded.content, gone = false, pending = true
    where (calendar_subscription_item.content is distinct from excluded.content or calendar_subscription_item.gone)
      and excluded.sequence >= calendar_subscription_item.sequence`.execute(db);
  if (whole)
    await sql`update calendar_subscription_item set gone = true, pending = true
      where subscription_id = ${id} and not gone and key <> all(${events.map(({ key }) => key)}::text[])`.execute(db);
  const { rows } =
    await sql`select from calendar_subscription_item where subscription_id = ${id} and pending limit 1`.execute(db);
  return rows.length > 0;
}

/** What the registry is to be told of one event. */
export interface PendingItem {
  readonly key: string;
  readonly content: EventContent;
  readonly gone: boolean;
  readonly applied: EventContent | null;
  readonly entryId: string | null;
}

/** The next events of a subscription that wait; with it, they are held until the transaction ends. Null: another holds it, or it ended. */
export async function takePending(
  { em }: Work,
  id: string,
  limit: number,
): Promise<{ readonly campaignId: string; readonly items: readonly PendingItem[] } | null> {
  const db = em.getKysely();
  const { rows: held } = await sql<{ campaignId: string }>`select campaign_id as "campaignId" from calendar_subscription
    where id = ${id} and removed_at is null and paused_at is null for no key update skip locked`.execute(db);
  const [subscription] = held;
  if (!subscription) return null;
  const { rows: items } =
    await sql<PendingItem>`select key, content, gone, applied, entry_id as "entryId" from calendar_subscription_item
    where subscription_id = ${id} and pending order by key limit ${limit} for no key update`.execute(db);
  return { ...subscription, items };
}

/** Keeps what became of an event. */
export async function settleItem(
  { em }: Work,
  id: string,
  item: {
    readonly key: string;
    readonly applied: EventContent | null;
    readonly entryId: string | null;
    readonly refused: string | null;
  },
): Promise<void> {
  await sql`update calendar_subscription_item set pending = false, applied = ${item.applied && JSON.stringify(item.applied)}::jsonb,
    entry_id = ${item.entryId}, refused = ${item.refused?.slice(0, 1_000) ?? null}
    where subscription_id = ${id} and key = ${item.key}`.execute(em.getKysely());
}
