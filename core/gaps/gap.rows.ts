import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import {
  bitsOf,
  type CountryRole,
  epochDay,
  formatCalendarDate,
  type Gap,
  hubId,
  WHOLE_COUNTRY,
} from '../../engine/index.ts';
import { corridorScope, type Scope } from '../jobs/scope.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** A gap in codes, as it is stored. Named like its columns. */
export interface GapRow {
  /** Made from its cell. */
  readonly id: string;
  readonly scope: Scope;
  readonly corridor: string;
  readonly audience: string;
  readonly theme: string;
  readonly year: number;
  readonly quarter: number;
  /** `YYYY-MM-DD`, both included: the days of the quarter. */
  readonly starts_on: string;
  readonly ends_on: string;
  readonly score: number;
  /** By code. */
  readonly countries: readonly string[];
  /** Ids of insights, ascending. */
  readonly insights: readonly string[];
  readonly in_season: boolean;
  /** In the order of the corridor's legs. */
  readonly uncovered_roles: readonly CountryRole[];
  /** In the order of their bits. */
  readonly missing_languages: readonly string[];
  readonly missing_channels: readonly string[];
}

const COLUMNS = [
  'id',
  'scope',
  'corridor',
  'audience',
  'theme',
  'year',
  'quarter',
  'starts_on',
  'ends_on',
  'score',
  'countries',
  'insights',
  'in_season',
  'uncovered_roles',
  'missing_languages',
  'missing_channels',
] as const satisfies readonly (keyof GapRow)[];

/** Which cell of its corridor a gap is, in codes: what a suggestion to fill it is about. */
export function cellOf({ audience, theme, quarter: { year, quarter } }: Gap, vocabulary: Vocabulary): string {
  const codes = [vocabulary.codeOf('audience', audience), vocabulary.codeOf('theme', theme)];
  return [...codes, `${String(year)}-Q${String(quarter)}`].join('|');
}

/** A gap of the engine in the words of the vocabulary. */
export function toGapRow(corridor: string, gap: Gap, vocabulary: Vocabulary): GapRow {
  const { quarter, days } = gap;
  const key = createHash('sha256')
    .update(`gap ${corridor}|${cellOf(gap, vocabulary)}`)
    .digest();
  return {
    id: hubId('gap', key.subarray(0, 16)),
    scope: corridorScope(corridor),
    corridor,
    audience: vocabulary.codeOf('audience', gap.audience),
    theme: vocabulary.codeOf('theme', gap.theme),
    year: quarter.year,
    quarter: quarter.quarter,
    starts_on: formatCalendarDate(days.start),
    ends_on: formatCalendarDate(epochDay(days.end - 1)),
    score: gap.value,
    countries: gap.countries.map((country) => vocabulary.placeAt({ country, subdivision: WHOLE_COUNTRY }).code).sort(),
    insights: [...new Set([...gap.needs, ...gap.trends])].sort(),
    in_season: gap.inSeason,
    uncovered_roles: gap.roles,
    missing_languages: bitsOf(gap.languages).map((bit) => vocabulary.codeOf('language', bit)),
    missing_channels: bitsOf(gap.channels).map((bit) => vocabulary.codeOf('channel', bit)),
  };
}

/** Makes the stored gaps of a scope those given; writes nothing where they are the same. */
export async function writeGaps(em: EntityManager, scope: Scope, gaps: readonly GapRow[]): Promise<void> {
  const given = sql`jsonb_populate_recordset(null::gap, ${JSON.stringify(gaps)}::jsonb)`;
  const db = em.getKysely();
  await sql`delete from gap where scope = ${scope} and id <> all(${gaps.map(({ id }) => id)}::text[])`.execute(db);
  if (gaps.length === 0) return;
  await sql`
    insert into gap (${columnsOf(null)}) select ${columnsOf(null)} from ${given}
    on conflict (id) do update set (${columnsOf(null)}) = (${columnsOf('excluded')})
    where (${columnsOf('gap')}) is distinct from (${columnsOf('excluded')})`.execute(db);
}

/** The stored gaps, by id. */
export async function storedGaps(em: EntityManager): Promise<ReadonlyMap<string, GapRow>> {
  const object = sql.join(COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(name)}`));
  const { rows } = await sql<{ gap: GapRow }>`select jsonb_build_object(${object}) as gap from gap order by id`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ gap }) => [gap.id, gap]));
}

function columnsOf(table: string | null) {
  return sql.join(COLUMNS.map((name) => sql.ref(table === null ? name : `${table}.${name}`)));
}
