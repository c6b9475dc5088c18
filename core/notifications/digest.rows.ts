import { sql } from 'kysely';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { DigestItem } from './compose-digest.ts';
import { KEPT_PER_RECIPIENT } from './notification.rows.ts';

/** After so many mails in a row that were refused, a recipient gets none any more. */
const REFUSALS = 3;

export interface DigestPlan {
  readonly actorId: string;
  readonly contactId: string;
}

/** To whom a digest is due on the hub's day and not planned yet. */
export async function findDue({ em, today }: Work): Promise<DigestPlan[]> {
  const day = formatCalendarDate(epochDay(today));
  const { rows } = await sql<DigestPlan>`
    select r.actor_id as "actorId", r.contact_id as "contactId"
    from notification_preference p join digest_recipient r on r.actor_id = p.actor_id
    where r.stopped_at is null and (p.digest = 'DAILY' or p.digest = 'WEEKLY' and p.weekday = extract(isodow from ${day}::date))
      and not exists (select from digest d where d.actor_id = r.actor_id and d.contact_id = r.contact_id and d.period >= ${day}::date)
    order by 1, 2`.execute(em.getKysely());
  return rows;
}

/** Plans a mail; it tells of what is new since the one before, at most of the period of the digest. False: it is planned already. */
export async function insertDigest(
  { em, now, today }: Work,
  id: string,
  { actorId, contactId }: DigestPlan,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into digest (id, actor_id, contact_id, period, since, created_at, state)
    select ${id}, ${actorId}, ${contactId}, ${formatCalendarDate(epochDay(today))}::date,
      greatest(${now}::timestamptz - make_interval(days => case p.digest when 'DAILY' then 2 else 8 end),
        (select max(d.created_at) from digest d where d.actor_id = p.actor_id and d.contact_id = ${contactId} and d.state in ('SENT', 'EMPTY', 'UNKNOWN'))),
      ${now}, 'PLANNED'
    from notification_preference p where p.actor_id = ${actorId} on conflict do nothing`.execute(em.getKysely());
  return numAffectedRows === 1n;
}

export type DigestState = 'PLANNED' | 'SENDING' | 'SENT' | 'EMPTY' | 'DROPPED' | 'REFUSED' | 'FAILED' | 'UNKNOWN';

export interface StoredDigest extends DigestPlan {
  readonly state: DigestState;
  readonly attempts: number;
}

/** Reads a digest and holds it; null when there is none. */
export async function takeDigest({ em }: Work, id: string): Promise<StoredDigest | null> {
  const { rows } = await sql<StoredDigest>`
    select actor_id as "actorId", contact_id as "contactId", state, attempts from digest where id = ${id} for update`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}

/** Moves a digest on; `code` is what the mail server said. */
export async function moveDigest(
  { em, now }: Work,
  id: string,
  { state, code = null }: { readonly state: DigestState; readonly code?: string | null },
): Promise<void> {
  const begins = state === 'SENDING';
  const ended = state === 'PLANNED' || begins ? null : now;
  await sql`update digest set state = ${state}, code = coalesce(${code}, code), ended_at = ${ended},
    attempts = attempts + ${begins ? 1 : 0} where id = ${id}`.execute(em.getKysely());
}

/** Counts what a mail server said of an address; after some refusals in a row nothing is sent there any more. */
export async function noteReach(
  { em, now }: Work,
  { actorId, contactId }: DigestPlan,
  reached: boolean,
): Promise<void> {
  await sql`update digest_recipient set refusals = case when ${reached} then 0 else refusals + 1 end,
      stopped_at = case when not ${reached} and refusals + 1 >= ${REFUSALS} then coalesce(stopped_at, ${now}) else stopped_at end,
      stopped_by = case when not ${reached} and refusals + 1 >= ${REFUSALS} then coalesce(stopped_by, 'REFUSALS') else stopped_by end
    where actor_id = ${actorId} and contact_id = ${contactId}`.execute(em.getKysely());
}

/** The sealed contact of a recipient; null when it was erased, taken out or asked for no more. */
export async function readRecipient(
  { em }: Work,
  { actorId, contactId }: DigestPlan,
): Promise<{ readonly sealed: Buffer; readonly wrappedKey: Buffer } | null> {
  const { rows } = await sql<{ sealed: Buffer; wrappedKey: Buffer }>`
    select sealed, wrapped as "wrappedKey" from app.digest_contact(${actorId}, ${contactId})`.execute(em.getKysely());
  return rows[0] ?? null;
}

/**
 * What a digest tells of, the latest first. A mail lies about: of what is shown to partners alone only that there is something is
 * told, of what is restricted, and of who endorsed what, nothing at all.
 */
export async function readItems({ em }: Work, id: string): Promise<DigestItem[]> {
  const { rows } = await sql<DigestItem>`
    select n.kind, n.subject_id as "subjectId", case when o.shown in ('public', 'members') then ${TEXT} end as text
    from digest d
    join notification_preference p on p.actor_id = d.actor_id
    join notification n on n.actor_id = d.actor_id and n.kind = any(p.kinds) and n.kind <> 'SUGGESTION_REVEALED'
      and n.created_at > d.since and n.created_at <= d.created_at,
    lateral (select app.told_outside(n.subject_id, n.kind, n.actor_id) as shown) as o
    where d.id = ${id} and o.shown is not null
    order by n.created_at desc, n.kind, n.id limit ${KEPT_PER_RECIPIENT}`.execute(em.getKysely());
  return rows;
}

const NAME_OF = (record: ReturnType<typeof sql>) => sql`(select '“' || name || '”' from (
  select name from programme where id = ${record} union all select name from campaign where id = ${record}
  union all select name from calendar_entry where id = ${record}) as own)`;

/** No name of another actor, and of an overlap only which record of one's own it is of. */
const TEXT = sql`case left(n.subject_id, 4)
  when 'ovl_' then (select case n.kind when 'CONTRADICTION' then 'Messages contradict those of ' else 'A new overlap with ' end
    || ${NAME_OF(sql`ov.a_id`)} from overlap ov where ov.id = n.subject_id)
  when 'sug_' then (select 'A new suggestion: ' || s.title from suggestion s where s.id = n.subject_id)
  when 'act_' then 'The vetting of your organisation ends soon'
  else case n.kind when 'ENDS_SOON' then 'Ends soon: ' when 'NOT_CONFIRMED' then 'Not confirmed for 90 days: '
    when 'REVIEW_DUE' then 'A message is soon no longer valid: ' when 'INVITATION' then 'An invitation: '
    when 'APPROVAL_NEEDED' then 'To be approved: ' else '' end || ${NAME_OF(sql`n.subject_id`)} end`;
