import { sql } from 'kysely';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { News } from './news.ts';

/** How many days before its end somebody is told. */
const BEFORE_END_DAYS = [30, 5] as const;
/** After so many days an entry that is still tentative should be confirmed or cancelled. */
const UNCONFIRMED_DAYS = 90;
/** How many days before a message, or somebody's vetting, ends somebody is told. */
const BEFORE_EXPIRY_DAYS = 30;

/** What the mere passing of days makes worth telling, as of the hub's day; telling it twice tells nothing new. */
export async function readNewsOfDay(work: Work): Promise<News[]> {
  const today = sql`${formatCalendarDate(epochDay(work.today))}::date`;
  const found = [
    ...BEFORE_END_DAYS.flatMap((days, index) => {
      const until = BEFORE_END_DAYS[index + 1] ?? -1;
      return [
        ending('programme', 'withdrawn_at', days, until, today),
        ending('campaign', 'cancelled_at', days, until, today),
      ];
    }),
    unconfirmed(work, today),
    sections(today),
    messages(today),
    vettings(today),
    unvetted(),
  ];
  const { rows } = await sql<News>`
    select recipient, notice, "subjectId", occasion from (${sql.join(found, sql` union all `)}) as news
    order by recipient nulls first, notice, "subjectId", occasion`.execute(work.em.getKysely());
  return rows;
}

type Finder = ReturnType<typeof sql>;

/** What ends within `days` and after `until` days, unless it was entered with that end when so many days were no longer left. */
const ending = (table: string, ended: string, days: number, until: number, today: Finder): Finder => sql`
  select owner_id as recipient, 'ENDS_SOON' as notice, id as "subjectId", ends_on || ':' || ${sql.lit(days)} as occasion
  from ${sql.table(table)} where ${sql.ref(ended)} is null
    and ends_on <= ${today} + ${sql.lit(days)} and ends_on > ${today} + ${sql.lit(until)}
    and (created_at at time zone 'utc')::date <= ends_on - ${sql.lit(days)}`;

const unconfirmed = (work: Work, today: Finder): Finder => sql`
  select owner_id, 'NOT_CONFIRMED', id, version::text from calendar_entry
  where status = 'tentative' and coalesce(ends_on, 'infinity') >= ${today}
    and updated_at <= ${work.now}::timestamptz - make_interval(days => ${UNCONFIRMED_DAYS})`;

const sections = (today: Finder): Finder => sql`
  select null, 'REVIEW_DUE', id, review_due_on::text from guidance_section
  where retired_at is null and review_due_on <= ${today}`;

/** A message that will no longer be valid while its campaign still speaks. */
const messages = (today: Finder): Finder => sql`
  select distinct c.owner_id, 'REVIEW_DUE', c.id, m.valid_to::text from message m join campaign c on c.id = m.campaign_id
  where c.cancelled_at is null and m.valid_to < coalesce(c.ends_on, 'infinity')
    and coalesce(c.ends_on, 'infinity') >= ${today} and m.valid_to <= ${today} + ${sql.lit(BEFORE_EXPIRY_DAYS)}`;

const vettings = (today: Finder): Finder => sql`
  select recipient, 'REVIEW_DUE', id, vetted_until::text from actor, lateral (values (id), (null)) as told (recipient)
  where vetting = 'verified' and merged_into_id is null and vetted_until <= ${today} + ${sql.lit(BEFORE_EXPIRY_DAYS)}`;

/** Who waits to be vetted, for coordinators. */
const unvetted = (): Finder => sql`
  select null, 'APPROVAL_NEEDED', id, '' from actor where vetting = 'pending' and merged_into_id is null`;
