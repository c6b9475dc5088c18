import { sql } from 'kysely';
import type { Work } from './unit-of-work.ts';

/** Records who did what to which record, in the transaction that does it. Append only. */
export async function record(work: Work, action: string, subjectId: string): Promise<void> {
  await sql`insert into audit (at, key_id, actor_id, action, subject_id)
    values (${work.now}, ${work.viewer.keyId}, ${work.viewer.actorId}, ${action}, ${subjectId})`.execute(
    work.em.getKysely(),
  );
}
