import { stringify } from 'csv-stringify/sync';
import { type Cell, writeXlsx } from 'hucre/xlsx';
import type { Remark } from '../source-record.ts';
import { foldHeader } from './header-words.ts';
import type { SheetMapping } from './mapping.ts';
import { openGrids, sheetFormatOf } from './open-grids.ts';
import { type ChosenSheet, chooseSheet } from './survey.ts';

/** A sheet to be given back, and what is to be said of it. */
export interface AnnotationInput {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** As it was read with, so that it is the same sheet. */
  readonly mapping: SheetMapping;
  readonly remarks: readonly Remark[];
}

/** Header of the column that is added; nothing is read from it when the copy comes back. */
export const REMARKS_HEADER = 'Remarks';
const REMARKS_TAG = '#meta+remarks';

/** Rows of CSV written at once. */
const BLOCK = 1_000;
/** So many blank rows are kept, so that a row keeps its number; a hostile file may say that its next row is the millionth. */
const MOST_BLANK = 1_000;

const MARKS = { ERROR: 'FFC7CE', WARNING: 'FFEB9C' } as const;

/** A row of the copy. */
interface CopiedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly remarks: readonly Remark[];
}

/**
 * Copies the sheet that was read, with a column of remarks at its end: XLSX of XLSX, with the cells marked too, CSV (UTF-8) of
 * everything else. Rows keep their numbers, but those of JSON come one further down, below the header. A text that a spreadsheet
 * program would run gets an apostrophe before it, which is taken off when the copy is read.
 * @throws PlainError as reading the sheet does
 */
export async function* read({ bytes, fileName, mapping, remarks }: AnnotationInput): AsyncGenerator<Uint8Array> {
  const grids = await openGrids(bytes, fileName, mapping);
  const sheet = await chooseSheet(grids, mapping, fileName);
  const byRow = Map.groupBy(remarks, ({ row }) => row);
  const rows = copiedRows(sheet, byRow);
  if (sheetFormatOf(bytes, fileName) === 'xlsx') yield await toXlsx(sheet, rows);
  else yield* toCsv(rows);
}

async function* copiedRows(
  { grid, header }: ChosenSheet,
  remarks: ReadonlyMap<number, readonly Remark[]>,
): AsyncGenerator<CopiedRow> {
  const width = header.columns.length;
  const padded = (cells: readonly string[], last: string): string[] => {
    const all = Array.from({ length: width }, (_, index) => cells[index] ?? '');
    return [...all, last];
  };
  if (grid.keys) yield { row: 0, cells: padded(grid.keys, REMARKS_HEADER), remarks: [] };
  let previous = 0;
  for await (const { row, cells } of grid.rows()) {
    const blank = grid.keys ? 0 : Math.min(row - previous - 1, MOST_BLANK);
    for (let left = blank; left > 0; left--) yield { row: row - left, cells: [], remarks: [] };
    previous = row;
    const said = remarks.get(row) ?? [];
    const title = row === header.row ? REMARKS_HEADER : row === header.tagRow ? REMARKS_TAG : '';
    yield { row, cells: padded(cells, [title, ...said.map(sentence)].filter(Boolean).join(' · ')), remarks: said };
  }
}

/** `Start "03/04/2015" may be either of two days. Say which comes first …` */
function sentence({ severity, column, value, reason, suggestion }: Remark): string {
  const subject = [column, value === null ? null : `"${value}"`].filter((part) => part !== null).join(' ') || 'The row';
  return `${severity}: ${subject} ${reason}. ${suggestion ?? ''}`.trim();
}

async function* toCsv(rows: AsyncIterable<CopiedRow>): AsyncGenerator<Uint8Array> {
  let lines: (readonly string[])[] = [];
  // Without the mark Excel takes UTF-8 for another encoding.
  let mark = '\ufeff';
  const flush = (): Uint8Array => {
    const text = mark + stringify(lines, { escape_formulas: true });
    mark = '';
    lines = [];
    return Buffer.from(text);
  };
  for await (const { cells } of rows) {
    lines.push(cells);
    if (lines.length === BLOCK) yield flush();
  }
  yield flush();
}

async function toXlsx({ grid, header }: ChosenSheet, rows: AsyncIterable<CopiedRow>): Promise<Uint8Array> {
  const table: (string | number)[][] = [];
  const marked = new Map<string, Partial<Cell>>();
  const indexes = new Map(header.columns.map((column) => [foldHeader(column.header), column.index]));
  for await (const { cells, remarks } of rows) {
    const row = table.push(cells.map(toCell)) - 1;
    for (const { column, severity } of remarks) {
      const index = (column === null ? undefined : indexes.get(foldHeader(column))) ?? header.columns.length;
      marked.set(`${String(row)},${String(index)}`, {
        value: table[row]?.[index] ?? '',
        style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: MARKS[severity] } } },
      });
    }
  }
  return writeXlsx({ sheets: [{ name: grid.name ?? 'Sheet', rows: table, cells: marked }] });
}

/** A number stays one; a text that a program would run, when the sheet is saved as CSV, does not. */
function toCell(text: string): string | number {
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$/.test(text)) return Number(text);
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** What the copy of a file is called: `sheet-remarks.csv`. @throws PlainError for what is no sheet */
export function annotatedName({ bytes, fileName }: Pick<AnnotationInput, 'bytes' | 'fileName'>): string {
  const ending = sheetFormatOf(bytes, fileName) === 'xlsx' ? 'xlsx' : 'csv';
  return `${fileName.replace(/\.[^.]*$/, '')}-remarks.${ending}`;
}
