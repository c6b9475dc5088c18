import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { inChunks } from '../in-chunks.ts';
import type { News } from './news.ts';

/** How many notifications a recipient has at most, and how long each is kept. */
export const KEPT_PER_RECIPIENT = 500;

const WRITTEN_AT_ONCE = 1_000;

/** News with the id that follows from them. */
export interface Notification extends News {
  readonly id: string;
}

/** Stores those that are not stored yet, and returns them. */
export async function insertNotifications(work: Work, notifications: readonly Notification[]): Promise<Notification[]> {
  const written: Notification[] = [];
  for (const some of inChunks(notifications, WRITTEN_AT_ONCE)) {
    // Whoever is not, or no longer, in the registry has no inbox.
    const { rows } = await sql<Notification>`
      insert into notification (id, actor_id, kind, subject_id, occasion, created_at)
      select id, recipient, notice, "subjectId", occasion, ${work.now}
      from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as n
        (id text, recipient text, notice text, "subjectId" text, occasion text)
      where recipient is null or exists (select from actor a where a.id = recipient and a.merged_into_id is null)
      on conflict do nothing
      returning id, actor_id as recipient, kind as notice, subject_id as "subjectId", occasion`.execute(
      work.em.getKysely(),
    );
    written.push(...rows);
  }
  return written;
}

/** Forgets what is more than a recipient keeps, the oldest first. */
export async function forgetBeyond({ em }: Work, recipients: readonly (string | null)[]): Promise<void> {
  const surplus = (theirs: Sql): Sql =>
    sql`(select id from notification where ${theirs} order by created_at desc, id desc offset ${KEPT_PER_RECIPIENT})`;
  const actors = recipients.filter((recipient) => recipient !== null);
  // Apart, because no index is looked into by what may be null.
  const coordinators = recipients.includes(null) ? sql`union all ${surplus(sql`actor_id is null`)}` : sql``;
  await sql`delete from notification where id in (
    select surplus.id from unnest(${actors}::text[]) as recipient, lateral ${surplus(sql`actor_id = recipient`)} as surplus
    ${coordinators})`.execute(em.getKysely());
}

type Sql = RawBuilder<unknown>;
