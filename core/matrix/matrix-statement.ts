import { sql } from 'kysely';
import type { Compiler } from '../projection/compiler.ts';
import { select } from '../projection/selection.ts';
import { type Sql, tableOf } from '../projection/view.ts';
import type { MatrixQuestion, Side } from './matrix-question.ts';
import { type Between, PERIODS, daysOf, isPeriod } from './periods.ts';

/** Actors that a cell can name. */
export const MOST_ACTORS = 20;

/** What is counted, and what makes a record count no more unless the filter asks for it. */
const COUNTED = [
  { type: 'Programme', count: 'programmes', stopped: 'withdrawn_at is not null' },
  { type: 'Campaign', count: 'campaigns', stopped: 'cancelled_at is not null' },
  { type: 'CalendarEntry', count: 'entries', stopped: `status = 'cancelled'` },
] as const;

/**
 * The tables that the fields of a matrix are read from, for a `with`: `matrix_record` (what is counted, with its values on both axes),
 * `matrix_cell`, `matrix_row`, `matrix_column`. Each record counts once in each cell that it is in, each actor once in a cell, a row or a
 * column. Under the viewer's own policies, like any list.
 */
export function matrixTables(question: MatrixQuestion, compiler: Compiler): Sql {
  return sql`matrix_record as materialized (${records(question, compiler)}),
    matrix_cell as materialized (${cells(question)}),
    matrix_row as materialized (${headings('row', question.rows)}),
    matrix_column as materialized (${headings('column', question.columns)})`;
}

function records(question: MatrixQuestion, compiler: Compiler): Sql {
  const counted = COUNTED.filter(({ type }) => type === 'CalendarEntry' || !question.entriesOnly);
  const parts = counted.map(({ type, count, stopped }) => {
    const view = compiler.view(type);
    const record = compiler.row(view.table);
    const owner = compiler.row('actor');
    const ones = COUNTED.map((one) => sql`${sql.lit(one.count === count ? 1 : 0)} as ${sql.ref(one.count)}`);
    const codes = (side: Side): Sql => limited(side, side.axis.codes(record, owner, question.between));
    const going =
      question.filter['statuses'] === undefined ? [sql`not ${sql.ref(record.alias)}.${sql.raw(stopped)}`] : [];
    const conditions = compiler.conditions(view, record, select('filter', [], { filter: question.filter }));
    return sql`select ${owner.column('id')} as owner_id, ${sql.join(ones)}, ${codes(question.rows)} as row_codes,
      ${codes(question.columns)} as column_codes
      from ${tableOf(record, view)} join actor as ${sql.ref(owner.alias)} on ${owner.column('id')} = ${record.column('owner_id')}
      where ${sql.join([...conditions, ...going], sql` and `)}`;
  });
  return sql.join(parts, sql` union all `);
}

/** Only the values that the caller named; those of time are within its days already. */
function limited({ name, named }: Side, codes: Sql): Sql {
  if (named === null || isPeriod(name)) return codes;
  return sql`array(select code from unnest(${codes}) as code where code = any(${named}::text[]))`;
}

const SUMS = sql`sum(programmes)::int as programmes, sum(campaigns)::int as campaigns, sum(entries)::int as entries`;

/** First by owner, so that an actor counts once; in a cell, whoever has most there comes first. */
function cells({ rows, columns, between }: MatrixQuestion): Sql {
  const days = daysIn(rows, sql`row_code`, between) ?? daysIn(columns, sql`column_code`, between) ?? NO_DAYS;
  return sql`select row_code, column_code, ${rows.axis.filter}::text as row_filter, ${columns.axis.filter}::text as column_filter, ${days},
      count(*)::int as actors, ${SUMS},
      (array_agg(owner_id order by programmes + campaigns + entries desc, owner_id))[1:${sql.lit(MOST_ACTORS)}] as owner_ids
    from (select r.code as row_code, c.code as column_code, owner_id, ${SUMS}
      from matrix_record, unnest(row_codes) as r (code), unnest(column_codes) as c (code) group by 1, 2, 3) as by_owner
    group by 1, 2`;
}

const NO_DAYS = sql`null::date as starts_on, null::date as ends_on`;

/** The days of a value where the side is time. */
function daysIn({ name }: Side, code: Sql, between: Between | null): Sql | null {
  return isPeriod(name) ? daysOf(PERIODS[name], code, between) : null;
}

/** The values of a side with what is in them, whatever it is on the other. Those that the caller named are there with nothing in them too. */
function headings(of: 'row' | 'column', { axis, named }: Side): Sql {
  const [own, other] = of === 'row' ? ['row_codes', 'column_codes'] : ['column_codes', 'row_codes'];
  const empty = named === null ? sql`` : sql` union select code from heading where code = any(${named}::text[])`;
  return sql`with heading as (${axis.headings(named)}),
    total as (select code, count(*)::int as actors, ${SUMS}
      from (select own.code, owner_id, ${SUMS} from matrix_record, unnest(${sql.ref(own)}) as own (code)
        where ${sql.ref(other)} <> '{}' group by 1, 2) as by_owner group by 1)
    select code, coalesce(label, code) as label, row_number() over (order by rank, label, code) as position,
      coalesce(actors, 0) as actors, coalesce(programmes, 0) as programmes, coalesce(campaigns, 0) as campaigns, coalesce(entries, 0) as entries
    from (select code from total${empty}) as there left join total using (code) left join heading using (code)`;
}
