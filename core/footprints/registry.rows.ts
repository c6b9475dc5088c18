import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { MatchingLevel, PlacePrecision, Visibility } from '../access/release.ts';

export type SubjectKind = 'programme' | 'campaign' | 'calendar_entry';

/** What the registry says of one record, with everything that its footprint is made of beside it. */
export interface RegistryRow {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly ownerId: string;
  readonly ownerKind: string;
  /** Vetted, not expired and not merged away: only then its records match. */
  readonly ownerVerified: boolean;
  /** Nearest first. */
  readonly ancestors: readonly string[];
  /** Withdrawn or cancelled, itself or what it is a part of. */
  readonly stopped: boolean;
  /** States nothing but days: then it dates its campaign and is not matched itself. */
  readonly onlyDays: boolean;
  readonly tentative: boolean;
  readonly committed: boolean;
  /** Partners of its programme and owners of its ancestors, in no order; the owner itself may be among them. */
  readonly partners: readonly string[];
  /** Whole days since 1970-01-01, both included. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly places: readonly string[];
  /** Those that it or the nearest of its ancestors states. */
  readonly statedCorridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly deters: readonly string[];
  readonly protects: readonly string[];
  /** What its messages state, or those of its campaign; in the order of digests. */
  readonly facts: readonly RegistryFact[];
  readonly matching: MatchingLevel;
  readonly placePrecision: PlacePrecision;
  /** Who may see the record itself. */
  readonly shown: Visibility;
  /** By what others may exclude its owner; in no order. */
  readonly ownerMarks: readonly string[];
  /** Whom it, or what it is a part of, excludes; in no order. */
  readonly excludes: readonly string[];
}

/** A fact of a message; what it is about and what holds are digests, for nobody needs to know more to compare them. */
export interface RegistryFact {
  readonly kind: string;
  readonly subject: string;
  readonly value: string;
  /** Whom its message names; none: the audiences of the campaign. */
  readonly audiences: readonly string[];
  /** Whole days since 1970-01-01, both included; null: open. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
}

/** Records by their ids, in the order in which the database has them: from one to before another; null: to the end. */
export interface IdRange {
  readonly from: string;
  readonly to: string | null;
}

export function isActorId(id: string): boolean {
  return id.startsWith('act_');
}

/** The ids of everything that depends on actors: what they own, and the programmes they are partners in. Ascending. */
export async function subjectsOf(em: EntityManager, actorIds: readonly string[]): Promise<string[]> {
  if (actorIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from programme where owner_id = any(${actorIds})
    union select id from campaign where owner_id = any(${actorIds})
    union select id from calendar_entry where owner_id = any(${actorIds})
    union select programme_id from programme_partner where actor_id = any(${actorIds})
    order by id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** The ids of the actors whose vetting has expired by `today` (whole days since 1970-01-01) and of whom something still matches. Ascending. */
export async function expiredOwners(em: EntityManager, today: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from actor where vetted_until < ${dateOf(today)}
      and exists (select from footprint where owner_id = actor.id and matches) order by id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/**
 * The ids of actors and programmes to which resources were committed until a day before `today` (whole days since 1970-01-01) and of
 * which something still counts as committed; also where other commitments make it so. Ascending.
 */
export async function overCommitments(em: EntityManager, today: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(c.programme_id, c.actor_id) as id from commitment c
    where c.ended_at is null and c.valid_to < ${dateOf(today)} and exists (select from footprint f where f.committed
      and case when c.programme_id is null then f.owner_id = c.actor_id
        else f.subject_id = c.programme_id or c.programme_id = any(f.ancestors) end)
    order by id`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** Ranges of about `size` records each that are the whole registry together, in order. */
export async function splitRegistry(em: EntityManager, size: number): Promise<IdRange[]> {
  const { rows } = await sql<{ from: string }>`
    select id as from from (
      select id, row_number() over (order by id) as number
      from (select id from programme union all select id from campaign union all select id from calendar_entry) as record
    ) as numbered where number % ${sql.lit(size)} = ${sql.lit(1 % size)} order by id`.execute(em.getKysely());
  return toRanges(rows.map(({ from }) => from));
}

/** Ranges that begin at these ids; the first begins before all. */
export function toRanges(starts: readonly string[]): IdRange[] {
  return starts.map((from, at) => ({ from: at === 0 ? '' : from, to: starts[at + 1] ?? null }));
}

/**
 * The records with these ids and everything below them, those of a range, or the whole registry, by id; in one statement, so that all are of one moment.
 * @param today whole days since 1970-01-01, by which a vetting may have expired
 */
export async function readRegistry(
  em: EntityManager,
  ids: readonly string[] | IdRange | 'all',
  today: number,
): Promise<RegistryRow[]> {
  const isAsked = (column: string): Sql => {
    if (ids === 'all') return sql`true`;
    if (!('from' in ids)) return sql`${sql.ref(column)} in (select id from asked)`;
    const limit = ids.to === null ? sql`` : sql`and ${sql.ref(column)} < ${ids.to}`;
    return sql`${sql.ref(column)} >= ${ids.from} ${limit}`;
  };
  const { rows } = await sql<RegistryRow>`
    with ${ids === 'all' || 'from' in ids ? sql`` : sql`asked as (${withThoseBelow(ids)}),`} record as (
      select p.id, 'programme' as kind, p.owner_id, p.id as programme_id, '{}'::text[] as ancestors, '{}'::text[] as above,
        p.withdrawn_at is not null as stopped, false as only_days, false as tentative, ${facets('p')}, ${released('p')},
        null as message_campaign_id, '{}'::text[] as message_audiences
      from programme p where ${isAsked('p.id')}
      union all
      select c.id, 'campaign', c.owner_id, c.programme_id, array_remove(array[c.programme_id], null), array_remove(array[p.owner_id], null),
        c.cancelled_at is not null or p.withdrawn_at is not null, false, false, ${facets('c')}, ${released('c')}, c.id, c.audiences
      from campaign c left join programme p on p.id = c.programme_id where ${isAsked('c.id')}
      union all
      select e.id, 'calendar_entry', e.owner_id, c.programme_id, array_remove(array[c.id, c.programme_id], null),
        array_remove(array[c.owner_id, p.owner_id], null),
        e.status = 'cancelled' or c.cancelled_at is not null or p.withdrawn_at is not null, e.stated - 'days' = '{}',
        e.status = 'tentative', ${facets('e')}, ${released('e')}, c.id, c.audiences
      from calendar_entry e join campaign c on c.id = e.campaign_id left join programme p on p.id = c.programme_id
      where ${isAsked('e.id')}
    )
    select record.id, record.kind, record.owner_id as "ownerId", actor.kind as "ownerKind",
      actor.vetting = 'verified' and actor.merged_into_id is null
        and coalesce(actor.vetted_until >= ${dateOf(today)}, true) as "ownerVerified",
      ancestors, stopped, only_days as "onlyDays", tentative,
      exists (select from commitment where ((actor_id = record.owner_id and commitment.programme_id is null)
        or commitment.programme_id = record.programme_id)
        and ended_at is null and coalesce(valid_to >= ${dateOf(today)}, true)) as committed,
      above || array(select actor_id from programme_partner where programme_partner.programme_id = record.programme_id) as partners,
      starts_on - date '1970-01-01' as "firstDay", ends_on - date '1970-01-01' as "lastDay",
      coalesce((select exact.places from exact_place exact where exact.subject_id = record.id), record.places) as places,
      matching, place_precision as "placePrecision", shown, app.marks_of(actor.id) as "ownerMarks",
      array(select distinct mark from exclusion where subject_id = any(record.id || ancestors)) as excludes,
      stated_corridors as "statedCorridors", audiences, themes, channels, languages,
      ${addressed('deter')} as deters, ${addressed('protect')} as protects, ${facts} as facts
    from record join actor on actor.id = record.owner_id order by record.id collate "C"`.execute(em.getKysely());
  return rows;
}

type Sql = RawBuilder<unknown>;

/** Each branch by an index of its own, which one condition with `or` could not use. */
const withThoseBelow = (ids: readonly string[]): Sql => sql`
  select unnest(${ids}::text[]) as id
  union select id from campaign where programme_id = any(${ids})
  union select id from calendar_entry where campaign_id = any(${ids})
  union select e.id from calendar_entry e join campaign c on c.id = e.campaign_id where c.programme_id = any(${ids})`;

/** The resolved facets of a record: what it does not state it has from its parent. */
const facets = (row: string): Sql =>
  sql.join(
    ['starts_on', 'ends_on', 'places', 'stated_corridors', 'audiences', 'themes', 'channels', 'languages'].map((name) =>
      sql.ref(`${row}.${name}`),
    ),
  );

const released = (row: string): Sql =>
  sql.join(['matching', 'place_precision', 'shown'].map((name) => sql.ref(`${row}.${name}`)));

/** Whom the messages of a stance address: the audiences they name, else those of their campaign. */
const addressed = (stance: string): Sql =>
  sql`array(select distinct unnest(case when message.audiences = '{}' then message_audiences else message.audiences end)
    from message where message.campaign_id = record.message_campaign_id and stance = ${sql.lit(stance)})`;

const digest = (column: string): Sql => sql`left(encode(sha256(convert_to(${sql.ref(column)}, 'UTF8')), 'hex'), 32)`;

/** What the messages state, each fact once. */
const facts = sql`coalesce((select jsonb_agg(distinct jsonb_build_object('kind', f.kind, 'subject', ${digest('f.subject_key')},
    'value', ${digest('f.value_key')}, 'firstDay', message.valid_from - date '1970-01-01', 'lastDay', message.valid_to - date '1970-01-01',
    'audiences', array(select unnest(case when message.audiences = '{}' then message_audiences else message.audiences end) order by 1)))
  from message_fact f join message on message.id = f.message_id where f.campaign_id = record.message_campaign_id), '[]')`;

const dateOf = (day: number): Sql => sql`(date '1970-01-01' + ${day}::int)`;
