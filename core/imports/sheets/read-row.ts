import type { NamedOrganisation, Remark, Spot } from '../source-record.ts';
import { readActorKind, readStatus, STATUS_HINT } from './cell-words.ts';
import type { SheetField } from './field.ts';
import type { Statement, Status } from './mapping.ts';
import type { RowCells } from './row-cells.ts';
import type { DaysReader } from './row-days.ts';
import { readPlaces } from './row-places.ts';
import type { RowReading } from './row-statement.ts';

/** What holds for rows that do not say it themselves. */
export interface RowDefaults {
  readonly constants: Statement;
  /** Whether some column says who; then a row without organisation is refused, else it is the sender's. */
  readonly namesOrganisations: boolean;
}

/** Characters that the hub keeps of a name. */
export const LONGEST_NAME = 300;

/** What a row says, or why it is refused. What the mapping says of a value stands before the row, and the row before the constants. */
export function readRow(
  cells: RowCells,
  daysReader: DaysReader,
  { constants, namesOrganisations }: RowDefaults,
): RowReading {
  const { stated } = cells;
  const refuse = (field: SheetField | null, reason: string, suggestion: string): RowReading => ({
    kind: 'refused',
    remarks: [cells.remark('ERROR', field && (cells.one(field) ?? null), reason, suggestion)],
  });
  if (cells.leftOut) {
    return { kind: 'refused', remarks: [cells.remark('ERROR', cells.leftOut, 'is left out by the mapping', null)] };
  }
  const owner = ownerOf(
    cells,
    stated.organisation ?? cells.one('organisation')?.text ?? constants.organisation ?? null,
  );
  if (owner === null && namesOrganisations) {
    return refuse(
      null,
      'names no organisation',
      'Fill in who does it, or give an organisation for such rows in the mapping.',
    );
  }
  const themes = stated.themes ?? orElse(cells.all('theme'), constants.themes);
  const name = stated.name ?? cells.one('name')?.text ?? constants.name ?? cells.one('theme')?.text ?? themes[0];
  if (name === undefined) {
    return refuse(
      null,
      'does not say what is done',
      'Fill in an activity or a sector, or give a name for such rows in the mapping.',
    );
  }
  const when = daysReader.read(cells);
  if (when.kind === 'refused') return when;
  const remarks: Remark[] = [...when.remarks];
  const where = readPlaces(cells, stated.country ?? constants.country ?? null);
  remarks.push(...where.remarks);
  const status = stated.status ?? statusOf(cells, remarks) ?? constants.status ?? null;
  const days = stated.period ?? when.days ?? constants.period ?? null;
  return {
    kind: 'stated',
    remarks,
    statement: {
      row: cells.row,
      owner,
      partners: partnersOf(cells),
      identifier: cells.one('identifier')?.text.slice(0, LONGEST_NAME) ?? null,
      ...textsOf(name, cells.one('description')?.text ?? null),
      status,
      days: days && { start: days.start, end: days.end ?? null },
      ownDays: stated.period ? null : when.days,
      places: where.places,
      corridors: stated.corridors ?? orElse(cells.all('corridor'), constants.corridors),
      themes,
      audiences: stated.audiences ?? orElse(cells.all('audience'), constants.audiences),
      channels: stated.channels ?? orElse(cells.all('channel'), constants.channels),
      languages: stated.languages ?? orElse(cells.all('language').flatMap(splitLanguages), constants.languages),
    },
  };
}

function orElse(own: readonly string[], constant: readonly string[] | undefined): readonly string[] {
  return own.length > 0 ? own : (constant ?? []);
}

function splitLanguages(text: string): readonly string[] {
  return text.split(/[,/]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** A name in one line; what is too long for one is the description as well. */
function textsOf(
  written: string,
  described: string | null,
): { readonly name: string; readonly description: string | null } {
  const line = written.replaceAll(/\s+/g, ' ');
  if (line.length <= LONGEST_NAME) return { name: line, description: described };
  return {
    name: `${line.slice(0, LONGEST_NAME - 1)}…`,
    description: described === null ? written : `${written}\n\n${described}`,
  };
}

function ownerOf(cells: RowCells, name: string | null): NamedOrganisation | null {
  const code = cells.one('organisationCode');
  if (name === null && !code) return null;
  const kind = cells.one('organisationKind');
  return {
    name: oneLine(name ?? code?.text ?? ''),
    code: code ? codeOf(code.text) : null,
    kind: kind ? readActorKind(kind.text) : null,
  };
}

/** `SCHEME:VALUE`, an organisation identifier of IATI (`GB-COH-213890`), or a code that only the sender knows. */
function codeOf(text: string): NonNullable<NamedOrganisation['code']> {
  const [, scheme, value] = /^([a-z][\w-]{1,30}):\s*(\S.*)$/i.exec(text) ?? [];
  if (scheme !== undefined && value !== undefined) return { scheme: scheme.toLowerCase(), value };
  if (/^[a-z]{2,}-\S+$/i.test(text)) return { scheme: 'iati', value: text };
  return { scheme: 'sheet', value: text.slice(0, LONGEST_NAME) };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, LONGEST_NAME);
}

function partnersOf(cells: RowCells): { readonly organisation: NamedOrganisation; readonly role: string }[] {
  const partners = (field: SheetField, role: string) =>
    cells.all(field).map((name) => ({ organisation: { name: oneLine(name), code: null, kind: null }, role }));
  return [...partners('fundingPartner', 'funding'), ...partners('implementingPartner', 'implementing')];
}

function statusOf(cells: RowCells, remarks: Remark[]): Status | null {
  const cell = cells.one('status');
  if (!cell) return null;
  const status = readStatus(cell.text);
  if (status === null) remarks.push(cells.remark('WARNING', cell, 'is no status known here', STATUS_HINT));
  return status;
}

/** Fields of a record by the fields of a sheet that say them; the first that is there. */
const SPOTS: readonly (readonly [record: string, sheet: readonly SheetField[]])[] = [
  ['owner', ['organisation', 'organisationCode']],
  ['partners', ['fundingPartner', 'implementingPartner']],
  ['identifier', ['identifier']],
  ['name', ['name', 'theme']],
  ['description', ['description']],
  ['days', ['start', 'period', 'end']],
  ['status', ['status']],
  [
    'places',
    [
      'placeCode',
      'place',
      'admin3Code',
      'admin3',
      'admin2Code',
      'admin2',
      'admin1Code',
      'admin1',
      'countryCode',
      'country',
    ],
  ],
  ['corridors', ['corridor']],
  ['themes', ['theme']],
  ['audiences', ['audience']],
  ['channels', ['channel']],
  ['languages', ['language']],
];

/** Where the fields of a record stand in a row. */
export function spotsOf(cells: RowCells): Readonly<Record<string, Spot>> {
  const spots: Record<string, Spot> = {};
  for (const [record, fields] of SPOTS) {
    const field = fields.find((candidate) => cells.one(candidate) !== undefined);
    if (field !== undefined) spots[record] = cells.spot(field);
  }
  return spots;
}
