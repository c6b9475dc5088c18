import { sql } from 'kysely';
import type { CountryRole } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { MessageState } from './states.ts';

export interface NewMessage {
  readonly perspective: CountryRole;
  readonly language: string;
  readonly text: string;
  readonly source: string;
  /** The last day; null: no end is stated. */
  readonly validTo: string | null;
}

/** @returns the id of the new message */
export async function insertMessage(work: Work, jointId: string, partId: string, message: NewMessage): Promise<string> {
  const id = work.newId('jms');
  await sql`insert into joint_message (id, joint_id, part_id, perspective, language, text, source, valid_to, state, updated_at)
    values (${id}, ${jointId}, ${partId}, ${message.perspective}, ${message.language}, ${message.text}, ${message.source},
      ${message.validTo}, 'proposed', ${work.now})`.execute(work.em.getKysely());
  return id;
}

export interface StoredMessage {
  readonly partId: string;
  readonly state: MessageState;
  readonly validTo: string | null;
  readonly version: number;
}

export async function findMessage({ em }: Work, id: string): Promise<StoredMessage | null> {
  const { rows } = await sql<StoredMessage>`select part_id as "partId", state, valid_to::text as "validTo", version
    from joint_message where id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Writes what the author makes of it; a review of the former text no longer counts. `validTo` null clears it, undefined keeps it. */
export async function rewriteMessage(
  { em, now }: Work,
  id: string,
  change: {
    readonly state: MessageState;
    readonly text?: string | null | undefined;
    readonly source?: string | null | undefined;
    readonly validTo?: string | null | undefined;
  },
): Promise<void> {
  const { state, text, source, validTo } = change;
  await sql`update joint_message set state = ${state}, text = coalesce(${text ?? null}, text), source = coalesce(${source ?? null}, source),
      valid_to = ${validTo === undefined ? sql.ref('valid_to') : sql`${validTo}::date`},
      reviewed_by = null, reviewed_at = null, review_note = null, version = version + 1, updated_at = ${now}
    where id = ${id}`.execute(em.getKysely());
}

export async function reviewMessage(
  { em, now }: Work,
  id: string,
  review: { readonly state: MessageState; readonly by: string; readonly note: string | null },
): Promise<void> {
  await sql`update joint_message set state = ${review.state}, reviewed_by = ${review.by}, reviewed_at = ${now},
      review_note = ${review.note}, version = version + 1, updated_at = ${now}
    where id = ${id}`.execute(em.getKysely());
}
