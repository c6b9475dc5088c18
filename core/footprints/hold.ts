import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';

type Ids = readonly (string | null | undefined)[];

/**
 * Keeps what a record inherits from, programmes and campaigns, from changing until the transaction ends. Every change locks in one
 * order, from the top down and by id (programmes, campaigns, entries), so that no two wait for each other; call this before locking
 * the record itself. It locks what the viewer may not change, or not even see, and tells nothing of it.
 */
export async function holdAbove(
  work: Work,
  above: { readonly programmes?: Ids; readonly campaigns?: Ids },
): Promise<void> {
  const programmes = given(above.programmes);
  const campaigns = given(above.campaigns);
  if (programmes.length + campaigns.length === 0) return;
  await sql`select app.hold(${programmes}, ${campaigns})`.execute(work.em.getKysely());
}

const given = (ids: Ids = []): string[] => ids.filter((id) => typeof id === 'string');
