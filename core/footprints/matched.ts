import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** A version of a footprint. */
export interface FootprintVersion {
  readonly subjectId: string;
  readonly version: number;
}

/**
 * Those of a footprint, its ancestors and its parts whose present version the stored overlaps are not of yet; null when there is
 * no such footprint.
 */
export async function readUnmatchedAround(em: EntityManager, subjectId: string): Promise<FootprintVersion[] | null> {
  // Each branch by an index of its own, which one condition with `or` would not use.
  const { rows } = await sql<FootprintVersion & { isMatched: boolean }>`
    with family as (
      select ${subjectId} as subject_id
      union select subject_id from footprint where ancestors @> array[${subjectId}]
      union select unnest(ancestors) from footprint where subject_id = ${subjectId}
    )
    select subject_id as "subjectId", version, matched_version = version as "isMatched"
    from footprint join family using (subject_id) order by subject_id`.execute(em.getKysely());
  if (rows.length === 0) return null;
  return rows.filter(({ isMatched }) => !isMatched).map(({ subjectId: id, version }) => ({ subjectId: id, version }));
}

/**
 * Records that the stored overlaps are of these versions, but for those that have a newer one by now. Waits for whoever is
 * writing one of them, in the order of ids in which they are written.
 */
export async function markMatched(em: EntityManager, versions: readonly FootprintVersion[]): Promise<void> {
  if (versions.length === 0) return;
  await sql`
    with seen as (select * from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as seen ("subjectId" text, version int)),
    held as (
      select subject_id from footprint join seen on seen."subjectId" = subject_id and seen.version = footprint.version
      order by subject_id for update of footprint
    )
    update footprint set matched_version = version where subject_id in (select subject_id from held)`.execute(
    em.getKysely(),
  );
}

/** Records that the stored overlaps are of the present version of every footprint. */
export async function markAllMatched(em: EntityManager): Promise<void> {
  await sql`update footprint set matched_version = version where matched_version < version`.execute(em.getKysely());
}
