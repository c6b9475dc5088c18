import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { CoverageRecord, CoveringOwner } from './find-covering-owners.ts';
import type { PresentOwner } from './find-present-owners.ts';

/**
 * Notes that the presence of a week is being stored; false when that of this week or a later one is. Whoever else begins waits until
 * this transaction ends.
 * @param monday whole days since 1970-01-01
 */
export async function beginWeek(em: EntityManager, monday: number): Promise<boolean> {
  const { rows } = await sql`
    insert into presence_week (monday) values (${dateOf(monday)})
    on conflict (only_row) do update set monday = excluded.monday where presence_week.monday < excluded.monday
    returning monday`.execute(em.getKysely());
  return rows.length > 0;
}

/** All records that are dated and somewhere, in no order; in one statement, so that all are of one moment. */
export async function readPresenceRecords(em: EntityManager, today: number): Promise<CoverageRecord[]> {
  const { rows } = await sql<CoverageRecord>`
    with record as (
      select ${released('p')}, array[p.id] as line, p.withdrawn_at is not null as stopped, false as only_days
      from programme p
      union all
      select ${released('c')}, array[c.id, c.programme_id], c.cancelled_at is not null or p.withdrawn_at is not null, false
      from campaign c left join programme p on p.id = c.programme_id
      union all
      select ${released('e')}, array[e.id, c.id, c.programme_id],
        e.status = 'cancelled' or c.cancelled_at is not null or p.withdrawn_at is not null, e.stated - 'days' = '{}'
      from calendar_entry e join campaign c on c.id = e.campaign_id left join programme p on p.id = c.programme_id
    )
    select owner_id as "ownerId", owner_listed_until >= ${dateOf(today)} as "ownerListed", stopped, only_days as "onlyDays",
      exists (select from exclusion where subject_id = any(line)) as excludes, matching, shown,
      corridors, stated_corridors <> '{}' as "statesCorridors", countries, audiences, themes, channels, languages,
      starts_on - date '1970-01-01' as "firstDay", ends_on - date '1970-01-01' as "lastDay"
    from record where starts_on is not null and (corridors <> '{}' or countries <> '{}')`.execute(em.getKysely());
  return rows;
}

/** Puts these in the place of those stored. */
export async function writePresentOwners(em: EntityManager, owners: readonly PresentOwner[]): Promise<void> {
  await sql`delete from presence_owner`.execute(em.getKysely());
  await sql`
    insert into presence_owner (corridor, quarter_start, owner_id, hidden)
    select corridor, date '1970-01-01' + "quarterStart", "ownerId", hidden
    from jsonb_to_recordset(${JSON.stringify(owners)}::jsonb)
      as given (corridor text, "quarterStart" int, "ownerId" text, hidden boolean)`.execute(em.getKysely());
}

/** Puts these in the place of those stored. */
export async function writeCoveringOwners(em: EntityManager, owners: readonly CoveringOwner[]): Promise<void> {
  await sql`delete from coverage_owner`.execute(em.getKysely());
  await sql`
    insert into coverage_owner (area, facet, code, quarter_start, owner_id)
    select area, facet, code, date '1970-01-01' + "quarterStart", "ownerId"
    from jsonb_to_recordset(${JSON.stringify(owners)}::jsonb)
      as given (area text, facet text, code text, "quarterStart" int, "ownerId" text)`.execute(em.getKysely());
}

type Sql = RawBuilder<unknown>;

/** What others may know of a record, its corridors included, is in its row. */
const released = (row: string): Sql =>
  sql.join(
    [
      'owner_id',
      'owner_listed_until',
      'matching',
      'shown',
      'corridors',
      'stated_corridors',
      'countries',
      'audiences',
      'themes',
      'channels',
      'languages',
      'starts_on',
      'ends_on',
    ].map((name) => sql.ref(`${row}.${name}`)),
  );

const dateOf = (day: number): Sql => sql`(date '1970-01-01' + ${day}::int)`;
