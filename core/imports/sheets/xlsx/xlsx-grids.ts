import type { Grid, GridRow } from '../grid.ts';
import { MergedCells } from './merged-cells.ts';
import { SheetRows } from './sheet-rows.ts';
import { readPart, readSharedStrings, readWorkbook } from './workbook-parts.ts';
import { ZipArchive } from './zip-archive.ts';

/**
 * The sheets of a workbook (Office Open XML, ECMA-376), in its order; hidden ones only when there is no other. Cells are as they
 * show: the values of formulas, dates as days, months or years, and merged cells in each row that they cover.
 * @throws PlainError for a damaged workbook, for what is none, and for anything beyond the limits
 */
export async function xlsxGrids(bytes: Uint8Array, fileName: string): Promise<readonly Grid[]> {
  const archive = await ZipArchive.open(bytes, fileName);
  const workbook = await readWorkbook(archive, fileName);
  const { stringsPart } = workbook;
  const strings = stringsPart === null ? [] : await readSharedStrings(archive, fileName, stringsPart);
  const shown = workbook.sheets.filter(({ hidden }) => !hidden);
  return (shown.length > 0 ? shown : workbook.sheets).map(({ name, part }): Grid => ({
    name,
    keys: null,
    format: workbook.from1904 ? 'XLSX, days counted from 1904' : 'XLSX',
    async *rows(): AsyncGenerator<GridRow> {
      const sheet = await archive.bytesOf(part);
      const listener = new SheetRows(workbook, strings, new MergedCells(sheet), `${fileName} sheet "${name}"`);
      yield* readPart(sheet, listener, fileName, part);
    },
  }));
}
