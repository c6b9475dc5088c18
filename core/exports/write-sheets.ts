import { stringify } from 'csv-stringify/sync';
import { writeXlsxStream } from 'hucre/xlsx';
import { SHEET_COLUMNS, guardFormula } from '../exchange/sheet-columns.ts';
import type { AboutExport, ExportWriter } from './about-export.ts';
import type { ExportedRecord } from './exported-records.ts';
import { type Cell, SHEET_OF, toRow } from './sheet-rows.ts';

/** Without it Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** CSV by RFC 4180 with HXL tags in the second row. No cell is taken for a formula. */
export const writeCsv: ExportWriter = async function* (records, about) {
  yield BYTE_ORDER_MARK;
  for await (const rows of sheetOf(records, about)) {
    const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guardFormula(cell) : cell)));
    yield stringify(cells, { record_delimiter: 'windows' });
  }
};

/** An Excel workbook of one sheet with HXL tags in its second row. Texts are texts, whatever they begin with. */
export const writeXlsx: ExportWriter = (records, about) =>
  writeXlsxStream(eachOf(sheetOf(records, about)), { name: about.list, freezePane: { rows: 2 }, repeatHeaders: false });

async function* sheetOf(
  records: AsyncIterable<readonly ExportedRecord[]>,
  about: AboutExport,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const columns = SHEET_OF[about.list].map((field) => SHEET_COLUMNS[field]);
  yield [columns.map(({ header }) => header), columns.map(({ tag }) => tag)];
  for await (const some of records) yield some.map((record) => toRow(record, about));
}

async function* eachOf(batches: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Cell[]> {
  for await (const rows of batches) for (const row of rows) yield [...row];
}
