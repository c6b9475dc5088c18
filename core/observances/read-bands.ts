import { sql } from 'kysely';
import { formatCalendarDate, lastDayOf } from '../../engine/index.ts';
import type { ReadContext, Sql } from '../projection/view.ts';
import type { Selection } from '../projection/selection.ts';
import type { DerivedObservance, ObservanceKind } from './observance.ts';

export type BandKind = ObservanceKind | 'SEASON';

/** Which bands are asked for, checked, with those of them that follow from calendars. */
export interface BandsAsked {
  /** `YYYY-MM-DD`, both included. */
  readonly first: string;
  readonly last: string;
  readonly countries: readonly string[];
  /** Null: those that pass one of the countries. */
  readonly corridors: readonly string[] | null;
  /** Null: all. */
  readonly kinds: readonly BandKind[] | null;
  readonly derived: readonly DerivedObservance[];
}

/** Under which argument a selection carries what was asked for. */
export const PREPARED = 'prepared';

/** More than a page can show; 50 countries have less in two years. */
const MOST_BANDS = 2_000;

/** The bands of a selection that was prepared, by start, kind and name: those derived, those entered, and the seasons of corridors. */
export function readBands(selection: Selection, context: ReadContext): Sql {
  // Only `Bands.prepare` writes it.
  const { first, last, countries, corridors, kinds, derived } = selection.args[PREPARED] as BandsAsked;
  const band = context.row('band');
  const isKind = (kind: Sql): Sql => (kinds === null ? sql`true` : sql`${kind} = any(${kinds})`);
  return sql`coalesce((select json_agg(${context.object('CalendarBand', band, selection)}
      order by ${band.column('starts_on')}, ${band.column('kind')}, ${band.column('name')}, ${band.column('countries')})
    from (
      select kind, name, starts_on, ends_on, countries, corridor, reason, source, estimated, null as observance_id
      from jsonb_to_recordset(${JSON.stringify(toRows(derived))}::jsonb) as derived (kind text, name text, starts_on date,
        ends_on date, countries text[], corridor text, reason text, source text, estimated boolean)
      where ${isKind(sql`kind`)}
      union all
      select kind, name, starts_on, ends_on, countries, null, reason, source, estimated, id from observance
      where withdrawn_at is null and ends_on >= ${first}::date and starts_on <= ${last}::date
        and (countries = '{}' or countries && ${countries}::text[]) and ${isKind(sql`kind`)}
      union all
      select 'SEASON', names ->> 'en', make_date(year, season_from, 1),
        (make_date(year + (season_to < season_from)::int, season_to, 1) + interval '1 month' - interval '1 day')::date,
        array(select distinct country from corridor_leg where corridor = code order by country), code, season_why, confidence, false, null
      from corridor, generate_series(extract(year from ${first}::date)::int - 1, extract(year from ${last}::date)::int) as year
      where season_from is not null and ${isKind(sql`'SEASON'`)} and make_date(year, season_from, 1) <= ${last}::date
        and make_date(year + (season_to < season_from)::int, season_to, 1) + interval '1 month' > ${first}::date
        and ${
          corridors === null
            ? sql`exists (select from corridor_leg where corridor = code and country = any(${countries}))`
            : sql`code = any(${corridors})`
        }
      order by starts_on, kind, name limit ${sql.lit(MOST_BANDS)}
    ) as ${sql.ref(band.alias)}), '[]'::json)`;
}

/** One row for all countries that observe the same on the same days; named like the columns. */
function toRows(derived: readonly DerivedObservance[]): object[] {
  const same = Map.groupBy(derived, ({ kind, name, days, reason }) =>
    JSON.stringify([kind, name, days.start, days.end, reason]),
  );
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        kind: first.kind,
        name: first.name,
        starts_on: formatCalendarDate(first.days.start),
        ends_on: formatCalendarDate(lastDayOf(first.days) ?? first.days.start),
        countries: group.flatMap(({ country }) => country ?? []).sort(),
        corridor: null,
        reason: first.reason,
        source: first.source,
        estimated: first.estimated,
      },
    ];
  });
}
