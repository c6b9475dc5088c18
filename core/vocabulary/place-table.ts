import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { PlainError, messageOf } from '../../platform/plain-error.ts';
import type { Work } from '../access/unit-of-work.ts';
import { lockBits } from './term-insertion.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { VocabularyService } from './vocabulary.service.ts';

/** What became of a table of P-codes: every row of it, once. */
export interface PlaceTableReport {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly line: number; readonly pcode: string; readonly reason: string }[];
}

interface TableRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly pcode: string;
  readonly name: string;
  /** ISO 3166 code or P-code of what it lies in; empty: not stated. */
  readonly within: string;
  readonly aliases: readonly string[];
}

interface NewPlace {
  readonly code: string;
  readonly country: string;
  readonly parent: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

const MOST_ROWS = 200_000;
const MOST_BYTES = 50_000_000;
const PCODE = /^[A-Z]{2}[A-Z0-9.-]{0,40}$/u;

/** Headers by what they hold; of several that a table has, the first. */
const HEADERS: Readonly<Record<'pcode' | 'name' | 'within' | 'aliases' | 'level', readonly string[]>> = {
  pcode: ['pcode', 'p_code', 'p-code', 'admin_pcode', 'code', '#adm+code'],
  name: ['name', 'admin_name', 'place', '#adm+name'],
  within: ['within', 'iso', 'iso_3166_2', 'iso3166-2', 'parent', 'country'],
  aliases: ['aliases', 'other_names', 'alt_name'],
  level: ['level', 'adm_level', 'admin_level'],
};

/**
 * Takes a table of P-codes over: CSV with the columns `pcode`, `name`, `within` (an ISO 3166-2 subdivision, a country, or a P-code of
 * the table or of an earlier one) and, if there are some, `aliases` apart by `|`, and `level` (0: a country, and is left out). A row of HXL tags is
 * passed over. Without `within`, a P-code lies in the longest one that it begins with, else in the country of its first letters.
 * On the worker login, in the caller's transaction. Doing it again changes nothing; nothing is ever deleted, because records name places.
 * @throws PlainError when the file is no such table.
 */
export async function loadPlaceTable(
  work: Work,
  vocabularies: VocabularyService,
  file: string,
): Promise<PlaceTableReport> {
  const rows = readTable(file);
  await lockBits(work.em);
  const { places, refused } = arrange(rows, await vocabularies.current(work.em));
  const { rows: counts } = await sql<{ created: number; changed: number }>`
    with shipped as (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (code text, country text, parent text, name text, aliases text[])
    ), changed as (
      update place set name = shipped.name, aliases = shipped.aliases from shipped
      where place.code = shipped.code and (place.name, place.aliases) is distinct from (shipped.name, shipped.aliases) returning 1
    ), created as (
      insert into place (code, kind, country, parent, bit, name, aliases)
      select code, 'p_code', country, parent, null, name, aliases from shipped on conflict (code) do nothing returning 1
    ) select (select count(*)::int from created) as created, (select count(*)::int from changed) as changed`.execute(
    work.em.getKysely(),
  );
  const { created = 0, changed = 0 } = counts[0] ?? {};
  return { created, changed, unchanged: places.length - created - changed, refused };
}

function readTable(file: string): readonly TableRow[] {
  if (Buffer.byteLength(file) > MOST_BYTES) throw new PlainError('The table has more than 50 MB: split it.');
  const records = parseCsv(file);
  const [header, ...body] = records;
  const headers = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const at = (of: keyof typeof HEADERS): number => {
    const known = HEADERS[of].find((name) => headers.includes(name));
    return known === undefined ? -1 : headers.indexOf(known);
  };
  const columns = {
    pcode: at('pcode'),
    name: at('name'),
    within: at('within'),
    aliases: at('aliases'),
    level: at('level'),
  };
  if (columns.pcode < 0 || columns.name < 0) {
    throw new PlainError(
      `The first line must name the columns pcode and name; found: ${headers.slice(0, 20).join(', ').slice(0, 300) || 'nothing'}.`,
    );
  }
  if (body.length > MOST_ROWS)
    throw new PlainError(`At most ${String(MOST_ROWS)} rows are taken, found ${String(body.length)}.`);
  return body.flatMap(({ line, cells }) => {
    const cell = (column: number): string => (cells[column] ?? '').trim();
    const isTags = cells.every((text) => text.trim() === '' || text.trim().startsWith('#'));
    if (isTags || cell(columns.level) === '0') return [];
    const aliases = cell(columns.aliases)
      .split('|')
      .map((alias) => alias.trim())
      .filter(Boolean);
    return [
      {
        line,
        pcode: cell(columns.pcode).toUpperCase(),
        name: cell(columns.name),
        within: cell(columns.within).toUpperCase(),
        aliases,
      },
    ];
  });
}

function parseCsv(file: string): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  try {
    const parsed: unknown = parse(file, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: 100_000,
    });
    return (parsed as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    throw new PlainError(`The table is no CSV: ${messageOf(error)}.`);
  }
}

/** Parents before children; rows that cannot be placed, each with why. */
function arrange(
  rows: readonly TableRow[],
  vocabulary: Vocabulary,
): { readonly places: readonly NewPlace[]; readonly refused: PlaceTableReport['refused'] } {
  const byCode = new Map<string, TableRow>();
  const refused: { line: number; pcode: string; reason: string }[] = [];
  const refuse = ({ line, pcode }: TableRow, reason: string): void => {
    refused.push({ line, pcode: pcode.slice(0, 60), reason });
  };
  const alpha3 = new Map(
    vocabulary
      .allPlaces()
      .flatMap(({ place, names }) =>
        place.kind === 'country'
          ? names.filter((name) => /^[A-Z]{3}$/u.test(name)).map((code) => [code, place.code] as const)
          : [],
      ),
  );
  for (const row of rows) {
    const stored = vocabulary.place(row.pcode);
    if (!PCODE.test(row.pcode))
      refuse(row, 'a P-code has two capital letters first, then letters, digits, points and hyphens');
    else if (row.name === '' || row.name.length > 300) refuse(row, 'the name must have 1 to 300 letters');
    else if (stored && stored.kind !== 'p_code')
      refuse(row, `${row.pcode} is ${stored.name} of ISO 3166, which no table changes`);
    else if (byCode.has(row.pcode)) refuse(row, `line ${String(byCode.get(row.pcode)?.line)} has the same P-code`);
    else byCode.set(row.pcode, row);
  }
  const placed = new Map<string, NewPlace | null>();
  const place = (row: TableRow, passed: ReadonlySet<string>): NewPlace | null => {
    const known = placed.get(row.pcode);
    if (known !== undefined) return known;
    const parent = parentOf(row, passed);
    const stored = vocabulary.place(row.pcode);
    const moves = stored !== undefined && parent !== null && stored.parent !== parent.code;
    if (parent === null)
      refuse(row, `nothing is known of ${row.within || 'the country of its first letters'}, in which it should lie`);
    else if (moves) refuse(row, `it lies in ${stored.parent ?? ''} already, and a place stays where it is`);
    const made =
      parent === null || moves
        ? null
        : { code: row.pcode, country: parent.country, parent: parent.code, name: row.name, aliases: row.aliases };
    placed.set(row.pcode, made);
    return made;
  };
  const parentOf = (
    row: TableRow,
    passed: ReadonlySet<string>,
  ): { readonly code: string; readonly country: string } | null => {
    if (row.within !== '') return find(row.within, new Set([...passed, row.pcode]));
    for (let length = row.pcode.length - 1; length > 3; length -= 1) {
      const prefix = row.pcode.slice(0, length);
      const found = byCode.has(prefix) || vocabulary.place(prefix)?.kind === 'p_code' ? find(prefix, passed) : null;
      if (found) return found;
    }
    const [letters = ''] = /^[A-Z]+/u.exec(row.pcode) ?? [];
    return find(letters.slice(0, letters.length === 2 ? 2 : 3), passed);
  };
  const find = (
    code: string,
    passed: ReadonlySet<string>,
  ): { readonly code: string; readonly country: string } | null => {
    const row = byCode.get(code);
    if (row) return passed.has(code) ? null : (place(row, passed) ?? vocabulary.place(code) ?? null);
    return vocabulary.place(code) ?? vocabulary.place(alpha3.get(code) ?? '') ?? null;
  };
  for (const row of byCode.values()) place(row, new Set());
  return {
    places: [...placed.values()].filter((one) => one !== null),
    refused: refused.toSorted((a, b) => a.line - b.line),
  };
}
