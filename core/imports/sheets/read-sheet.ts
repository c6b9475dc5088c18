import { foldName } from '../../vocabulary/place-names.ts';
import type { FromFile } from '../source-record.ts';
import { type DateOrders, findDateOrders } from './date-orders.ts';
import { RowFolder } from './fold-rows.ts';
import type { SheetField } from './field.ts';
import { type ColumnMeaning, findColumn } from './guess-columns.ts';
import { type KeptRow, type KeptRows, keepRows } from './keep-rows.ts';
import type { SheetMapping, StatedValue, Statement } from './mapping.ts';
import { openGrids } from './open-grids.ts';
import { readRow, spotsOf } from './read-row.ts';
import { type ReadColumn, RowCells } from './row-cells.ts';
import { DaysReader } from './row-days.ts';
import type { RowDays } from './row-statement.ts';
import { type ChosenSheet, chooseSheet, type SheetSurvey, surveyOf } from './survey.ts';

/** A sheet to be read, and what its sender says beside it. */
export interface SheetInput {
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly fileName: string;
  readonly mapping: SheetMapping;
  /** For rows that state no days. */
  readonly period: RowDays | null;
  /** For rows that name no country: a code or a name. */
  readonly country: string | null;
}

export interface SheetCounts {
  /** Rows of data: what stands above, header and tags are none. */
  readonly rows: number;
  /** Of these, how many differ from all before them. */
  readonly distinct: number;
  readonly records: number;
  /** Rows that went into no record. */
  readonly refused: number;
}

/** What reading a sheet tells: first the survey, then each record and each refused row, last the counts. */
export type FromSheet =
  | { readonly kind: 'survey'; readonly survey: SheetSurvey }
  | { readonly kind: 'found'; readonly found: FromFile }
  | { readonly kind: 'counts'; readonly counts: SheetCounts };

/**
 * Reads a sheet: CSV, XLSX or JSON, tagged or plain. Records come in the order of their first rows, then the refused rows.
 * Each row of data is in exactly one of them. Linear in the size of the file; of a file its mapped cells are in memory at once.
 * @throws PlainError that names the place, when the file is none of these, is damaged or beyond the limits
 */
export async function* read(input: SheetInput): AsyncGenerator<FromSheet> {
  const { bytes, fileName, mapping } = input;
  const grids = await openGrids(bytes, fileName, mapping);
  const sheet = await chooseSheet(grids, mapping, fileName);
  const used = columnsOf(sheet, mapping, fileName);
  const kept = await keepRows(sheet, used.meanings);
  const orders = findDateOrders(used.columns, kept.rows, mapping.dateOrder ?? null);
  yield { kind: 'survey', survey: surveyOf(sheet, grids, mapping, orders.ofSheet) };
  let records = 0;
  let refused = 0;
  for (const found of findings(input, sheet, used.columns, kept, orders)) {
    if (found.kind === 'record') records += 1;
    else refused += found.rows.length;
    yield { kind: 'found', found };
  }
  const rows = kept.rows.length + kept.refused.length;
  yield { kind: 'counts', counts: { rows, distinct: kept.distinct, records, refused } };
}

function* findings(
  { mapping, period, country }: SheetInput,
  sheet: ChosenSheet,
  columns: readonly ReadColumn[],
  { rows, refused: noData }: KeptRows,
  orders: DateOrders,
): Generator<FromFile> {
  const constants: Statement = {
    ...(period ? { period } : {}),
    ...(country === null ? {} : { country }),
    ...mapping.constants,
  };
  const reads = (...any: SheetField[]): boolean =>
    columns.some(({ fields }) => fields.some((field) => any.includes(field)));
  const values = columns.flatMap((column) => [...column.values.values()]);
  if (rows.length > 0 && !reads('name', 'theme') && !values.some(saysWhat) && !saysWhat(constants)) {
    yield refuseAll(rows, sheet);
    yield* noData;
    return;
  }
  const fromMapping = constants.period;
  const days = new DaysReader(
    orders.ofColumns,
    fromMapping ? { start: fromMapping.start, end: fromMapping.end ?? null } : null,
  );
  const defaults = { constants, namesOrganisations: reads('organisation', 'organisationCode') };
  const folder = new RowFolder();
  const refused: FromFile[] = [];
  for (const { row, cells } of rows) {
    const reading = readRow(new RowCells(row, columns, cells), days, defaults);
    if (reading.kind === 'stated') {
      folder.add(reading.statement, reading.remarks, () => spotsOf(new RowCells(row, columns, cells)));
    } else refused.push({ kind: 'refused', rows: [row], remarks: reading.remarks });
  }
  for (const { record, remarks } of folder.records()) yield { kind: 'record', record, remarks };
  yield* refused;
  yield* noData;
}

function saysWhat(value: StatedValue): boolean {
  return typeof value === 'object' && value !== null && (value.name !== undefined || (value.themes ?? []).length > 0);
}

/** Nothing can be read of a sheet of which nobody knows where it says what is done. */
function refuseAll(rows: readonly KeptRow[], { header, columns }: ChosenSheet): FromFile {
  const headers = columns.map((column) => `"${column.header}"`).join(', ');
  return {
    kind: 'refused',
    rows: rows.map(({ row }) => row),
    remarks: [
      {
        row: header.row ?? header.tagRow ?? rows[0]?.row ?? 1,
        column: null,
        value: null,
        severity: 'ERROR',
        reason: 'no column is known to say what is done (an activity, a sector or a theme)',
        suggestion: `Say in a mapping which of these columns does: ${headers}. Or give one name for all rows.`,
      },
    ],
  };
}

/** The columns of which something is read: those with a meaning, and those whose values a mapping gives one. */
function columnsOf(
  { header, columns }: ChosenSheet,
  { values = {} }: SheetMapping,
  fileName: string,
): { readonly meanings: readonly ColumnMeaning[]; readonly columns: readonly ReadColumn[] } {
  const valuesByIndex = new Map(
    Object.entries(values).map(([name, stated]) => {
      const folded = Object.entries(stated).map(([value, saying]) => [foldName(value), saying] as const);
      return [findColumn(header, name, fileName).index, new Map(folded)] as const;
    }),
  );
  const meanings = columns.filter(({ index, fields }) => fields.length > 0 || valuesByIndex.has(index));
  return {
    meanings,
    columns: meanings.map(({ index, header: name, fields }) => ({
      header: name,
      fields,
      values: valuesByIndex.get(index) ?? new Map<string, StatedValue>(),
    })),
  };
}
