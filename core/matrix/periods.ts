import { sql } from 'kysely';
import { BadRequest } from '../projection/selection.ts';
import type { Row, Sql } from '../projection/view.ts';

/** The days that a matrix looks at, as people write them, both included. */
export interface Between {
  readonly start: string;
  readonly end?: string | null;
}

/** A length of calendar time, and how its codes are written and read. */
interface Period {
  readonly unit: 'month' | 'quarter';
  readonly months: number;
  /** The code of a number of periods since the year 0. */
  readonly code: (index: number) => string;
  /** How `to_char` writes it of any of its days. */
  readonly pattern: string;
  readonly firstDay: (code: Sql) => Sql;
  readonly label: (firstDay: Sql) => Sql;
}

const year = (index: number, perYear: number): string => String(Math.floor(index / perYear)).padStart(4, '0');

export const PERIODS = {
  month: {
    unit: 'month',
    months: 1,
    code: (index) => `${year(index, 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    pattern: 'YYYY-MM',
    firstDay: (code) => sql`to_date(${code}, 'YYYY-MM')`,
    label: (day) => sql`to_char(${day}, 'FMMonth YYYY')`,
  },
  quarter: {
    unit: 'quarter',
    months: 3,
    code: (index) => `${year(index, 4)}-Q${String((index % 4) + 1)}`,
    pattern: 'YYYY-"Q"Q',
    firstDay: (code) => sql`make_date(left(${code}, 4)::int, right(${code}, 1)::int * 3 - 2, 1)`,
    label: (day) => sql`to_char(${day}, 'FMMonth') || ' to ' || to_char(${day} + interval '2 months', 'FMMonth YYYY')`,
  },
} as const satisfies Record<string, Period>;

/** Periods that an axis may have: three years in months. */
const MOST = 36;

/** The codes of the periods of which a day is asked for. @throws {BadRequest} for no last day, and for too many */
export function periodsIn({ months, code, unit }: Period, between: Between | null): readonly string[] {
  const name = unit.toUpperCase();
  if (!between?.end) throw new BadRequest(`filter.between: The axis ${name} needs a first and a last day.`);
  const index = (day: string): number =>
    Math.floor((Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) / months);
  const first = index(between.start);
  const count = index(between.end) - first + 1;
  if (between.end < between.start) throw new BadRequest('filter.between: The last day is before the first.');
  if (count > MOST)
    throw new BadRequest(
      `filter.between: ${String(count)} ${unit}s are too many for an axis, ${String(MOST)} at most.`,
    );
  return Array.from({ length: count }, (_, i) => code(first + i));
}

/** The codes, as text[], of the periods in which a record has a day that is asked for. */
export const periodsOf =
  ({ unit, months, pattern }: Period) =>
  (record: Row, _owner: Row, between: Between | null): Sql => {
    const { start, end } = between ?? {};
    return sql`array(select to_char(period, ${sql.lit(pattern)}) from generate_series(
      date_trunc(${sql.lit(unit)}, greatest(${record.column('starts_on')}, ${start ?? null}::date)::timestamp),
      least(coalesce(${record.column('ends_on')}, 'infinity'), ${end ?? null}::date)::timestamp,
      make_interval(months => ${sql.lit(months)})) as period)`;
  };

/** Rows of (code, label, rank) of these periods. */
export const periodHeadings =
  ({ firstDay, label }: Period) =>
  (named: readonly string[] | null): Sql => {
    const day = firstDay(sql`code`);
    return sql`select code, ${label(day)} as label, ${day} - date '1970-01-01' as rank from unnest(${named ?? []}::text[]) as code`;
  };

/** The first and the last day of a period, by its code, that are asked for: two columns. */
export function daysOf({ firstDay, months }: Period, code: Sql, between: Between | null): Sql {
  const first = firstDay(code);
  return sql`greatest(${first}, ${between?.start}::date) as starts_on,
    least((${first} + make_interval(months => ${sql.lit(months)}) - interval '1 day')::date, ${between?.end}::date) as ends_on`;
}

export const isPeriod = (axis: string): axis is keyof typeof PERIODS => axis in PERIODS;
