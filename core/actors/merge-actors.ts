import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';

/** Gives everything that names one actor to another, in set-based statements; what both have is kept once. */
export async function moveEverything(work: Work, from: string, to: string): Promise<void> {
  const db = work.em.getKysely();
  await sql`insert into actor_identifier (actor_id, scheme, value)
    select ${to}, scheme, value from actor_identifier where actor_id = ${from} on conflict do nothing`.execute(db);
  await sql`delete from actor_identifier where actor_id = ${from}`.execute(db);
  await sql`update commitment set actor_id = ${to} where actor_id = ${from}`.execute(db);
  await sql`update actor set hosted_by_id = ${to} where hosted_by_id = ${from}`.execute(db);
  await sql`update api_key set actor_id = ${to} where actor_id = ${from}`.execute(db);
  await sql`update programme set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`update campaign set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`update calendar_entry set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`insert into programme_partner (programme_id, actor_id, role)
    select programme_id, ${to}, role from programme_partner where actor_id = ${from} on conflict do nothing`.execute(
    db,
  );
  await sql`delete from programme_partner where actor_id = ${from}`.execute(db);
}
