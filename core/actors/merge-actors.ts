import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';

/**
 * Why the records of two actors cannot become those of one, as a sentence, or null: an identifier is unique among the programmes,
 * campaigns or entries of an owner, and which of two to keep is for a person to say.
 */
export async function findClash(work: Work, from: string, to: string): Promise<string | null> {
  const clashes = ['programme', 'campaign', 'calendar_entry'].map(
    (table) => sql`select a.id as one, b.id as other, external_scheme as scheme, external_id as value
      from ${sql.table(table)} a join ${sql.table(table)} b using (external_scheme, external_id)
      where a.owner_id = ${from} and b.owner_id = ${to}`,
  );
  const db = work.em.getKysely();
  const { rows } = await sql<{ one: string; other: string; scheme: string; value: string }>`
    select * from (${sql.join(clashes, sql` union all `)}) as clash order by one limit 1`.execute(db);
  const [clash] = rows;
  if (!clash) {
    const hidden = await sql<{ clash: boolean }>`select app.identifiers_clash(${from}, ${to}) as clash`.execute(db);
    return hidden.rows[0]?.clash === true
      ? 'Two of their records have the same identifier, and you may not see both: ask their editors to change one of them first.'
      : null;
  }
  return `${clash.one} and ${clash.other} have the same identifier ${clash.scheme} ${clash.value}: change one of them first.`;
}

/** Gives everything that names one actor to another, in set-based statements; what both have is kept once. */
export async function moveEverything(work: Work, from: string, to: string): Promise<void> {
  const db = work.em.getKysely();
  await sql`insert into actor_identifier (actor_id, scheme, value)
    select ${to}, scheme, value from actor_identifier where actor_id = ${from} on conflict do nothing`.execute(db);
  await sql`delete from actor_identifier where actor_id = ${from}`.execute(db);
  await sql`update commitment set actor_id = ${to} where actor_id = ${from}`.execute(db);
  await sql`update actor set hosted_by_id = ${to} where hosted_by_id = ${from}`.execute(db);
  await sql`update insight set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`update api_key set actor_id = ${to} where actor_id = ${from}`.execute(db);
  // Who is in both already stays in the survivor as what they are there.
  await sql`update membership m set revoked_at = ${work.now} where actor_id = ${from} and revoked_at is null and exists (
    select from membership other where other.user_id = m.user_id and other.actor_id = ${to} and other.revoked_at is null)`.execute(
    db,
  );
  await sql`update membership set actor_id = ${to} where actor_id = ${from}`.execute(db);
  await sql`select app.move_records(${from}, ${to})`.execute(db);
  await sql`select app.move_practices(${from}, ${to})`.execute(db);
  await sql`select app.move_contacts(${from}, ${to})`.execute(db);
  await sql`select app.move_observances(${from}, ${to})`.execute(db);
  await sql`select app.move_tellings(${from}, ${to})`.execute(db);
  await sql`select app.move_imports(${from}, ${to})`.execute(db);
  await sql`select app.move_joint_parts(${from}, ${to})`.execute(db);
  await sql`insert into programme_partner (programme_id, actor_id, role)
    select programme_id, ${to}, role from programme_partner where actor_id = ${from} on conflict do nothing`.execute(
    db,
  );
  await sql`delete from programme_partner where actor_id = ${from}`.execute(db);
}
