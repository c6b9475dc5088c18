import { type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type DateBand, type DayRange, dayRange, emptySet, epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { DerivedObservance, ObservanceKind } from '../observances/observance.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** An observance that somebody entered, in whole days since 1970-01-01, half-open. */
export interface EnteredObservance {
  readonly kind: ObservanceKind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** None: everywhere. */
  readonly countries: readonly string[];
}

/** What people entered for these days and countries, as far as the viewer sees it; by id. */
export async function readEntered(
  em: EntityManager,
  days: DayRange,
  countries: readonly string[],
): Promise<readonly EnteredObservance[]> {
  const { rows } = await sql<EnteredObservance>`
    select kind, name, starts_on - date '1970-01-01' as start, ends_on - date '1970-01-01' + 1 as end, countries
    from observance where withdrawn_at is null and (countries = '{}' or countries && ${countries}::text[])
      and ends_on >= ${formatCalendarDate(days.start)}::date and starts_on < ${formatCalendarDate(days.end)}::date
    order by id`.execute(em.getKysely());
  return rows;
}

/** Observances as the engine counts them: one for each country. */
export function toBands(
  derived: readonly DerivedObservance[],
  entered: readonly EnteredObservance[],
  vocabulary: Vocabulary,
): DateBand[] {
  const numberOf = (country: string): number | null => vocabulary.place(country)?.countryBit ?? null;
  return [
    ...derived.map(({ kind, name, days, country, themes }) => ({
      kind,
      name,
      days,
      country: country === null ? null : numberOf(country),
      themes: vocabulary.toFacetSet('theme', themes),
    })),
    ...entered.flatMap(({ kind, name, start, end, countries }) =>
      (countries.length === 0 ? [null] : countries).map((country) => ({
        kind,
        name,
        days: dayRange(epochDay(start), epochDay(end)),
        country: country === null ? null : numberOf(country),
        themes: emptySet,
      })),
    ),
  ];
}
