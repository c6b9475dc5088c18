import type { ImportRun } from '@concord/client-sdk';

/** What a column of a sheet can say, as mappings name it. */
export const SHEET_FIELDS = [
  'organisation',
  'organisationCode',
  'organisationKind',
  'fundingPartner',
  'implementingPartner',
  'identifier',
  'name',
  'description',
  'theme',
  'audience',
  'channel',
  'language',
  'status',
  'start',
  'end',
  'period',
  'corridor',
  'country',
  'countryCode',
  'admin1',
  'admin1Code',
  'admin2',
  'admin2Code',
  'admin3',
  'admin3Code',
  'place',
  'placeCode',
] as const;

export const DATE_ORDERS = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** By the header of each column; none: nothing is read from it. */
export type ColumnFields = Readonly<Record<string, readonly string[]>>;

/** How a sheet was understood; what else is said of it is kept as it is. */
export interface SheetMapping {
  readonly columns?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly dateOrder?: DateOrder;
}

/** Null: the file has no columns, or its own tags say what they mean. */
export function readMapping({ mapping }: ImportRun): SheetMapping | null {
  return mapping === null ? null : (JSON.parse(mapping) as SheetMapping);
}

/** In the order of what they say, those that say nothing last: the hub does not keep the order of the file. */
export function columnFields({ columns = {} }: SheetMapping): ColumnFields {
  const read = Object.entries(columns).map(
    ([column, fields]) => [column, fields === null ? [] : [fields].flat()] as const,
  );
  const rank = ([, [first]]: (typeof read)[number]): number => {
    const at = SHEET_FIELDS.findIndex((field) => field === first);
    return at < 0 ? SHEET_FIELDS.length : at;
  };
  return Object.fromEntries(read.toSorted((one, other) => rank(one) - rank(other)));
}

/** The mapping with what was chosen otherwise, to be given back. */
export function withChoices(
  mapping: SheetMapping,
  chosen: ColumnFields,
  dateOrder: DateOrder | '',
): Record<string, unknown> {
  const { columns } = mapping;
  return {
    ...mapping,
    dateOrder: dateOrder === '' ? undefined : dateOrder,
    ...(columns && {
      columns: Object.fromEntries(
        Object.entries({ ...columnFields(mapping), ...chosen }).map(([column, fields]) => [
          column,
          fields.length === 0 ? null : fields.length === 1 ? fields[0] : fields,
        ]),
      ),
    }),
  };
}
