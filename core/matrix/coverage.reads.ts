import { sql } from 'kysely';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Viewer } from '../access/viewer.ts';
import { corridorScope, countryScope } from '../jobs/scope.ts';
import type { CoverageFacet } from '../presence/find-covering-owners.ts';
import { QUARTERS, quartersFrom } from '../presence/present-quarters.ts';
import type { Compiler } from '../projection/compiler.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection } from '../projection/selection.ts';
import { type FieldReader, type Sql, type View, column, sameRow } from '../projection/view.ts';
import { type MatrixQuestion, matrixQuestion } from './matrix-question.ts';
import { matrixTables } from './matrix-statement.ts';

/** Not a table of the database, but of the statement; see `coverageTables`. */
const CELL = 'coverage_cell';

const term: FieldReader = (cell, selection, context) => {
  const row = context.row('term');
  return sql`(select ${context.object('Term', row, selection)} from term as ${sql.ref(row.alias)}
    where ${row.column('kind')} = ${cell.column('facet')} and ${row.column('code')} = ${cell.column('code')})`;
};

export const coverageViews: readonly View[] = [
  {
    type: 'CoverageCell',
    table: CELL,
    fields: {
      term,
      quarter: sameRow('Quarter'),
      days: sameRow('DayRange'),
      actors: column(),
      programmes: column(),
      campaigns: column(),
      entries: column(),
      others: column(),
    },
  },
];

/** Where, by what and how far ahead coverage is asked for. */
export interface CoverageQuestion {
  readonly corridor?: string | null;
  readonly country?: string | null;
  readonly by: CoverageFacet;
  readonly quarters: number;
}

/**
 * What is covered on a corridor or in a country, by quarter from that of `today` on: what the viewer may read, counted, and whether three
 * others are there whom it need not see. In one statement. @param today whole days since 1970-01-01
 * @throws {BadRequest} for both or neither of corridor and country, for a code that does not exist, and for more quarters than are told of
 */
export async function readCoverage(
  reads: Reads,
  viewer: Viewer,
  { corridor, country, by, quarters }: CoverageQuestion,
  today: number,
  selection: Selection,
): Promise<unknown> {
  if ((corridor ?? null) === null ? (country ?? null) === null : (country ?? null) !== null)
    throw new BadRequest('Say either a corridor or a country.');
  if (!(quarters >= 1 && quarters <= QUARTERS))
    throw new BadRequest(`quarters must be between 1 and ${String(QUARTERS)}, not ${String(quarters)}.`);
  const kind = typeof corridor === 'string' ? 'corridor' : 'place';
  const code = await reads.knownCode(kind, corridor ?? country ?? '', kind === 'place' ? 'country' : kind);
  const area = kind === 'corridor' ? corridorScope(code) : countryScope(code);
  const filter = {
    ...(kind === 'corridor' ? { corridors: [code] } : { countries: [code] }),
    between: daysOf(today, quarters),
  };
  const question = matrixQuestion(by, 'quarter', filter);
  return reads.value(viewer, (compiler) => {
    const row = compiler.row(CELL);
    return sql`(with ${coverageTables(area, by, question, compiler)}
      select coalesce(json_agg(${compiler.object('CoverageCell', row, selection)}
        order by ${row.column('position')}, ${row.column('code')}, ${row.column('starts_on')}), '[]'::json)
      from ${sql.table(CELL)} as ${sql.ref(row.alias)})`;
  });
}

/** `coverage_cell`, and what it is made of, for a `with`. */
export function coverageTables(area: string, by: CoverageFacet, question: MatrixQuestion, compiler: Compiler): Sql {
  const { start, end } = question.between ?? {};
  const first = sql`make_date(left(column_code, 4)::int, right(column_code, 1)::int * 3 - 2, 1)`;
  return sql`${matrixTables(question, compiler)},
    coverage_cell as materialized (
      select facet, code, position, extract(year from starts_on)::int as year, extract(quarter from starts_on)::int as quarter, starts_on,
        (starts_on + interval '3 months' - interval '1 day')::date as ends_on, coalesce(actors, 0) as actors,
        coalesce(programmes, 0) as programmes, coalesce(campaigns, 0) as campaigns, coalesce(entries, 0) as entries, unseen is true as others
      from (select ${by}::text as facet, row_code as code, ${first} as starts_on, actors, programmes, campaigns, entries from matrix_cell) as seen
        full join (select ${by}::text as facet, code, quarter_start as starts_on, true as unseen
          from app.covered_by_others(${area}, ${by}) where quarter_start between ${start}::date and ${end}::date) as told
          using (facet, code, starts_on)
        left join (select kind as facet, code, position from term) as known using (facet, code))`;
}

function daysOf(today: number, quarters: number): { readonly start: string; readonly end: string } {
  const { start, end } = quartersFrom(epochDay(today), quarters);
  return { start: formatCalendarDate(start), end: formatCalendarDate(epochDay(end - 1)) };
}
