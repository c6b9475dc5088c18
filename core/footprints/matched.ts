import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** A version of a footprint. */
export interface FootprintVersion {
  readonly subjectId: string;
  readonly version: number;
}

/** Those of these footprints whose present version the stored overlaps are not of yet. */
export async function readUnmatched(em: EntityManager, ids: readonly string[]): Promise<FootprintVersion[]> {
  const { rows } = await sql<FootprintVersion>`
    select subject_id as "subjectId", version from footprint
    where subject_id = any(${ids}) and matched_version < version order by subject_id`.execute(em.getKysely());
  return rows;
}

/**
 * Records that the stored overlaps are of these versions. A footprint that somebody is changing at this moment is passed over,
 * because to wait for its writer could be to wait for each other; it is about to need matching anyway.
 */
export async function markMatched(em: EntityManager, versions: readonly FootprintVersion[]): Promise<void> {
  if (versions.length === 0) return;
  await sql`
    with seen as (select * from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as seen ("subjectId" text, version int)),
    free as (
      select subject_id from footprint join seen on seen."subjectId" = subject_id and seen.version = footprint.version
      for update of footprint skip locked
    )
    update footprint set matched_version = version where subject_id in (select subject_id from free)`.execute(
    em.getKysely(),
  );
}

/** Records that the stored overlaps are of the present version of every footprint. */
export async function markAllMatched(em: EntityManager): Promise<void> {
  await sql`update footprint set matched_version = version where matched_version < version`.execute(em.getKysely());
}
