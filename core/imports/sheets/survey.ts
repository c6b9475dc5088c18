import { foldName } from '../../vocabulary/place-names.ts';
import { PlainError } from '../../../platform/plain-error.ts';
import type { SheetField } from './field.ts';
import { findHeader, type Header } from './find-header.ts';
import type { Grid, GridRow } from './grid.ts';
import { type ColumnMeaning, guessColumns } from './guess-columns.ts';
import { type DateOrder, NO_MAPPING, type SheetMapping } from './mapping.ts';

/** Rows at the beginning that tell what columns mean. */
const SAMPLE_ROWS = 250;

/** What a file was found to be, for people to look at and correct. */
export interface SheetSurvey {
  /** `CSV, separated by commas, utf-8`. */
  readonly format: string;
  /** The sheet read; null where the file has only one table. */
  readonly sheet: string | null;
  /** All sheets of the file. */
  readonly sheets: readonly string[];
  /** The row of the header texts and of the tags, from 1; null when there is none. */
  readonly headerRow: number | null;
  readonly tagRow: number | null;
  readonly columns: readonly ColumnMeaning[];
  /** How days with slashes or dashes are read; null when neither the sheet shows it nor anybody said. */
  readonly dateOrder: DateOrder | null;
  /** What columns mean and how days are written as a mapping: given back, the next file is read like this one. */
  readonly mapping: SheetMapping;
}

export interface ChosenSheet {
  readonly grid: Grid;
  readonly header: Header;
  readonly columns: readonly ColumnMeaning[];
}

/**
 * The sheet of a file that the mapping names, else the one of which the most can be read: a tagged one before others, then by
 * the number of its known columns, then the first.
 * @throws PlainError when the file has no sheet of that name, or none with rows
 */
export async function chooseSheet(
  grids: readonly Grid[],
  mapping: SheetMapping,
  fileName: string,
): Promise<ChosenSheet> {
  const wanted = mapping.sheet;
  const named = grids.filter(
    ({ name }) => wanted === undefined || name === null || foldName(name) === foldName(wanted),
  );
  if (named.length === 0) {
    const names = grids.map(({ name }) => `"${name ?? ''}"`).join(', ');
    throw new PlainError(
      `The mapping names a sheet "${wanted ?? ''}", which ${fileName} does not have. It has ${names}.`,
    );
  }
  let best: { readonly chosen: ChosenSheet; readonly score: number } | null = null;
  for (const grid of named) {
    const head = await firstRows(grid, SAMPLE_ROWS);
    if (head.length === 0) continue;
    const header = findHeader(grid, head, mapping.headerRow);
    const sample = head.filter(({ row }) => row > header.lastRow);
    // A mapping may name columns that only the right sheet has.
    const guessed = guessColumns(header, sample, NO_MAPPING, fileName);
    const score = scoreOf(guessed) + (header.tagRow === null ? 0 : 100) + (sample.length > 0 ? 1 : 0);
    if (best && score <= best.score) continue;
    const columns = named.length === 1 ? guessColumns(header, sample, mapping, fileName) : guessed;
    best = { chosen: { grid, header, columns }, score };
  }
  if (!best) throw new PlainError(`${fileName} holds no rows.`);
  const { grid, header } = best.chosen;
  if (named.length === 1) return best.chosen;
  const sample = (await firstRows(grid, SAMPLE_ROWS)).filter(({ row }) => row > header.lastRow);
  return { grid, header, columns: guessColumns(header, sample, mapping, fileName) };
}

function scoreOf(columns: readonly ColumnMeaning[]): number {
  return columns.reduce((sum, { fields, confidence }) => sum + (fields.length > 0 ? confidence : 0), 0);
}

async function firstRows(grid: Grid, most: number): Promise<readonly GridRow[]> {
  const rows: GridRow[] = [];
  for await (const row of grid.rows()) {
    rows.push(row);
    if (rows.length === most) break;
  }
  return rows;
}

/** What is shown of a sheet and how it is read. */
export function surveyOf(
  sheet: ChosenSheet,
  grids: readonly Grid[],
  given: SheetMapping,
  dateOrder: DateOrder | null,
): SheetSurvey {
  const { grid, header, columns } = sheet;
  return {
    format: grid.format,
    sheet: grid.name,
    sheets: grids.flatMap(({ name }) => name ?? []),
    headerRow: header.row,
    tagRow: header.tagRow,
    columns,
    dateOrder,
    mapping: toMapping(sheet, given, dateOrder),
  };
}

/**
 * The meanings of the columns as a mapping, with all that was given. Sheet and header row only when they were: next month's sheet has
 * another name, and its header stands elsewhere.
 */
function toMapping({ columns }: ChosenSheet, given: SheetMapping, dateOrder: DateOrder | null): SheetMapping {
  return {
    ...given,
    ...(dateOrder === null ? {} : { dateOrder }),
    columns: Object.fromEntries(columns.map(({ header: name, fields }) => [name, oneOrMany(fields)])),
  };
}

function oneOrMany(fields: readonly SheetField[]): SheetField | SheetField[] | null {
  const [only] = fields;
  if (only === undefined) return null;
  return fields.length === 1 ? only : [...fields];
}
