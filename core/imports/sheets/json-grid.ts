import { PlainError, messageOf } from '../../../platform/plain-error.ts';
import { decodeText } from './decode-text.ts';
import { checkRow, type Grid, type GridRow, MOST_COLUMNS, MOST_ROWS, RowLimit, tidyCell } from './grid.ts';
import type { SheetMapping } from './mapping.ts';

/** Lists within lists; deeper ones would have the parser end the whole process. */
const DEEPEST = 20;
/** Lists and objects in one file: two of them in each row. */
const MOST_PARTS = MOST_ROWS * 3;

/** What may hold the rows of an answer of a web service. */
const ROW_KEYS = ['data', 'rows', 'records', 'results', 'result', 'items', 'value'];

/**
 * The table of a JSON file: a list of objects, whose keys are the header, or a list of lists. Also what holds such a list under
 * a usual name (`{"data": […]}`), and a script that gives it one (`var data = […];`).
 * @throws PlainError that says where it is no JSON, or what it holds instead of rows
 */
export function jsonGrid(bytes: Uint8Array, fileName: string, mapping: SheetMapping): Grid {
  const { text, encoding } = decodeText(bytes, fileName, mapping.encoding);
  const { json, script } = withoutScript(text);
  refuseDeep(json, fileName);
  const rows = rowsOf(parseJson(json, fileName), fileName);
  const format = `${script ? 'JSON in a script' : 'JSON'}, ${encoding}`;
  if (rows.every((row) => Array.isArray(row))) {
    return { name: null, keys: null, format, rows: () => readLists(rows, fileName) };
  }
  const keys = keysOf(rows, fileName);
  return { name: null, keys, format, rows: () => readObjects(rows, keys, fileName) };
}

/** `var data = […];`, also behind `const`, `let`, `window.` and as an export; blanks keep every place where it was. */
function withoutScript(text: string): { readonly json: string; readonly script: boolean } {
  const [head] =
    /^\s*(?:export\s+default|(?:export\s+)?(?:var|let|const)\s+[\w$]+\s*=|[\w$.]+\s*=)\s*(?=[[{])/.exec(text) ?? [];
  if (head === undefined) return { json: text, script: false };
  const json = head.replaceAll(/[^\n]/g, ' ') + text.slice(head.length).replace(/;\s*$/, '');
  return { json, script: true };
}

/** Walks over every sign once: an expression for strings would go back and forth in a hostile file. */
function refuseDeep(json: string, fileName: string): void {
  let depth = 0;
  let parts = 0;
  let line = 1;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (sign === '\n') line += 1;
    else if (sign === '"') inString = !inString;
    else if (inString) at += sign === '\\' ? 1 : 0;
    else if (sign === ']' || sign === '}') depth -= 1;
    else if (sign === '[' || sign === '{') {
      depth += 1;
      parts += 1;
    }
    if (depth > DEEPEST) {
      throw new PlainError(`${fileName} line ${String(line)}: lists within lists, deeper than ${String(DEEPEST)}.`);
    }
    if (parts > MOST_PARTS) {
      throw new PlainError(
        `${fileName} line ${String(line)}: more than ${String(MOST_ROWS)} rows. Split the file into smaller ones.`,
      );
    }
  }
}

function parseJson(json: string, fileName: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (thrown) {
    throw new PlainError(`${fileName}${placeOf(thrown, json)}: no well-formed JSON (${reasonOf(thrown)}).`);
  }
}

function placeOf(thrown: unknown, json: string): string {
  const position = /position (\d+)/.exec(messageOf(thrown))?.[1];
  const before = json.slice(0, position === undefined ? json.length : Number(position));
  return ` line ${String(before.split('\n').length)}`;
}

/** V8 repeats some of the file behind its reason. */
function reasonOf(thrown: unknown): string {
  return messageOf(thrown).replace(/(?:,? (?:"|\.\.\.).*| in JSON at position .*)$/s, '');
}

function rowsOf(value: unknown, fileName: string): readonly object[] {
  const list = Array.isArray(value) ? value : heldList(value);
  if (list === null) {
    throw new PlainError(
      `${fileName} holds no list of rows: expected [{"Organisation": "…", …}, …], found ${kindOf(value)}.`,
    );
  }
  const other = list.findIndex((row) => typeof row !== 'object' || row === null);
  if (other >= 0) {
    throw new PlainError(`${fileName} row ${String(other + 1)}: expected an object, found ${kindOf(list[other])}.`);
  }
  return list as readonly object[];
}

function heldList(value: unknown): readonly unknown[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const held = ROW_KEYS.map((key) => (value as Record<string, unknown>)[key]).find((part) => typeof part === 'object');
  if (held === undefined) return null;
  return Array.isArray(held) ? held : heldList(held);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Every key of every row, in the order in which they come. */
function keysOf(rows: readonly object[], fileName: string): readonly string[] {
  const keys = new Set<string>();
  for (const [index, row] of rows.entries()) {
    for (const key of Object.keys(row)) keys.add(key);
    if (keys.size > MOST_COLUMNS) {
      throw new PlainError(
        `${fileName} row ${String(index + 1)}: more than ${String(MOST_COLUMNS)} different keys so far; no more columns are read.`,
      );
    }
  }
  return [...keys];
}

function* readObjects(rows: readonly object[], keys: readonly string[], fileName: string): Generator<GridRow> {
  yield* numbered(rows, fileName, (row) => {
    const values = row as Readonly<Record<string, unknown>>;
    return keys.map((key) => (Object.hasOwn(values, key) ? cellOf(values[key]) : ''));
  });
}

function* readLists(rows: readonly object[], fileName: string): Generator<GridRow> {
  yield* numbered(rows, fileName, (row) => (row as readonly unknown[]).map(cellOf));
}

function* numbered(
  rows: readonly object[],
  fileName: string,
  toCells: (row: object) => readonly string[],
): Generator<GridRow> {
  const limit = new RowLimit(fileName);
  for (const [index, row] of rows.entries()) {
    const cells = toCells(row);
    if (cells.every((cell) => cell === '')) continue;
    limit.count(index + 1);
    yield checkRow({ row: index + 1, cells }, fileName);
  }
}

/** A list becomes its parts with `;` between; an object its JSON. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellOf).join('; ');
  if (typeof value === 'object') return JSON.stringify(value);
  return tidyCell(String(value as string | number | boolean));
}
