import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Pages } from '../index.ts';
import type { Session } from './session.ts';
import { tableOf } from './terminal.ts';

const LARGEST_PAGE = 100;

/** `--limit`, for commands that list. */
export function limitOption(): Option {
  return new Option('--limit <n>', 'at most so many').default(50).argParser((text) => {
    const limit = Number(text);
    if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('It is a whole number from 1.');
    return limit;
  });
}

/** How many to fetch at once for a limit. */
export function firstFor(limit: number): number {
  return Math.min(limit, LARGEST_PAGE);
}

/** A column: its heading, and what it shows of a record. */
export type Column<T> = readonly [heading: string, of: (record: T) => string];

/** Shows the records of a list up to a limit, as a table or as a JSON array, and says when there are more; answers those shown. */
export async function showList<T>(
  { terminal, isJson }: Session,
  pages: Pages<T>,
  limit: number,
  columns: readonly Column<T>[],
): Promise<readonly T[]> {
  const records: T[] = [];
  let isMore = false;
  for await (const record of pages) {
    isMore = records.length === limit;
    if (isMore) break;
    records.push(record);
  }
  if (isJson) terminal.print(JSON.stringify(records, null, 2));
  else if (records.length === 0) terminal.tell('Nothing.');
  else terminal.print(asTable(terminal, columns, records));
  if (isMore) terminal.tell(`There are more: --limit shows more than ${String(limit)}.`);
  return records;
}

/** Records as a table. */
export function asTable<T>(
  terminal: Session['terminal'],
  columns: readonly Column<T>[],
  records: readonly T[],
): string {
  const rows = records.map((record) => columns.map(([, of]) => of(record)));
  return tableOf(
    terminal,
    columns.map(([heading]) => heading),
    rows,
  );
}

/** Codes, separated by blanks. */
export function codes(list: readonly { readonly code: string }[]): string {
  return list.map(({ code }) => code).join(' ');
}

/** `2026-03-01 – 2026-03-31`, `2026-03-01 –` without an end, nothing without days. */
export function days(range: { readonly start: string; readonly end: string | null } | null): string {
  if (range === null) return '';
  return range.start === range.end ? range.start : `${range.start} – ${range.end ?? ''}`.trimEnd();
}

/** 0 to 1, to two places. */
export function share(value: number): string {
  return value.toFixed(2);
}

/** `--json` and the rest, for the examples at the end of a help. */
export function examples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}
