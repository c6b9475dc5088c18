import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';

/**
 * Keeps what a record depends on from changing until the transaction ends: the actors whose vetting decides what matches, the
 * programmes whose lists are inherited. Others may hold the same. Every change locks in one order, from the top down and by id
 * (actors, programmes, campaigns, entries), so that no two wait for each other; call this before locking the record itself.
 */
export async function holdAbove(
  work: Work,
  above: { readonly owners: readonly string[]; readonly programmes: readonly (string | null | undefined)[] },
): Promise<void> {
  const db = work.em.getKysely();
  const programmes = above.programmes.filter((id) => typeof id === 'string');
  await sql`select from actor where id = any(${[...above.owners]}) order by id for share`.execute(db);
  if (programmes.length === 0) return;
  await sql`select from programme where id = any(${programmes}) order by id for share`.execute(db);
}
