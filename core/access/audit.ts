import { sql } from 'kysely';
import type { Work } from './unit-of-work.ts';

/** What exactly happened, in ids, codes and counts. The database refuses text that people wrote. */
export type AuditDetail = Readonly<Record<string, string | number | boolean>>;

/** Records who did what to which record, in the transaction that does it. Append only. */
export function record(work: Work, action: string, subjectId: string, detail: AuditDetail = {}): Promise<void> {
  return recordEach(work, action, [subjectId], detail);
}

/** The same for several records at once, in one statement. */
export async function recordEach(
  work: Work,
  action: string,
  subjectIds: readonly string[],
  detail: AuditDetail = {},
): Promise<void> {
  if (subjectIds.length === 0) return;
  await sql`insert into audit (at, key_id, actor_id, action, subject_id, detail)
    select ${work.now}, ${work.viewer.keyId}, ${work.viewer.actorId}, ${action}, id, ${JSON.stringify(detail)}::jsonb
    from unnest(${[...subjectIds]}::text[]) as id`.execute(work.em.getKysely());
}
