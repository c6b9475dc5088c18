import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { SealedContact } from './contact-vault.ts';

export interface ContactRow extends SealedContact {
  readonly id: string;
  readonly subjectId: string;
  readonly ownerId: string;
  readonly version: number;
  readonly shared: boolean;
  readonly updatedAt: string;
}

/** Contacts are listed whole, so there are never more of one subject. */
export const CONTACTS_PER_SUBJECT = 50;

const columns = sql`id, subject_id as "subjectId", owner_id as "ownerId", version, shared,
  to_json(updated_at) #>> '{}' as "updatedAt", sealed, wrapped as "wrappedKey"`;

/** One that the viewer may see; null when there is none or it was erased. */
export async function findContact({ em }: Work, id: string): Promise<ContactRow | null> {
  const { rows } = await sql<ContactRow>`select ${columns} from contact join contact_key on contact_id = id
    where id = ${id} and erased_at is null`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Those of a subject that the viewer may see, the first entered first. */
export async function findContacts({ em }: Work, subjectId: string): Promise<readonly ContactRow[]> {
  const { rows } = await sql<ContactRow>`select ${columns} from contact join contact_key on contact_id = id
    where subject_id = ${subjectId} and erased_at is null order by created_at, id limit ${CONTACTS_PER_SUBJECT}`.execute(
    em.getKysely(),
  );
  return rows;
}

/** Whose an actor or a programme is that the viewer may see; null when there is none. */
export async function ownerOf({ em }: Work, subjectId: string): Promise<string | null> {
  const { rows } = await sql<{ owner: string }>`
    select id as owner from actor where id = ${subjectId} and merged_into_id is null
    union all select owner_id from programme where id = ${subjectId}`.execute(em.getKysely());
  return rows[0]?.owner ?? null;
}

/** How many contacts a subject has; nobody else adds one before the transaction ends. */
export async function countContacts({ em }: Work, subjectId: string): Promise<number> {
  const db = em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts of ${subjectId}`}, 0))`.execute(db);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from contact where subject_id = ${subjectId} and erased_at is null`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function insertContact(
  { em, now }: Work,
  row: SealedContact & { id: string; subjectId: string; ownerId: string; shared: boolean },
): Promise<void> {
  const db = em.getKysely();
  await sql`insert into contact (id, subject_id, owner_id, shared, sealed, created_at, updated_at)
    values (${row.id}, ${row.subjectId}, ${row.ownerId}, ${row.shared}, ${row.sealed}, ${now}, ${now})`.execute(db);
  await sql`insert into contact_key (contact_id, wrapped) values (${row.id}, ${row.wrappedKey})`.execute(db);
}

/** Stores a contact anew, under its new key; false when it is another version by now, or erased. */
export async function updateContact(
  { em, now }: Work,
  row: SealedContact & { id: string; expectedVersion: number; shared: boolean },
): Promise<boolean> {
  const db = em.getKysely();
  const { numAffectedRows } = await sql`update contact
    set sealed = ${row.sealed}, shared = ${row.shared}, updated_at = ${now}, version = version + 1
    where id = ${row.id} and version = ${row.expectedVersion} and erased_at is null`.execute(db);
  if (numAffectedRows !== 1n) return false;
  await sql`update contact_key set wrapped = ${row.wrappedKey} where contact_id = ${row.id}`.execute(db);
  return true;
}

/** Deletes key and ciphertext of a contact, seen or not; null when there is none that the viewer may erase. */
export async function eraseContact(
  { em, now }: Work,
  id: string,
): Promise<{ erasedAt: string; isFirst: boolean } | null> {
  const { rows } = await sql<{ erasedAt: string | null; isFirst: boolean }>`
    select to_json(erased_at) #>> '{}' as "erasedAt", is_first as "isFirst" from app.erase_contact(${id}, ${now})`.execute(
    em.getKysely(),
  );
  const [row] = rows;
  return row?.erasedAt ? { erasedAt: row.erasedAt, isFirst: row.isFirst } : null;
}
