import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type OutboxEvent, outboxEventSchema } from './events.ts';
import { routedKinds } from './routes.ts';

/** The channel that wakes the relay; a trigger on the table notifies at commit. */
export const OUTBOX_CHANNEL = 'concord_outbox';

/**
 * Writes events into the caller's transaction, in order: they leave if and when it commits, and wake the relay then.
 * @throws ZodError when an event is not what its kind says: a bug of the caller, not of a user.
 */
export async function append(em: EntityManager, ...events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => {
    const { kind, ...payload } = outboxEventSchema.parse(event);
    return { kind, payload };
  });
  await sql`
    insert into outbox_event (kind, payload)
    select event ->> 'kind', event -> 'payload' from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as e(event, position)
    order by position
  `.execute(em.getKysely());
}

/** An event as stored: unread, because another release may have written it. */
export interface StoredEvent {
  /** A bigint in decimal; grows with the order of insertion, not of commit. */
  readonly id: string;
  readonly kind: string;
  readonly payload: object;
  /** W3C, of what wrote it; null where nothing traced. */
  readonly traceparent: string | null;
}

/** Up to `limit` pending events by id, locked until the caller's transaction ends; those another relay holds are passed over. */
export async function takePending(em: EntityManager, limit: number): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select id::text as id, kind, payload, traceparent from outbox_event
    where dispatched_at is null and refused is null and kind = any(${[...routedKinds]}::text[])
    order by outbox_event.id limit ${limit} for update skip locked
  `.execute(em.getKysely());
  return rows;
}

/** Records that these events were handed on. */
export async function markDispatched(em: EntityManager, ids: readonly string[]): Promise<void> {
  await sql`update outbox_event set dispatched_at = now() where id = any(${[...ids]}::bigint[])`.execute(
    em.getKysely(),
  );
}

/** Sets an event aside that cannot be read, with the reason; it is neither lost nor in the way. */
export async function refuse(em: EntityManager, id: string, reason: string): Promise<void> {
  await sql`update outbox_event set refused = ${reason} where id = ${id}::bigint`.execute(em.getKysely());
}

/** Deletes events handed on more than `hours` ago, at most `limit` a call so that no transaction gets long; returns how many. */
export async function forgetDispatched(em: EntityManager, hours: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from outbox_event where id in (
      select id from outbox_event where dispatched_at < now() - make_interval(hours => ${hours}) order by dispatched_at limit ${limit})
  `.execute(em.getKysely());
  return Number(numAffectedRows ?? 0n);
}

/** How many events wait to be handed on by a relay of this release, and the highest id ever seen ('0' when there is none). */
export async function backlog(em: EntityManager): Promise<{ pending: number; lastId: string }> {
  const { rows } = await sql<{ pending: number; lastId: string }>`
    select (select count(*)::int from outbox_event where dispatched_at is null and refused is null and kind = any(${[...routedKinds]}::text[])) as pending,
      (select coalesce(max(id), 0)::text from outbox_event) as "lastId"
  `.execute(em.getKysely());
  return rows[0] ?? { pending: 0, lastId: '0' };
}

/** For how long the event handed on next has waited, in milliseconds; 0 when none waits. */
export async function outboxLagMs(em: EntityManager): Promise<number> {
  const { rows } = await sql<{ lagMs: number }>`
    select (extract(epoch from clock_timestamp() - occurred_at) * 1000)::float8 as "lagMs" from outbox_event
    where dispatched_at is null and refused is null and kind = any(${[...routedKinds]}::text[])
    order by id limit 1
  `.execute(em.getKysely());
  return Math.max(0, rows[0]?.lagMs ?? 0);
}
