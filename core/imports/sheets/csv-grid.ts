import { CsvError, parse as parseStream } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { PlainError } from '../../../platform/plain-error.ts';
import { decodeText } from './decode-text.ts';
import { checkRow, type Grid, type GridRow, LONGEST_CELL, MOST_COLUMNS, RowLimit, tidyCell } from './grid.ts';
import type { SheetMapping } from './mapping.ts';

const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;
type Delimiter = keyof typeof DELIMITERS;

/** As much of a file as tells what it is separated by. */
const HEAD = 50_000;

/**
 * The table of a CSV file, whatever it is separated by and encoded in.
 * @throws PlainError when the rows are read: for a quotation that never ends, and for rows beyond the limits.
 */
export function csvGrid(bytes: Uint8Array, fileName: string, mapping: SheetMapping): Grid {
  const { text, encoding } = decodeText(bytes, fileName, mapping.encoding);
  refuseBinary(text, fileName);
  const { start, said } = saidDelimiter(text);
  const delimiter = mapping.delimiter ?? said ?? guessDelimiter(text.slice(0, HEAD));
  return {
    name: null,
    keys: null,
    format: `CSV, separated by ${DELIMITERS[delimiter]}, ${encoding}`,
    rows: () => readRows(text.slice(start), fileName, delimiter, start === 0 ? 1 : 2),
  };
}

/** @param firstRow what the first line of `text` is called */
async function* readRows(
  text: string,
  fileName: string,
  delimiter: Delimiter,
  firstRow: number,
): AsyncGenerator<GridRow> {
  const parser = parseStream({ ...options(delimiter), max_record_size: MOST_COLUMNS * LONGEST_CELL });
  // The parser takes what it is given in pieces, so that rows come out while others wait.
  const feeding = feed(parser, text);
  const limit = new RowLimit(fileName);
  let row = firstRow - 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1;
      const cells = record.map(tidyCell);
      if (cells.every((cell) => cell === '')) continue;
      limit.count(row);
      yield checkRow({ row, cells: withoutEmptyEnd(cells) }, fileName);
    }
    await feeding;
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    // Rows may have been read ahead of the last one that was taken.
    const read = typeof thrown['records'] === 'number' ? thrown['records'] : row;
    throw new PlainError(`${fileName} row ${String(firstRow + read)}: ${explain(thrown)}`);
  } finally {
    parser.destroy();
  }
}

const PIECE = 100_000;

async function feed(parser: ReturnType<typeof parseStream>, text: string): Promise<void> {
  let wake: (() => void) | null = null;
  const proceed = (): void => wake?.();
  parser.on('drain', proceed).on('close', proceed);
  for (let from = 0; from < text.length && !parser.destroyed; from += PIECE) {
    if (!parser.write(text.slice(from, from + PIECE))) await new Promise<void>((resolve) => (wake = resolve));
  }
  if (!parser.destroyed) parser.end();
}

/** Said, so that they are not looked for at each sign. */
const ROW_ENDS = ['\r\n', '\n', '\r'];

/** People's files: rows of any length, and quotation marks inside of cells that are not quoted. */
function options(delimiter: string) {
  return { delimiter, record_delimiter: ROW_ENDS, relax_column_count: true, relax_quotes: true, bom: true };
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

/** `sep=;` in the first line, as Excel writes it and takes it. */
function saidDelimiter(text: string): { readonly start: number; readonly said: Delimiter | null } {
  const [line, said] = /^sep=([,;\t|])\r?\n/i.exec(text) ?? [];
  return line === undefined || said === undefined
    ? { start: 0, said: null }
    : { start: line.length, said: said as Delimiter };
}

/** The separator by which the most rows have the same number of cells, counted with their cells; a comma when none does. */
function guessDelimiter(head: string): Delimiter {
  const delimiters = Object.keys(DELIMITERS) as Delimiter[];
  const scored = delimiters.map((delimiter) => ({ delimiter, score: regularity(head, delimiter) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.delimiter;
}

function regularity(head: string, delimiter: Delimiter): number {
  let rows: string[][];
  try {
    // The last row may be cut off.
    rows = parse(head, { ...options(delimiter), to: 100 });
  } catch {
    rows = head.split(/\r\n|\n|\r/, 100).map((line) => line.split(delimiter));
  }
  const filled = rows.map((cells) => cells.length).filter((length) => length > 1);
  const lengths = Map.groupBy(filled, (length) => length);
  return Math.max(0, ...[...lengths].map(([length, same]) => same.length * Math.log2(length)));
}

function refuseBinary(text: string, fileName: string): void {
  const head = text.slice(0, 10_000);
  if (!head.includes('\0')) return;
  throw new PlainError(
    `${fileName} is no table of texts: it holds bytes that no text has. CSV, XLSX and JSON are read.`,
  );
}

function explain({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark opens a cell and none closes it.';
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return 'longer than a row may be. Is a quotation mark missing, or one too many?';
  }
  return `no CSV (${message}).`;
}
