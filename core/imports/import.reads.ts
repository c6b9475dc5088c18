import { sql } from 'kysely';
import { changedAfter, oneOf } from '../projection/readers.ts';
import {
  type FieldReader,
  type Sql,
  type View,
  column,
  expression,
  sameRow,
  toConnection,
  toOne,
} from '../projection/view.ts';

/** A list of objects that a column keeps, in their order, each read as a view of these columns. */
const listIn =
  (type: string, from: string, shape: string): FieldReader =>
  (row, selection, context) => {
    const other = context.row(`${from}_part`);
    return sql`(select coalesce(json_agg(${context.object(type, other, selection)} order by position), '[]'::json)
      from rows from (jsonb_to_recordset(${row.column(from)}) as (${sql.raw(shape)}))
        with ordinality as ${sql.ref(other.alias)} (${sql.raw(namesIn(shape))}, position))`;
  };

const namesIn = (shape: string): string =>
  shape
    .split(', ')
    .map((part) => part.slice(0, part.indexOf(' ')))
    .join(', ');

const option = (name: string): FieldReader => expression((row) => sql`${row.column('options')} ->> ${sql.lit(name)}`);

const period: FieldReader = expression((row, selection, context) => {
  const stated = sql`${row.column('options')} -> 'period'`;
  const days = context.row('import_period');
  return sql`(select ${context.object('ImportPeriod', days, selection)}
    from jsonb_to_record(${stated}) as ${sql.ref(days.alias)} (start date, "end" date) where jsonb_typeof(${stated}) = 'object')`;
});

/** What a record is, whatever its kind; null where there is none, or the viewer does not see it. */
const record: FieldReader = (row, selection, context) => {
  const of = (type: string): Sql => toOne(type, 'record_id')(row, selection, context);
  return sql`case ${row.column('kind')} when 'programme' then ${of('Programme')} when 'campaign' then ${of('Campaign')}
    when 'calendar_entry' then ${of('CalendarEntry')} end`;
};

export const importViews: readonly View[] = [
  {
    type: 'ImportRun',
    table: 'import_run',
    prefix: 'imp',
    fields: {
      id: column(),
      fileName: column(),
      format: column(),
      bytes: column(),
      digest: column(),
      state: column(),
      progress: sameRow('ImportProgress'),
      counts: sameRow('ImportCounts', (row) => sql`${row.column('format')} is not null`),
      mapping: expression((row) => sql`${row.column('mapping')}::text`),
      period,
      country: option('country'),
      vouch: expression((row) => sql`coalesce((${row.column('options')} ->> 'vouch')::boolean, false)`),
      matches: listIn('ImportMatch', 'matches', 'name text, actor text, candidates jsonb'),
      items: toConnection('ImportItem', (item, run) => sql`${item.column('run_id')} = ${run.column('id')}`),
      failure: column(),
      version: column(),
      createdAt: column(),
      appliedAt: column(),
      rolledBackAt: column(),
    },
    filters: {
      ids: oneOf('id'),
      // A subscription follows one, whatever notices come.
      only: (row, value) => sql`${row.column('id')} = ${value}`,
      states: oneOf('state'),
      changedAfter,
    },
    orders: { created: { by: (row) => row.column('created_at'), type: 'timestamptz', descending: true } },
  },
  { type: 'ImportProgress', table: 'import_run', fields: { done: column(), total: column() } },
  { type: 'ImportPeriod', table: 'import_period', fields: { start: column(), end: column() } },
  {
    type: 'ImportCounts',
    table: 'import_run',
    fields: {
      rows: column(),
      distinct: column('differing'),
      records: column(),
      created: column(),
      changed: column(),
      unchanged: column(),
      merged: column(),
      refused: column(),
      registered: column(),
    },
  },
  {
    type: 'ImportMatch',
    table: 'matches_part',
    fields: {
      name: column(),
      actor: toOne('Actor', 'actor'),
      candidates: listIn('ImportCandidate', 'candidates', 'actor text, confidence float8'),
    },
  },
  {
    type: 'ImportCandidate',
    table: 'candidates_part',
    fields: { actor: toOne('Actor', 'actor'), confidence: column() },
  },
  {
    type: 'ImportItem',
    table: 'import_item',
    prefix: 'imi',
    fields: {
      id: column(),
      rows: column(),
      outcome: column(),
      name: column(),
      record,
      changedFields: column('fields'),
      remarks: listIn(
        'ImportRemark',
        'remarks',
        '"row" int, "column" text, severity text, value text, reason text, suggestion text',
      ),
      undone: column(),
      undoneBecause: column(),
    },
    filters: {
      outcomes: oneOf('outcome'),
      withRemarks: (row, value) => sql`(${row.column('remarks')} <> '[]') = ${value}`,
    },
    orders: { position: { by: (row) => row.column('position'), type: 'int4' } },
  },
  {
    type: 'ImportRemark',
    table: 'remarks_part',
    fields: {
      row: column(),
      column: column(),
      severity: column(),
      value: column(),
      reason: column(),
      suggestion: column(),
    },
  },
];
