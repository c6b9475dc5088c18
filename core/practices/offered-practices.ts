import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Practice, facetSet } from '../../engine/index.ts';
import { isActorId } from '../footprints/registry.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** A published case study, in the codes that it was written with; what composing knows of it. */
export interface PracticeRow {
  readonly id: string;
  readonly ownerId: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly evidenced: boolean;
}

/**
 * The case studies that are offered in a scope as of a day (whole days since 1970-01-01), as a query of `case_study`: published for
 * everybody or for members, by an actor that is vetted on that day. Those that name corridors are offered on these, others country
 * by country, and not at home.
 */
export function offeredIn(scope: Scope, asOf: number): RawBuilder<PracticeRow> {
  const code = scope.slice(scope.indexOf(':') + 1);
  const isHere = scope.startsWith('corridor:')
    ? sql`corridors && array[${code}]::text[]`
    : sql`corridors = '{}' and not countries && array[${code}]::text[]`;
  return sql`select id, owner_id, countries, corridors, audiences, themes, channels, exists (select from case_study_evidence
      where case_study_id = case_study.id and kind in ('evaluation', 'survey')) as evidenced
    from case_study where status = 'published' and shown in ('public', 'members')
      and owner_listed_until >= date '1970-01-01' + ${asOf}::int
      and audiences <> '{}' and themes <> '{}' and channels <> '{}' and ${isHere}`;
}

/** One row of `offeredIn` under its alias, as JSON. */
export const practiceJson = (alias: string): RawBuilder<unknown> => {
  const at = (name: string): RawBuilder<unknown> => sql.ref(`${alias}.${name}`);
  return sql`json_build_object('id', ${at('id')}, 'ownerId', ${at('owner_id')}, 'countries', ${at('countries')},
    'corridors', ${at('corridors')}, 'audiences', ${at('audiences')}, 'themes', ${at('themes')}, 'channels', ${at('channels')},
    'evidenced', ${at('evidenced')})`;
};

/** The case studies that are offered in a scope, by id. */
export async function readOffered(em: EntityManager, scope: Scope, asOf: number): Promise<PracticeRow[]> {
  const { rows } = await sql<{ practice: PracticeRow }>`
    select ${practiceJson('p')} as practice from (${offeredIn(scope, asOf)}) as p order by p.id collate "C"`.execute(
    em.getKysely(),
  );
  return rows.map(({ practice }) => practice);
}

export function isCaseStudyId(id: string): boolean {
  return id.startsWith('cas_');
}

/**
 * The scopes in which something else may be suggested because case studies, or actors who own some, were written: where they are
 * offered now, and where they were suggested before. Ascending. To be asked after the transaction that wrote them: only then every
 * country in which somebody works either is in a cell that is seen here, or is composed later than they were written.
 */
export async function scopesOfPractices(em: EntityManager, written: readonly string[]): Promise<Scope[]> {
  const ids = written.filter((id) => isCaseStudyId(id) || isActorId(id));
  if (ids.length === 0) return [];
  const { rows } = await sql<{ scope: Scope }>`
    with changed as (select * from case_study where id = any(${ids}) or owner_id = any(${ids})),
    wide as (
      select array(select bit from term where kind = 'audience' and code = any(audiences)) as audiences,
        array(select bit from term where kind = 'theme' and code = any(themes)) as themes
      from changed where corridors = '{}'
    )
    select 'corridor:' || corridor as scope from changed, unnest(corridors) as corridor
    union select c.cell from footprint_cell c join wide on c.audiences && wide.audiences and c.themes && wide.themes
      where c.face = 'released' and c.cell like 'country:%'
    union select s.scope from suggestion s where s.about in (select id from changed)
    order by scope`.execute(em.getKysely());
  return rows.map(({ scope }) => scope);
}

/** A case study as the engine sees it. */
export function toPractice(row: PracticeRow, vocabulary: Vocabulary): Practice {
  const { id, ownerId, evidenced } = row;
  return {
    id,
    owner: ownerId,
    countries: row.countries.flatMap((code) => vocabulary.place(code)?.countryBit ?? []),
    corridors: facetSet(row.corridors.map((code) => vocabulary.bitOf('corridor', code))),
    audiences: vocabulary.toFacetSet('audience', row.audiences),
    themes: vocabulary.toFacetSet('theme', row.themes),
    channels: vocabulary.toFacetSet('channel', row.channels),
    evidenced,
  };
}
