import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { CodeKind } from './code-kind.ts';

/** A code somebody wrote that is none of its kind. */
export interface UnknownCode {
  readonly kind: CodeKind;
  readonly code: string;
}

export interface NearCode {
  readonly code: string;
  readonly label: string;
}

/** Below this, names that share a beginning crowd out what was meant; pg_trgm's own default. */
const MIN_SIMILARITY = 0.3;
const MOST_SUGGESTIONS = 3;
/** Each unknown code is compared with every code of its kind (about 5,300 places, 20 ms), so a list of nonsense is answered in part. */
const MOST_LOOKED_UP = 10;

/**
 * For each unknown code the codes it resembles in spelling, by code, English label or alias: at most three, the most similar
 * first, ties the shorter code first, then in code order. One statement; unknown codes after the tenth get none.
 */
export async function nearestCodes(
  em: EntityManager,
  unknown: readonly UnknownCode[],
): Promise<readonly (readonly NearCode[])[]> {
  if (unknown.length === 0) return [];
  const found = await sql<NearCode & { position: number }>`
    with wanted as (
      select position::int, kind, app.fold(code) as code
      from rows from (jsonb_to_recordset(${JSON.stringify(unknown.slice(0, MOST_LOOKED_UP))}::jsonb) as (kind text, code text))
        with ordinality as wanted (kind, code, position)
    ), candidate as (
      select 'place' as kind, code, name as label, aliases from place
      union all select kind, code, labels ->> 'en', aliases from term where deprecated_on is null
      union all select 'corridor', code, names ->> 'en', '{}' from corridor
    )
    select position, near.code, near.label
    from wanted cross join lateral (
      select candidate.code, coalesce(label, candidate.code) as label, greatest(
        similarity(app.fold(candidate.code), wanted.code),
        similarity(app.fold(label), wanted.code),
        (select max(similarity(app.fold(alias), wanted.code)) from unnest(aliases) as alias)) as likeness
      from candidate where candidate.kind = wanted.kind
      order by likeness desc, length(candidate.code), candidate.code limit ${MOST_SUGGESTIONS}
    ) as near
    where likeness >= ${MIN_SIMILARITY}
    order by position, likeness desc, length(near.code), near.code`.execute(em.getKysely());
  const near = Map.groupBy(found.rows, (row) => row.position - 1);
  return unknown.map((_, index) => near.get(index) ?? []);
}

/** `no place BDD; did you mean BD (Bangladesh)?` */
export function explainUnknown(unknown: UnknownCode, near: readonly NearCode[]): string {
  const kind = spoken(unknown.kind);
  const offers = near.map(({ code, label }) => `${code} (${label})`);
  const last = offers.pop();
  if (last === undefined) return `no ${kind} ${unknown.code}, and none like it`;
  const choice = offers.length === 0 ? last : `${offers.join(', ')} or ${last}`;
  return `no ${kind} ${unknown.code}; did you mean ${choice}?`;
}

/** `theme old_theme is no longer in use and has no successor` */
export function explainDeprecated(deprecated: UnknownCode): string {
  return `${spoken(deprecated.kind)} ${deprecated.code} is no longer in use and has no successor`;
}

const spoken = (kind: CodeKind): string => kind.replaceAll('_', ' ');
