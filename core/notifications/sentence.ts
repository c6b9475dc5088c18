import { sql } from 'kysely';
import type { Row, Sql } from '../projection/view.ts';

/** A day as people write it, such as "28 March 2027"; to_char names months in English whatever the locale. */
const day = (date: Sql): Sql => sql`to_char(${date}, 'FMDD FMMonth YYYY')`;

/** The name of a record in quotation marks; what is restricted is not named, because every reading of it is noted elsewhere. */
const RECORDS = {
  prg_: { table: 'programme', called: 'programme' },
  cmp_: { table: 'campaign', called: 'campaign' },
  ent_: { table: 'calendar_entry', called: 'calendar entry' },
} as const;

/** One English sentence on what a notification is about, from what its reader may see at this moment. */
export function sentence(row: Row): Sql {
  const subject = row.column('subject_id');
  const records = Object.entries(RECORDS).map(
    ([prefix, { table, called }]) => sql`when ${sql.lit(prefix)} then (select ${ofRecord(row, called)}
      from ${sql.table(table)} as record where record.id = ${subject})`,
  );
  return sql`coalesce(case left(${subject}, 4)
    when 'ovl_' then (select case ${row.column('kind')} when 'CONTRADICTION' then 'Messages contradict each other. ' else 'A new overlap. ' end
      || o.explanation from overlap o where o.id = ${subject})
    when 'sug_' then (select case ${row.column('kind')}
        when 'SUGGESTION_REVEALED' then 'Others endorsed the same suggestion, and you are shown to each other: '
        else 'A new suggestion: ' end || s.title || '.' from suggestion s where s.id = ${subject})
    when 'gui_' then (select 'The section “' || g.title || '” of the guidance is due for review since ' || ${day(sql`g.review_due_on`)} || '.'
      from guidance_section g where g.id = ${subject})
    when 'act_' then (select case ${row.column('kind')}
        when 'APPROVAL_NEEDED' then '“' || a.name || '” waits to be vetted.'
        else 'The vetting of “' || a.name || '” ' || coalesce('ends on ' || ${day(sql`a.vetted_until`)}, 'has no end') || '.' end
      from actor a where a.id = ${subject})
    ${sql.join(records, sql` `)} end, 'There is something new.')`;
}

function ofRecord(row: Row, called: string): Sql {
  const known = sql`case when record.visibility = 'restricted' then ${sql.lit(`A restricted ${called} of yours`)}
    else ${sql.lit(`The ${called} “`)} || record.name || '”' end`;
  return sql`${known} || case ${row.column('kind')}
    when 'ENDS_SOON' then coalesce(' ends on ' || ${day(sql`record.ends_on`)}, ' has no planned end any more')
    when 'NOT_CONFIRMED' then ' is tentative and has not been confirmed for 90 days'
    when 'REVIEW_DUE' then ' has a message that is valid until ' || ${day(sql`left(${row.column('occasion')}, 10)::date`)} || ' only'
    when 'APPROVAL_NEEDED' then ' waits for your approval'
    when 'INVITATION' then ': you are invited to take part'
    else ' has news' end || '.'`;
}
