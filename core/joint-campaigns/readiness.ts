import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Sql } from '../projection/view.ts';

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
 * @param part a row of joint_part
 * @param today the day on which messages must be valid
 */
export function missingIn(part: { readonly id: Sql; readonly jointId: Sql; readonly role: Sql }, today: Sql): Sql {
  const accepted = sql`(select * from joint_party party where party.part_id = ${part.id} and party.state = 'accepted')`;
  const approved = sql`select from joint_message m where m.joint_id = ${part.jointId} and m.state = 'approved'
    and (m.valid_to is null or m.valid_to >= ${today}) and (${part.role} is null or m.perspective = ${part.role})
    and (spoken = ${ANY} or split_part(m.language, '-', 1) = split_part(spoken, '-', 1))`;
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('code', code, 'values', to_jsonb("values")) order by place), '[]') from (
    select 1 as place, 'NOT_ACCEPTED' as code, array[]::text[] as "values" where not exists ${accepted}
    union all
    select 2, 'DATES_NOT_CONFIRMED', array[]::text[] from ${accepted} as own where confirmed_window is distinct from
      (select window_version from joint_campaign where joint_campaign.id = ${part.jointId})
    union all
    select 3, 'MESSAGES_NOT_APPROVED', array_agg(spoken order by spoken) from ${accepted} as own,
      unnest(case when languages = '{}' then array[${ANY}] else languages end) as spoken
      where not exists (${approved}) having count(*) > 0
    union all
    select 4, 'TASKS_OPEN', array_agg(t.id order by t.id) from joint_task t
      where t.part_id = ${part.id} and t.required and t.state = 'open' and exists ${accepted} having count(*) > 0
  ) as missing)`;
}

export interface Unready {
  readonly country: string;
  readonly codes: readonly MissingCode[];
}

/** The required parts that are not ready, in their order, with what they lack. */
export async function findUnready({ em, now }: Work, jointId: string): Promise<Unready[]> {
  const today = sql`(${now}::timestamptz at time zone 'utc')::date`;
  const part = { id: sql.ref('part.id'), jointId: sql.ref('part.joint_id'), role: sql.ref('part.role') };
  const { rows } = await sql<Unready>`
    select country, array(select jsonb_array_elements(lacks) ->> 'code') as codes
    from (select country, position, ${missingIn(part, today)} as lacks from joint_part part
      where joint_id = ${jointId} and required) as required
    where lacks <> '[]' order by position`.execute(em.getKysely());
  return rows;
}
