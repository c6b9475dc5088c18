import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { News } from './news.ts';
import { KEPT_PER_RECIPIENT } from './notification.rows.ts';

/** An overlap that was stored longer ago is not new, whatever changed of it since. */
const NEW_FOR_DAYS = 7;

/**
 * Up to where news were looked for, and from now on up to here: nobody else looks until the transaction ends. A snapshot, not
 * an instant, so that what commits late is not missed. Of a restored database, whose numbers began anew, it is the present.
 */
export async function advanceMark({ em }: Work): Promise<string> {
  const { rows } = await sql<{ seen: string }>`
    with held as materialized (select seen from notification_mark for update)
    update notification_mark m set seen = pg_current_snapshot() from held
    returning (case when pg_snapshot_xmax(held.seen) > pg_snapshot_xmax(pg_current_snapshot()) then pg_current_snapshot()
      else held.seen end)::text as seen`.execute(em.getKysely());
  const [mark] = rows;
  if (!mark) throw new Error('notification_mark holds no row');
  return mark.seen;
}

/** Everything that anybody should be told of what was committed since a snapshot, a recipient's most important first. */
export async function readNewsSince(work: Work, since: string): Promise<News[]> {
  const found = [overlaps(work, since), contradictions(since), suggestions(since), revelations(since)];
  const { rows } = await sql<News>`
    select recipient, notice, "subjectId", occasion from (
      select *, row_number() over (partition by recipient, notice order by weight desc, "subjectId") as place
      from (${sql.join(found, sql` union all `)}) as news) as ranked
    where place <= ${KEPT_PER_RECIPIENT} order by recipient nulls first, notice, place`.execute(work.em.getKysely());
  return rows;
}

type Finder = ReturnType<typeof sql>;

/** What app.changed_after says, written out: PostgreSQL looks into an index by it, not into a function. */
const changedSince = (column: string, since: string): Finder =>
  sql`${sql.ref(column)} >= pg_snapshot_xmin(${since}::pg_snapshot) and not pg_visible_in_snapshot(${sql.ref(column)}, ${since}::pg_snapshot)`;

/** Each owner of what its own records meet. */
const overlaps = (work: Work, since: string): Finder => sql`
  select a_owner_id as recipient, 'NEW_OVERLAP' as notice, id as "subjectId", '' as occasion, strength as weight from overlap
  where view = 'own' and ${changedSince('change_xid', since)}
    and found_at > ${work.now}::timestamptz - make_interval(days => ${NEW_FOR_DAYS})`;

/** Owners of their own, coordinators of those they see. */
const contradictions = (since: string): Finder => sql`
  select case view when 'own' then a_owner_id end, 'CONTRADICTION', id, '', strength from overlap
  where jsonb_typeof(contradiction) = 'object' and ${changedSince('change_xid', since)}`;

/** Those who have a seat, and coordinators, once a suggestion. */
const suggestions = (since: string): Finder => sql`
  select distinct seat.actor_id, 'NEW_SUGGESTION', s.id, '', s.score from suggestion s,
    lateral (select actor_id from suggestion_participant where suggestion_id = s.id union all select null) as seat
  where s.status = 'OPEN' and ${changedSince('s.change_xid', since)}`;

/** Those to whom somebody was revealed, each time that it is one more. */
const revelations = (since: string): Finder => sql`
  select to_actor_id, 'SUGGESTION_REVEALED', suggestion_id, 'v' || suggestion_version || ':' || count(*), 1 from revelation
  where ended_at is null group by to_actor_id, suggestion_id, suggestion_version
  having bool_or(${changedSince('change_xid', since)})`;
