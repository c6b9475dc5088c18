import { SHEET_COLUMNS, type SheetField as OwnField, splitList, unguardFormula } from '../../exchange/sheet-columns.ts';
import type { FromFile, OwnRow, Remark, SourceRecord } from '../source-record.ts';
import { type DateOrders, findDateOrders } from './date-orders.ts';
import { type HxlTag, REMARKS_TAG, parseTag } from './hxl-tag.ts';
import { type KeptRow, keepRows } from './keep-rows.ts';
import type { DateOrder } from './mapping.ts';
import { type ReadColumn, RowCells } from './row-cells.ts';
import { DaysReader } from './row-days.ts';
import type { ChosenSheet } from './survey.ts';

/** Columns that are read back, all of them with a tag. The others are for people, or say what nobody changes in a sheet. */
const READ_BACK = [
  'id',
  'kind',
  'name',
  'description',
  'fundedBy',
  'accountable',
  'extendedBy',
  'implementedBy',
  'start',
  'end',
  'recurrence',
  'status',
  'placeCodes',
  'corridorCodes',
  'themeCodes',
  'audienceCodes',
  'channelCodes',
  'languageCodes',
  'updatedAt',
] as const satisfies readonly OwnField[];
type ReadBack = (typeof READ_BACK)[number];

const FACETS = {
  places: 'placeCodes',
  corridors: 'corridorCodes',
  themes: 'themeCodes',
  audiences: 'audienceCodes',
  channels: 'channelCodes',
  languages: 'languageCodes',
} as const satisfies Readonly<Record<string, ReadBack>>;

const ROLES = {
  fundedBy: 'funding',
  accountable: 'accountable',
  extendedBy: 'extending',
  implementedBy: 'implementing',
} as const satisfies Partial<Readonly<Record<ReadBack, string>>>;
const ROLE_COLUMNS = Object.keys(ROLES) as (keyof typeof ROLES)[];

const KINDS: ReadonlyMap<string, SourceRecord['kind']> = new Map(
  (['programme', 'campaign', 'calendar-entry'] as const).map((kind) => [kind, kind]),
);

/** The columns of a sheet that are read back, in the order of the sheet; each field once. */
interface OwnColumn extends ReadColumn {
  readonly index: number;
  readonly says: ReadBack;
}

/** A sheet that the hub wrote, whoever changed it since. */
export interface OwnSheet {
  readonly rows: readonly KeptRow[];
  /** In the order of the file, then what is no data. */
  readonly found: Iterable<FromFile>;
  /** Rows that are no data. */
  readonly refused: number;
  readonly distinct: number;
  readonly dateOrder: DateOrder | null;
}

/** Whether the hub wrote a sheet: its columns of ids and kinds of records are there, by their tags. */
export function isOwn({ header }: Pick<ChosenSheet, 'header'>): boolean {
  const tags = new Set(header.columns.map(({ tag }) => tag && nameOf(tag)));
  return tags.has(TAGS.id) && tags.has(TAGS.kind);
}

/**
 * Reads a sheet that the hub wrote: each row is the record of its id, and says what its columns say; a blank cell says that there is
 * nothing. Nothing is guessed, and no rows are folded into one.
 */
export async function readOwnSheet(sheet: ChosenSheet, order: DateOrder | null, fileName: string): Promise<OwnSheet> {
  const columns = ownColumns(sheet);
  const kept = await keepRows(sheet, columns, fileName);
  const orders = findDateOrders(columns, kept.rows, order);
  return {
    rows: kept.rows,
    found: found(sheet, columns, kept.rows, orders, kept.refused),
    refused: kept.refused.length,
    distinct: kept.distinct,
    dateOrder: orders.ofSheet,
  };
}

function* found(
  { grid, header }: ChosenSheet,
  columns: readonly OwnColumn[],
  rows: readonly KeptRow[],
  orders: DateOrders,
  refused: readonly FromFile[],
): Generator<FromFile> {
  // Workbooks hold texts as they are; only what may become CSV has apostrophes before formulas.
  const isGuarded = grid.format.startsWith('CSV') || header.columns.some(({ tag }) => tag?.written === REMARKS_TAG);
  const days = new DaysReader(orders.ofColumns, null);
  const before = new Map<string, number>();
  for (const { row, cells } of rows) {
    const read = readRow(new OwnCells(row, columns, cells, isGuarded), days);
    const id = read.kind === 'record' ? read.record.own?.id : undefined;
    const twice = id === undefined ? undefined : before.get(id);
    if (id !== undefined) before.set(id, twice ?? row);
    yield twice === undefined
      ? read
      : refuse(row, SHEET_COLUMNS.id.header, id ?? null, `stands in row ${String(twice)} already`, 'Keep one of them.');
  }
  yield* refused;
}

/** The texts of a row by what they say. */
class OwnCells {
  constructor(
    readonly row: number,
    readonly columns: readonly OwnColumn[],
    readonly texts: readonly string[],
    private readonly isGuarded: boolean,
  ) {}

  has(says: ReadBack): boolean {
    return this.columns.some((column) => column.says === says);
  }

  /** Empty also where there is no such column. */
  text(says: ReadBack): string {
    const text = this.texts[this.columns.findIndex((column) => column.says === says)] ?? '';
    return this.isGuarded ? unguardFormula(text) : text;
  }

  list(says: ReadBack): readonly string[] {
    return [...new Set(splitList(this.text(says)))].sort();
  }

  header(says: ReadBack): string | null {
    return this.columns.find((column) => column.says === says)?.header ?? null;
  }
}

function readRow(cells: OwnCells, days: DaysReader): FromFile {
  const { row } = cells;
  const no = (says: ReadBack, reason: string, suggestion: string): FromFile =>
    refuse(row, cells.header(says), cells.text(says), reason, suggestion);
  const id = cells.text('id');
  if (id === '')
    return no('id', 'is not there', 'Enter new records in the hub, or import them by a sheet without these tags.');
  const kind = KINDS.get(cells.text('kind'));
  if (kind === undefined)
    return no('kind', 'is none that is read back', 'Only programmes, campaigns and calendar entries are.');
  const name = cells.text('name');
  if (cells.has('name') && name === '') return no('name', 'is blank', 'Write what it is called.');
  const when = days.read(new RowCells(row, cells.columns, cells.texts));
  // A day that cannot be read must not take away the one that is there.
  if (when.kind === 'refused' || when.remarks.length > 0)
    return {
      kind: 'refused',
      rows: [row],
      remarks: when.remarks.map((remark) => ({ ...remark, severity: 'ERROR' as const })),
    };
  const lists = Object.fromEntries(
    Object.entries(FACETS).map(([facet, says]) => [facet, cells.list(says)]),
  ) as Readonly<Record<keyof typeof FACETS, readonly string[]>>;
  const record: SourceRecord = {
    kind,
    key: `concord:${id}`,
    rows: [row],
    identifier: null,
    parentKey: null,
    owner: null,
    partners: [],
    name: name === '' ? id : name,
    description: cells.text('description') || null,
    days: when.days,
    recurrence: cells.text('recurrence') || null,
    status: cells.text('status').toLowerCase() === 'cancelled' ? 'cancelled' : null,
    ...lists,
    places: lists.places.map((code) => ({ name: null, code, level: null, within: null })),
    spots: {},
    own: ownOf(cells, id),
  };
  return { kind: 'record', record: { ...record, spots: spotsOf(cells) }, remarks: [] };
}

function ownOf(cells: OwnCells, id: string): OwnRow {
  return {
    id,
    says: Object.entries(COLUMNS_OF).flatMap(([field, columns]) =>
      columns.every((column) => cells.has(column)) ? [field] : [],
    ),
    partners: ROLE_COLUMNS.flatMap((column) =>
      cells.list(column).map((actor) => ({ actor, role: ROLES[column] as string })),
    ),
    changedAt: cells.text('updatedAt') || null,
  };
}

/** Columns that a sheet must have to say something of a field of a record. */
const COLUMNS_OF: Readonly<Record<string, readonly ReadBack[]>> = {
  name: ['name'],
  description: ['description'],
  days: ['start', 'end'],
  recurrence: ['recurrence'],
  partners: ROLE_COLUMNS,
  ...Object.fromEntries(Object.entries(FACETS).map(([facet, column]) => [facet, [column]])),
};

function spotsOf(cells: OwnCells): SourceRecord['spots'] {
  const owner = { row: cells.row, column: cells.header('id') };
  const ofFields = Object.fromEntries(
    Object.entries(COLUMNS_OF).flatMap(([field, [column]]) =>
      column === undefined ? [] : [[field, { row: cells.row, column: cells.header(column) }]],
    ),
  );
  return { owner, ...ofFields };
}

function refuse(
  row: number,
  column: string | null,
  value: string | null,
  reason: string,
  suggestion: string,
): FromFile {
  const remark: Remark = { row, column, value, severity: 'ERROR', reason, suggestion };
  return { kind: 'refused', rows: [row], remarks: [remark] };
}

function ownColumns({ header }: ChosenSheet): readonly OwnColumn[] {
  return READ_BACK.flatMap((says): OwnColumn[] => {
    const column = header.columns.find(({ tag }) => tag && nameOf(tag) === TAGS[says]);
    if (!column) return [];
    const fields = says === 'start' || says === 'end' ? [says] : [];
    return [{ index: column.index, header: column.header, says, fields, values: new Map() }];
  });
}

/** A tag whatever the order of its attributes. */
function nameOf({ tag, attributes }: HxlTag): string {
  return [tag, ...[...attributes].sort()].join('+');
}

const TAGS = Object.fromEntries(
  READ_BACK.map((says) => {
    const tag = parseTag(SHEET_COLUMNS[says].tag);
    return [says, tag ? nameOf(tag) : ''];
  }),
) as Readonly<Record<ReadBack, string>>;
