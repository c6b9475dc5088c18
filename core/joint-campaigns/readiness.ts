import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Row, Sql } from '../projection/view.ts';

export type MissingCode = 'NOT_ACCEPTED' | 'DATES_NOT_CONFIRMED' | 'MESSAGES_NOT_APPROVED' | 'TASKS_OPEN';

/** What helps, in English, by what is missing. */
export const REMEDIES: Readonly<Record<MissingCode, string>> = {
  NOT_ACCEPTED: 'Its owner accepts the invitation; or the lead no longer requires this part.',
  DATES_NOT_CONFIRMED: 'Its owner confirms the present window, in a campaign of its own.',
  MESSAGES_NOT_APPROVED:
    'Propose messages for its perspective in these languages, and let another member approve them.',
  TASKS_OPEN: 'Its owner does these tasks, or drops them.',
};

/** The language code for "any": what a part needs that states none. */
const ANY = 'und';

/**
 * What a part lacks before the joint campaign can become active, as a JSON list of { code, values }, under the rights of whoever
 * asks: a part whose owner it may not know has not accepted. Nobody is kept waiting by what is due only later.
 * @param part a row of seen_joint_part
 * @param today the day on which messages must be valid
 */
export function missingIn(part: Row, today: Sql): Sql {
  const accepted = sql`coalesce(${part.column('state')}, 'invited') = 'accepted'`;
  const approved = sql`select from joint_message m where m.joint_id = ${part.column('joint_id')} and m.state = 'approved'
    and (m.valid_to is null or m.valid_to >= ${today}) and (${part.column('role')} is null or m.perspective = ${part.column('role')})
    and (spoken = ${ANY} or split_part(m.language, '-', 1) = split_part(spoken, '-', 1))`;
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('code', code, 'values', to_jsonb("values")) order by place), '[]') from (
    select 1 as place, 'NOT_ACCEPTED' as code, array[]::text[] as "values" where not ${accepted}
    union all
    select 2, 'DATES_NOT_CONFIRMED', array[]::text[] where ${accepted} and not ${hasConfirmed(part)}
    union all
    select 3, 'MESSAGES_NOT_APPROVED', array_agg(spoken order by spoken)
      from unnest(case when ${part.column('languages')} = '{}' then array[${ANY}] else ${part.column('languages')} end) as spoken
      where ${accepted} and not exists (${approved}) having count(*) > 0
    union all
    select 4, 'TASKS_OPEN', array_agg(t.id order by t.id) from joint_task t
      where ${accepted} and t.part_id = ${part.column('id')} and t.required and t.state = 'open' having count(*) > 0
  ) as missing)`;
}

/** Did the owner of a part confirm the window as it is now? */
export const hasConfirmed = (part: Row): Sql => sql`coalesce(${part.column('confirmed_window')} =
  (select window_version from joint_campaign where joint_campaign.id = ${part.column('joint_id')}), false)`;

export interface Unready {
  readonly country: string;
  readonly codes: readonly MissingCode[];
}

/** The required parts that are not ready, in their order, with what they lack. */
export async function findUnready({ em, now }: Work, jointId: string): Promise<Unready[]> {
  const today = sql`(${now}::timestamptz at time zone 'utc')::date`;
  const part: Row = { alias: 'part', column: (name) => sql.ref(`part.${name}`) };
  const { rows } = await sql<Unready>`
    select country, array(select jsonb_array_elements(lacks) ->> 'code') as codes
    from (select country, position, ${missingIn(part, today)} as lacks from seen_joint_part part
      where joint_id = ${jointId} and required) as required
    where lacks <> '[]' order by position`.execute(em.getKysely());
  return rows;
}
