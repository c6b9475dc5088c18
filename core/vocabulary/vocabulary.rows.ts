import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { CountryRole, Insight as EngineInsight, Season } from '../../engine/index.ts';
import type { TermKind } from './code-kind.ts';

/** Texts by BCP 47 language tag. */
export type Labels = Readonly<Record<string, string>>;

export interface TermRow {
  readonly kind: TermKind;
  readonly code: string;
  readonly bit: number;
  readonly broader: string | null;
  readonly parent: string | null;
  readonly labels: Labels;
  /** What people may type for it beside its code and labels. */
  readonly aliases: readonly string[];
  readonly deprecated: boolean;
  readonly replacedBy: string | null;
}

export interface PlaceRow {
  readonly code: string;
  readonly kind: 'country' | 'subdivision' | 'p_code';
  readonly country: string;
  readonly parent: string | null;
  /** Null: for matching the place stands for its parent. */
  readonly bit: number | null;
  readonly name: string;
  /** What people may type for it beside its code and name. */
  readonly aliases: readonly string[];
}

export interface CorridorRow {
  readonly code: string;
  readonly bit: number;
  readonly names: Labels;
  readonly themes: readonly string[];
  readonly languages: readonly string[];
  readonly season: Season | null;
  readonly legs: readonly { readonly country: string; readonly role: CountryRole }[];
}

/** An insight that counts: one that coordinators have confirmed. */
export interface InsightRow {
  readonly id: string;
  readonly kind: EngineInsight['kind'];
  readonly places: readonly string[];
  readonly corridor: string | null;
  readonly audience: string;
  readonly themes: readonly string[];
  readonly channels: Readonly<Record<string, number>>;
  readonly source: string;
  /** Whole days since 1970-01-01, half-open; null is open. */
  readonly validFrom: number | null;
  readonly validTo: number | null;
}

export interface VocabularyRows {
  readonly terms: readonly TermRow[];
  readonly places: readonly PlaceRow[];
  readonly corridors: readonly CorridorRow[];
  readonly insights: readonly InsightRow[];
}

/** Which vocabulary is stored: another version means other contents, in this database for ever. One row by its key. */
export async function readVersion(em: EntityManager): Promise<string> {
  const found = await sql<{ version: string }>`select version::text from vocabulary_version`.execute(em.getKysely());
  return only(found.rows).version;
}

/** The whole vocabulary, terms in the order shown, in one statement, so that it is the one of the version it comes with. */
export async function readVocabulary(
  em: EntityManager,
): Promise<{ readonly version: string; readonly rows: VocabularyRows }> {
  const found = await sql<{ version: string; rows: VocabularyRows }>`
    select version::text, json_build_object(
      'terms', (select coalesce(json_agg(t), '[]') from (
        select kind, code, bit, broader, parent, labels, aliases, deprecated_on is not null as deprecated, replaced_by as "replacedBy"
        from term order by kind, position, code) t),
      'places', (select coalesce(json_agg(p), '[]') from (select code, kind, country, parent, bit, name, aliases from place) p),
      'corridors', (select coalesce(json_agg(c), '[]') from (
        select code, bit, names, themes, languages,
          case when season_from is not null then json_build_object('fromMonth', season_from, 'toMonth', season_to) end as season,
          (select coalesce(json_agg(json_build_object('country', country, 'role', role) order by position), '[]')
            from corridor_leg where corridor = corridor.code) as legs
        from corridor order by bit) c),
      'insights', (select coalesce(json_agg(i), '[]') from (
        select id, kind, places, corridor, audience, themes, channels, source,
          valid_from - date '1970-01-01' as "validFrom", valid_to - date '1970-01-01' as "validTo"
        from insight where confirmed order by id) i)
    ) as rows from vocabulary_version`.execute(em.getKysely());
  return only(found.rows);
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('vocabulary_version has no row: its migration inserts one');
  return row;
}
