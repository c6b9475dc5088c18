import { PlainError } from '../../../platform/plain-error.ts';
import { csvGrid } from './csv-grid.ts';
import { decodeText } from './decode-text.ts';
import { type Grid, LARGEST_FILE } from './grid.ts';
import { jsonGrid } from './json-grid.ts';
import type { SheetMapping } from './mapping.ts';
import { xlsxGrids } from './xlsx/xlsx-grids.ts';

/** What a file is by its first bytes, whatever its name says. */
export type SheetFormat = 'csv' | 'xlsx' | 'json';

/** First bytes of what people send instead of a sheet, and what to do about it. */
const OTHERS: readonly (readonly [signatures: readonly string[], what: string])[] = [
  [
    ['\xd0\xcf\x11\xe0'],
    'is a workbook of Excel before 2007, or one with a password. Save it as XLSX without a password.',
  ],
  [['%PDF'], 'is a PDF document. Ask for the sheet it was made from, as XLSX or CSV.'],
  [['\x1f\x8b', 'Rar!', '7z\xbc\xaf'], 'is a packed archive. Unpack it and send the sheet in it.'],
  [['\x89PNG', '\xff\xd8\xff', 'GIF8'], 'is a picture. Send the sheet it shows, as XLSX or CSV.'],
  [['SQLite format 3'], 'is a database. Export the table as CSV.'],
];

const MARKUP: readonly (readonly [RegExp, string])[] = [
  [
    /^<(?:!doctype html|html|head|body|table|div|script)\b/i,
    'is a web page (HTML) and no sheet. Perhaps it is a page to sign in on: download the file itself again.',
  ],
  [
    /^<[?!a-z]/i,
    'is XML. Activity files of IATI are XML too, but are no sheets; sheets are read as CSV, XLSX or JSON.',
  ],
  [/^BEGIN:VCALENDAR/i, 'is a calendar (iCalendar), and no sheet.'],
];

/** @throws PlainError for an empty or too large file, and for what is plainly no sheet. */
export function sheetFormatOf(bytes: Uint8Array, fileName: string): SheetFormat {
  if (bytes.length > LARGEST_FILE) {
    throw new PlainError(
      `${fileName} has ${String(Math.ceil(bytes.length / 1_000_000))} MB; at most ${String(LARGEST_FILE / 1_000_000)} MB are read. Split it into smaller files.`,
    );
  }
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (start.startsWith('PK')) return 'xlsx';
  const other = OTHERS.find(([signatures]) => signatures.some((signature) => start.startsWith(signature)));
  if (other) throw new PlainError(`${fileName} ${other[1]}`);
  const { text } = decodeText(bytes.subarray(0, 4_000), fileName);
  const head = text.trimStart();
  if (head === '' && bytes.length < 4_000) throw new PlainError(`${fileName} is empty.`);
  const markup = MARKUP.find(([signature]) => signature.test(head));
  if (markup) throw new PlainError(`${fileName} ${markup[1]}`);
  return /^(?:[[{]|(?:export\s|var\s|let\s|const\s|[\w$.]+\s*=\s*[[{]))/.test(head) ? 'json' : 'csv';
}

/**
 * The tables of a file; at least one, hidden ones only where there is no other.
 * @throws PlainError for what cannot be read as a table, and for anything beyond the limits
 */
export async function openGrids(bytes: Uint8Array, fileName: string, mapping: SheetMapping): Promise<readonly Grid[]> {
  switch (sheetFormatOf(bytes, fileName)) {
    case 'xlsx':
      return xlsxGrids(bytes, fileName);
    case 'json':
      return [jsonGrid(bytes, fileName, mapping)];
    case 'csv':
      return [csvGrid(bytes, fileName, mapping)];
  }
}
