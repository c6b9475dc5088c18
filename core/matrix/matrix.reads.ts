import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection } from '../projection/selection.ts';
import { type FieldReader, type Row, type View, column, sameRow } from '../projection/view.ts';
import type { AxisName } from './axes.ts';
import { matrixQuestion } from './matrix-question.ts';
import { MOST_ACTORS, matrixTables } from './matrix-statement.ts';

/** Values that one side may have, and cells that both may make. */
const MOST_VALUES = 300;
const MOST_CELLS = 10_000;

/** Not tables of the database, but of the statement; see `matrixTables`. */
const CELL = 'matrix_cell';
const COUNTS = { actors: column(), programmes: column(), campaigns: column(), entries: column() };

/** A matrix is no row: its fields are read from the tables of its statement. */
const THE_MATRIX: Row = {
  alias: 'matrix',
  column: (name) => {
    throw new Error(`a matrix has no column ${name}`);
  },
};

const headings =
  (table: string): FieldReader =>
  (_matrix, selection, context) => {
    const heading = context.row(table);
    return sql`coalesce((select json_agg(${context.object('MatrixHeading', heading, selection)} order by ${heading.column('position')})
      from ${sql.table(table)} as ${sql.ref(heading.alias)}), '[]'::json)`;
  };

const cells: FieldReader = (_matrix, selection, context) => {
  const cell = context.row(CELL);
  return sql`coalesce((select json_agg(${context.object('MatrixCell', cell, selection)} order by matrix_row.position, matrix_column.position)
    from ${sql.table(CELL)} as ${sql.ref(cell.alias)} join matrix_row on matrix_row.code = ${cell.column('row_code')}
      join matrix_column on matrix_column.code = ${cell.column('column_code')}), '[]'::json)`;
};

/** What is in some cell, or what matches the filter and is in none. */
const counted =
  (isPlaced: boolean): FieldReader =>
  (_matrix, selection, context) => {
    const total = context.row('total');
    return sql`(select ${context.object('MatrixCounts', total, selection)} from (
      select count(distinct owner_id)::int as actors, coalesce(sum(programmes), 0)::int as programmes,
        coalesce(sum(campaigns), 0)::int as campaigns, coalesce(sum(entries), 0)::int as entries
      from matrix_record where (row_codes <> '{}' and column_codes <> '{}') = ${sql.lit(isPlaced)}) as ${sql.ref(total.alias)})`;
  };

const actors: FieldReader = (cell, selection, context) => {
  const first = Number(selection.args['first']);
  if (!(first >= 1 && first <= MOST_ACTORS))
    throw new BadRequest(`${selection.key}: first must be between 1 and ${String(MOST_ACTORS)}, not ${String(first)}.`);
  const actor = context.row('actor');
  return sql`coalesce((select json_agg(${context.object('Actor', actor, selection)} order by place)
    from unnest(${cell.column('owner_ids')}[1:${sql.lit(first)}]) with ordinality as listed (listed_id, place)
      join actor as ${sql.ref(actor.alias)} on ${actor.column('id')} = listed_id), '[]'::json)`;
};

/** The value of a cell where one of its axes has this filter. */
const valueOf =
  (filter: string): FieldReader =>
  (cell) =>
    sql`case ${sql.lit(filter)} when ${cell.column('row_filter')} then array[${cell.column('row_code')}]
      when ${cell.column('column_filter')} then array[${cell.column('column_code')}] end`;

const VALUES = ['owners', 'ownerKinds', 'countries', 'corridors', 'themes', 'audiences', 'channels', 'languages'];

export const matrixViews: readonly View[] = [
  {
    type: 'Matrix',
    table: CELL,
    fields: {
      rows: headings('matrix_row'),
      columns: headings('matrix_column'),
      cells,
      total: counted(true),
      unplaced: counted(false),
    },
  },
  { type: 'MatrixHeading', table: CELL, fields: { code: column(), label: column(), ...COUNTS } },
  { type: 'MatrixCounts', table: CELL, fields: COUNTS },
  {
    type: 'MatrixCell',
    table: CELL,
    fields: {
      row: column('row_code'),
      column: column('column_code'),
      ...COUNTS,
      owners: actors,
      filter: sameRow('MatrixCellFilter'),
    },
  },
  {
    type: 'MatrixCellFilter',
    table: CELL,
    fields: {
      ...Object.fromEntries(VALUES.map((name) => [name, valueOf(name)])),
      between: sameRow('DayRange', (cell) => sql`${cell.column('starts_on')} is not null`),
    },
  },
];

/**
 * Who does what where: what the viewer may read, laid out by two axes, in one statement.
 * @throws {BadRequest} for equal or overlong axes, and for codes that do not exist
 */
export async function readMatrix(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  const { args } = await reads.withKnownCodes('CalendarEntry', selection);
  const [rows, columns] = [args['rows'] as AxisName, args['columns'] as AxisName];
  const question = matrixQuestion(rows, columns, args['filter']);
  const answer = await reads.value(viewer, (compiler) => {
    const lengths = sql`(select count(*) as rows from matrix_row) as r, (select count(*) as columns from matrix_column) as c`;
    return sql`(with ${matrixTables(question, compiler)}
      select case when greatest(rows, columns) > ${sql.lit(MOST_VALUES)} or rows * columns > ${sql.lit(MOST_CELLS)}
        then json_build_object('tooLong', json_build_array(rows, columns))
        else ${compiler.object('Matrix', THE_MATRIX, selection)} end from ${lengths})`;
  });
  refuseTooLong(answer, rows, columns);
  return answer;
}

function refuseTooLong(answer: unknown, rows: AxisName, columns: AxisName): void {
  const lengths: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'tooLong') : undefined;
  if (!Array.isArray(lengths)) return;
  throw new BadRequest(
    `rows ${rows.toUpperCase()} has ${String(lengths[0])} values and columns ${columns.toUpperCase()} ${String(lengths[1])}: a matrix has at most ` +
      `${String(MOST_VALUES)} of either and ${String(MOST_CELLS)} cells. Narrow it by the filter: values of an axis named there are its only ones.`,
  );
}
