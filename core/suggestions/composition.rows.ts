import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type EpochDay, epochDay, type OverlapKind, RULES_VERSION } from '../../engine/index.ts';
import type { Scope } from '../jobs/scope.ts';
import type { ScopeContents } from './compose-scope.ts';

/** When a scope was last composed. */
export interface Composition {
  readonly scope: Scope;
  readonly asOf: EpochDay;
}

/**
 * Begins composing a scope and notes it; whoever else composes it waits until this transaction ends.
 * @returns the day to compose as of: today, or the later one as of which it was composed already.
 */
export async function beginComposition(
  em: EntityManager,
  scope: Scope,
  { now, today }: { readonly now: Date; readonly today: number },
): Promise<EpochDay> {
  const { rows } = await sql<{ as_of: number }>`
    insert into composition (scope, as_of, rules_version, composed_at) values (${scope}, ${today}, ${RULES_VERSION}, ${now})
    on conflict (scope) do update set as_of = greatest(composition.as_of, excluded.as_of),
      rules_version = excluded.rules_version, composed_at = excluded.composed_at
    returning as_of`.execute(em.getKysely());
  return epochDay(rows[0]?.as_of ?? today);
}

/** Every scope that was ever composed, by scope. */
export async function readCompositions(em: EntityManager): Promise<Composition[]> {
  const { rows } = await sql<{
    scope: Scope;
    as_of: number;
  }>`select scope, as_of from composition order by scope`.execute(em.getKysely());
  return rows.map(({ scope, as_of }) => ({ scope, asOf: epochDay(as_of) }));
}

/** Every corridor, and every scope that was ever composed, by scope. */
export async function readEveryScope(em: EntityManager): Promise<Scope[]> {
  const { rows } = await sql<{
    scope: Scope;
  }>`select scope from composition union select 'corridor:' || code from corridor order by 1`.execute(em.getKysely());
  return rows.map(({ scope }) => scope);
}

/** The scopes last composed as of a day before `today` (whole days since 1970-01-01), and corridors that never were, by scope. */
export async function readOutdatedScopes(em: EntityManager, today: number): Promise<Scope[]> {
  const { rows } = await sql<{
    scope: Scope;
  }>`select scope from composition where as_of < ${today}
    union select 'corridor:' || code from corridor where 'corridor:' || code not in (select scope from composition) order by 1`.execute(
    em.getKysely(),
  );
  return rows.map(({ scope }) => scope);
}

/**
 * What the proposals of a scope are made of, as stored now: released forms only, and none that excludes anybody, because a suggestion
 * is one for all. One statement, so that all of it is of one moment. Pairs whose shared days are over by `asOf` give no proposal and are left out.
 */
export async function readContents(em: EntityManager, scope: Scope, asOf: EpochDay): Promise<ScopeContents> {
  const onCorridor = scope.startsWith('corridor:')
    ? sql`subject_id in (select subject_id from footprint_cell where face = 'released' and cell = ${scope})`
    : sql`false`;
  const pairsOf = (kind: OverlapKind) =>
    sql`(select coalesce(json_agg(json_build_array(a_id, b_id) order by a_id, b_id), '[]') from pair where kind = ${kind})`;
  const { rows } = await sql<ScopeContents>`
    with pair as (select a_id, b_id, kind from overlap
      where view = 'released' and scope = ${scope} and kind in ('DUPLICATION', 'LEVERAGE') and end_day > ${asOf})
    select
      (select coalesce(json_agg(released order by subject_id), '[]') from footprint f
        where released is not null and excludes = '{}' and (${onCorridor} or subject_id in (select a_id from pair union select b_id from pair))) as footprints,
      ${pairsOf('DUPLICATION')} as duplicates, ${pairsOf('LEVERAGE')} as leverages`.execute(em.getKysely());
  return rows[0] ?? { footprints: [], duplicates: [], leverages: [] };
}
