/** What a column of a sheet can say. The order is the one in which they are offered. */
export const SHEET_FIELDS = {
  organisation: 'the organisation that does it',
  organisationCode: 'its identifier, as SCHEME:VALUE or as an organisation identifier of IATI',
  organisationKind: 'what kind of organisation it is',
  fundingPartner: 'an organisation that pays for it',
  implementingPartner: 'an organisation that does it for the first',
  identifier: 'the identifier of the project or activity',
  name: 'what is done: its name or activity',
  description: 'what is done, at length',
  theme: 'what it is about: theme, sector, cluster',
  audience: 'whom it is for',
  channel: 'by what it reaches them',
  language: 'in which language',
  status: 'whether it is planned, ongoing, completed, suspended or cancelled',
  start: 'the first day',
  end: 'the last day',
  period: 'a day, month, quarter or year, or two with a dash',
  corridor: 'a corridor of the hub, by code',
  country: 'the country by name',
  countryCode: 'the country by ISO 3166 code',
  admin1: 'its first subdivision (province, region, state) by name',
  admin1Code: 'its first subdivision by code',
  admin2: 'the second subdivision (district, county) by name',
  admin2Code: 'the second subdivision by P-code',
  admin3: 'the third subdivision (sub-district, ward) by name',
  admin3Code: 'the third subdivision by P-code',
  place: 'a place by name, of whatever size',
  placeCode: 'the finest place of the row by P-code',
} as const;

export type SheetField = keyof typeof SHEET_FIELDS;

export const FIELD_NAMES = Object.keys(SHEET_FIELDS) as SheetField[];

/** Fields that a row may state several times, in several columns or in one cell with `;` between. */
const LISTS: ReadonlySet<SheetField> = new Set<SheetField>([
  'fundingPartner',
  'implementingPartner',
  'theme',
  'audience',
  'channel',
  'language',
  'corridor',
]);

export function isList(field: SheetField): boolean {
  return LISTS.has(field);
}
