import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { RULES_VERSION } from '../../engine/index.ts';
import { VERSION } from '../../platform/version.ts';
import type { Compared } from '../overlaps/found-lists.ts';

/** A footprint more than these that has changed since the last one, and everything is compared again. */
const MOST_CHANGED = 50_000;

/** Has everything compared again, whatever earlier ones have compared. */
export async function forgetCompared(em: EntityManager): Promise<void> {
  await sql`delete from recomputation`.execute(em.getKysely());
}

/** Notes that a recomputation begins. */
export async function begin(em: EntityManager, id: string, now: Date): Promise<void> {
  await sql`
    insert into recomputation (id, started_at, since, vocabulary_version, rules_version, release)
    select ${id}, ${now}, pg_snapshot_xmin(pg_current_snapshot()), version::text, ${RULES_VERSION}, ${VERSION} from vocabulary_version`.execute(
    em.getKysely(),
  );
}

/** Notes that it has ended, and under one vocabulary or several. Forgets all before it. Twice is as good as once. */
export async function end(em: EntityManager, id: string, now: Date): Promise<void> {
  await sql`
    with ended as (
      update recomputation set finished_at = ${now},
        vocabulary_version = case when vocabulary_version = (select version::text from vocabulary_version) then vocabulary_version end
      where id = ${id} and finished_at is null returning since
    )
    delete from recomputation where id <> ${id} and since < (select since from ended)`.execute(em.getKysely());
}

/** What the last recomputation compared, where that still tells anything: null when contents may be others by now. */
export async function readCompared(em: EntityManager): Promise<Compared | null> {
  const { rows } = await sql<{ since: string; changed: string[] }>`
    select since::text, array(select subject_id from footprint where change_xid >= last.since limit ${MOST_CHANGED + 1}) as changed
    from (select * from recomputation where finished_at is not null order by since desc, id desc limit 1) as last
    where vocabulary_version = (select version::text from vocabulary_version)
      and rules_version = ${RULES_VERSION} and release = ${VERSION}`.execute(em.getKysely());
  const [last] = rows;
  if (last === undefined || last.changed.length > MOST_CHANGED) return null;
  return { since: last.since, changed: new Set(last.changed) };
}
