import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type EpochDay, epochDay, RULES, RULES_VERSION } from '../../engine/index.ts';
import type { Scope } from '../jobs/scope.ts';
import { offeredIn, practiceJson } from '../practices/offered-practices.ts';
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
 * is one for all. One statement, so that all of it is of one moment. Overlaps whose shared days are over by `asOf` give no proposal
 * and are left out.
 */
export async function readContents(em: EntityManager, scope: Scope, asOf: EpochDay): Promise<ScopeContents> {
  const members = scope.startsWith('corridor:') ? onCorridor(scope) : inCountry(scope, asOf);
  const { rows } = await sql<ScopeContents>`
    with practice as (${offeredIn(scope, asOf)}),
      pair as (select a_id, b_id from overlap where view = 'released' and scope = ${scope} and end_day > ${asOf}
        and (kind in ('DUPLICATION', 'LEVERAGE') or contradiction is not null or divergence is not null)),
      member as (${members})
    select
      (select coalesce(json_agg(released order by subject_id), '[]') from footprint f
        where released is not null and excludes = '{}'
          and subject_id in (select subject_id from member union select a_id from pair union select b_id from pair)) as footprints,
      (select coalesce(json_agg(json_build_array(a_id, b_id) order by a_id, b_id), '[]') from pair) as pairs,
      (select coalesce(json_agg(${practiceJson('p')} order by p.id collate "C"), '[]') from practice p) as practices`.execute(
    em.getKysely(),
  );
  return rows[0] ?? { footprints: [], pairs: [], practices: [] };
}

/** Everything that is on a corridor. */
const onCorridor = (scope: Scope): Sql =>
  sql`select subject_id from footprint_cell where face = 'released' and cell = ${scope}`;

/** Of a country only what something could be made of. It holds far more than that, most of it on corridors. */
const inCountry = (scope: Scope, asOf: EpochDay): Sql =>
  sql`${nearInCountry(scope, asOf)} union ${likePracticesIn(scope)}`;

/** What a practice could concern: it shares an audience and a theme with one that is offered. */
function likePracticesIn(scope: Scope): Sql {
  const bitsOf = (kind: string, codes: string): Sql =>
    sql`array(select bit from term where kind = ${sql.lit(kind)} and code in (select unnest(${sql.ref(codes)}) from practice))`;
  return sql`select c.subject_id from footprint_cell c,
      (select ${bitsOf('audience', 'audiences')} as audiences, ${bitsOf('theme', 'themes')} as themes) as wanted
    where c.face = 'released' and c.cell = ${scope} and c.audiences && wanted.audiences and c.themes && wanted.themes`;
}

/**
 * What may be brought together by aligning dates, with what it is a part of: what is not over and has somebody
 * else's work within the horizon before or after it. A country holds far more than that, most of it on corridors.
 */
function nearInCountry(scope: Scope, asOf: EpochDay): Sql {
  const horizon = RULES.alignDates.maxGapDays;
  const another = (apart: Sql): Sql => sql`exists (select from footprint_cell o
    where o.face = 'released' and o.cell = c.cell and ${apart} and o.owner_id <> c.owner_id and o.end_day > ${asOf}
      and (o.audiences && c.audiences or o.themes && c.themes))`;
  return sql`(
    with near as materialized (
      select c.subject_id from footprint_cell c where c.face = 'released' and c.cell = ${scope} and c.end_day > ${asOf}
        and (${another(sql`o.start_day between c.end_day + 1 and c.end_day + ${horizon}::int`)}
          or ${another(sql`o.end_day between c.start_day - ${horizon}::int and c.start_day - 1`)})
    )
    select subject_id from near
    union select above.id from near join footprint f using (subject_id), unnest(f.ancestors) as above (id)
      join footprint_cell c on c.face = 'released' and c.cell = ${scope} and c.subject_id = above.id
  )`;
}

type Sql = RawBuilder<unknown>;
