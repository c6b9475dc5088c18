import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { rankingFactor } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { Scope } from '../jobs/scope.ts';

/** What was done already was well suggested: such a dismissal does not count. */
const COUNTS_AGAINST = sql`s.status = 'DISMISSED' and s.dismissed_code <> 'ALREADY_DONE'`;

/**
 * Counts what people made of the suggestions of a scope, kind by kind, and ranks those by it: `rank` is `score` × factor. For whoever
 * composes the scope and holds it. Only what everybody sees is counted, the statuses that are stored; answers are private and are not
 * read. What stays as it is is not written. The version is that of the draft and of what people decided: being ranked is no new one.
 */
export async function refreshRanking(em: EntityManager, scope: Scope): Promise<void> {
  const db = em.getKysely();
  const { rows } = await sql<{ kind: string; dismissed: number; agreed: number }>`
    select s.kind, count(*) filter (where ${COUNTS_AGAINST} and s.dismissed_at > coalesce(r.since, '-infinity'))::int as dismissed,
      count(*) filter (where s.status = 'AGREED' and s.updated_at > coalesce(r.since, '-infinity'))::int as agreed
    from suggestion s left join ranking r on r.scope = s.scope and r.kind = s.kind
    where s.scope = ${scope} group by s.kind`.execute(db);
  const counted = rows.map((row) => ({ ...row, factor: rankingFactor(row) }));
  await sql`
    insert into ranking (scope, kind, dismissed, agreed, factor)
    select ${scope}, kind, dismissed, agreed, factor
    from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as c (kind text, dismissed int, agreed int, factor float8)
    on conflict (scope, kind) do update set dismissed = excluded.dismissed, agreed = excluded.agreed, factor = excluded.factor
      where (ranking.dismissed, ranking.agreed) is distinct from (excluded.dismissed, excluded.agreed)`.execute(db);
  await sql`
    update suggestion s set rank = s.score * r.factor from ranking r
    where s.scope = ${scope} and r.scope = s.scope and r.kind = s.kind and s.rank is distinct from s.score * r.factor`.execute(
    db,
  );
}

/** The ranking that a suggestion has its rank from. */
export interface StoredRanking {
  readonly scope: Scope;
  readonly kind: string;
  readonly since: Date | null;
  readonly version: number;
}

/** Reads and locks the ranking of a suggestion; null when the viewer sees no such suggestion. */
export async function takeRanking(work: Work, suggestionId: string): Promise<StoredRanking | null> {
  const { rows } = await sql<StoredRanking>`
    select scope, kind, since, version from ranking
    where (scope, kind) in (select scope, kind from suggestion where id = ${suggestionId}) for update`.execute(
    work.em.getKysely(),
  );
  return rows[0] ?? null;
}

/** From when on decisions count; null: all do. */
export async function countSince(work: Work, { scope, kind }: StoredRanking, since: Date | null): Promise<void> {
  await sql`update ranking set since = ${since}, version = version + 1 where scope = ${scope} and kind = ${kind}`.execute(
    work.em.getKysely(),
  );
}
