import { hash } from 'node:crypto';
import type { FromFile } from '../source-record.ts';
import type { ColumnMeaning } from './guess-columns.ts';
import type { ChosenSheet } from './survey.ts';

/** A row until all are there: only then is known how days are written, and which rows belong together. */
export interface KeptRow {
  readonly row: number;
  /** One for each column of which something is read. */
  readonly cells: readonly string[];
}

export interface KeptRows {
  readonly rows: readonly KeptRow[];
  /** What stands among the rows and is no data, in order. */
  readonly refused: readonly FromFile[];
  /** How many rows differ from all before them. */
  readonly distinct: number;
}

/** As many characters as a digest has: shorter lines stand for themselves. */
const DIGEST = 28;

/** The rows of data below the header, and of their cells those of some columns. */
export async function keepRows(
  { grid, header }: ChosenSheet,
  columns: readonly Pick<ColumnMeaning, 'index'>[],
): Promise<KeptRows> {
  const rows: KeptRow[] = [];
  const refused: FromFile[] = [];
  const seen = new Set<string>();
  const headerLine = lineOf(header.texts);
  for await (const { row, cells } of grid.rows()) {
    if (row <= header.lastRow) continue;
    const line = lineOf(cells);
    // The lines themselves would keep every cell of the file in memory.
    seen.add(line.length < DIGEST ? line : hash('sha1', line, 'base64'));
    const why = line === headerLine ? 'repeats the header' : isTotal(cells) ? 'adds up other rows' : null;
    if (why === null) rows.push({ row, cells: columns.map(({ index }) => cells[index] ?? '') });
    else refused.push(refuse(row, why));
  }
  return { rows, refused, distinct: seen.size };
}

function lineOf(cells: readonly string[]): string {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1).join('\u001f');
}

function isTotal(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell !== '') ?? '';
  return /^(?:(?:grand |sub-? ?)?totals?|total g[eé]n[eé]ral|gran total|total geral|jumlah|المجموع):?$/i.test(first);
}

function refuse(row: number, reason: string): FromFile {
  const remark = { row, column: null, value: null, severity: 'ERROR', reason, suggestion: null } as const;
  return { kind: 'refused', rows: [row], remarks: [remark] };
}
