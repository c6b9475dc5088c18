import { PlainError } from '../../../platform/plain-error.ts';

/** Rows of data of a sheet. */
export const MOST_ROWS = 100_000;
/** Rows that notes, header and tags may take above them. */
const ABOVE_DATA = 26;
export const MOST_COLUMNS = 200;
/** UTF-16 units of one cell; a spreadsheet program allows 32,767. */
export const LONGEST_CELL = 32_768;
/** Bytes of a file, packed or not. */
export const LARGEST_FILE = 10_000_000;

/** A row of a sheet as it came. */
export interface GridRow {
  /** From 1, as a spreadsheet program counts it, blank rows included; in JSON the place of the object in its list. */
  readonly row: number;
  /** Texts without blanks around; '' where nothing is. May be shorter than other rows. */
  readonly cells: readonly string[];
  /** Cells written once for several columns: `[first, last]`, from 0; only the first has the text. */
  readonly spans?: readonly (readonly [number, number])[];
}

/** A table of texts within a file, whatever the file is. */
export interface Grid {
  /** Name of the sheet; null where a file has only one. */
  readonly name: string | null;
  /** What keys are called by in a file that has no header row (JSON); null: the header is among the rows. */
  readonly keys: readonly string[] | null;
  /** How it was read, for people: `CSV, separated by ";", Windows-1252`. */
  readonly format: string;
  /** From the first row, each time anew. Rows without any text are left out. */
  rows(): AsyncIterable<GridRow> | Iterable<GridRow>;
}

/**
 * The row itself when it is within the limits.
 * @throws PlainError that names row and column of what is not.
 */
export function checkRow(row: GridRow, fileName: string): GridRow {
  if (row.cells.length > MOST_COLUMNS) {
    throw new PlainError(
      `${fileName} row ${String(row.row)}: ${String(row.cells.length)} columns; at most ${String(MOST_COLUMNS)} are read.`,
    );
  }
  const long = row.cells.findIndex((cell) => cell.length > LONGEST_CELL);
  if (long < 0) return row;
  throw new PlainError(
    `${fileName} row ${String(row.row)} column ${columnLetters(long)}: ${String(row.cells[long]?.length)} characters in one cell; at most ${String(LONGEST_CELL)} are read. Is a quotation mark missing before it?`,
  );
}

/** Counts rows that hold something. @throws PlainError past the most. */
export class RowLimit {
  private seen = 0;

  constructor(private readonly fileName: string) {}

  count(row: number): void {
    this.seen += 1;
    if (this.seen <= MOST_ROWS + ABOVE_DATA) return;
    throw new PlainError(
      `${this.fileName} row ${String(row)}: more than ${String(MOST_ROWS)} rows. Split the file into smaller ones.`,
    );
  }
}

/** What a spreadsheet program calls a column, from 0: A … Z, AA … */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

/** Signs that a text shows nothing of, and blanks that do not look like any other. */
const ODD_SIGNS = /(?![\t\n\r])[\p{Cc}\u200b\ufeff]/gu;

/** The text without blanks at its ends, signs that do not show, and no-break spaces. */
export function tidyCell(text: string): string {
  // Nearly all cells are of letters, digits and single signs.
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return text;
  return text.replaceAll(ODD_SIGNS, '').replaceAll('\u00a0', ' ').trim();
}
