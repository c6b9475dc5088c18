import { sql } from 'kysely';
import type { Work } from './unit-of-work.ts';

/** Records who did what to which record, in the transaction that does it. Append only. */
export async function record(work: Work, action: string, subjectId: string): Promise<void> {
  await sql`insert into audit (at, key_id, actor_id, action, subject_id)
    values (${work.now}, ${work.viewer.keyId}, ${work.viewer.actorId}, ${action}, ${subjectId})`.execute(
    work.em.getKysely(),
  );
}

/** The same for several records at once, in one statement. */
export async function recordEach(work: Work, action: string, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  await sql`insert into audit (at, key_id, actor_id, action, subject_id)
    select ${work.now}, ${work.viewer.keyId}, ${work.viewer.actorId}, ${action}, id from unnest(${[...subjectIds]}::text[]) as id`.execute(
    work.em.getKysely(),
  );
}
