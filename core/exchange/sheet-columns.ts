/**
 * The columns of the hub's own sheets: what is written in each, how people read its header, and its HXL 1.1 tag. Whoever writes a sheet
 * and whoever reads one use this table, so that what was taken out comes back unchanged.
 *
 * Columns with a tag are what is read back: codes, ids and days. Those without are for people, such as the names beside codes. Of what
 * a record inherits only the columns for people tell: read back, it would be stated.
 */
export const SHEET_COLUMNS = {
  id: { header: 'Concord ID', tag: '#meta+id' },
  kind: { header: 'Record', tag: '#meta+type' },
  codeScheme: { header: 'Code scheme', tag: '#meta+scheme' },
  code: { header: 'Code', tag: '#activity+code' },
  name: { header: 'Name', tag: '#activity+name' },
  description: { header: 'Description', tag: '#description' },
  owner: { header: 'Organisation', tag: '#org+name' },
  ownerId: { header: 'Organisation ID', tag: '#org+id' },
  ownerKind: { header: 'Organisation type', tag: '#org+type' },
  partOf: { header: 'Part of', tag: null },
  partOfId: { header: 'Part of ID', tag: '#meta+parent+id' },
  fundedBy: { header: 'Funded by', tag: '#org+funder+id+list' },
  accountable: { header: 'Accountable', tag: '#org+accountable+partner+id+list' },
  extendedBy: { header: 'Extended by', tag: '#org+extending+partner+id+list' },
  implementedBy: { header: 'Implemented by', tag: '#org+impl+id+list' },
  partners: { header: 'Partners', tag: null },
  entryKind: { header: 'Type of entry', tag: '#meta+entry+type' },
  start: { header: 'Start', tag: '#date+start' },
  end: { header: 'End', tag: '#date+end' },
  precision: { header: 'Precision of dates', tag: '#meta+date+precision' },
  recurrence: { header: 'Recurrence', tag: '#frequency+recurrence' },
  status: { header: 'Status', tag: '#status' },
  countries: { header: 'Countries', tag: null },
  places: { header: 'Places', tag: null },
  placeCodes: { header: 'Place codes', tag: '#loc+code+list' },
  corridors: { header: 'Corridors', tag: null },
  corridorCodes: { header: 'Corridor codes', tag: '#corridor+code+list' },
  themes: { header: 'Themes', tag: null },
  themeCodes: { header: 'Theme codes', tag: '#theme+code+list' },
  audiences: { header: 'Audiences', tag: null },
  audienceCodes: { header: 'Audience codes', tag: '#beneficiary+code+list' },
  channels: { header: 'Channels', tag: null },
  channelCodes: { header: 'Channel codes', tag: '#channel+code+list' },
  languages: { header: 'Languages', tag: null },
  languageCodes: { header: 'Language codes', tag: '#language+code+list' },
  objectiveLevel: { header: 'Objective', tag: '#indicator+objective+code' },
  phase: { header: 'Phase', tag: '#meta+phase+code' },
  actorName: { header: 'Name', tag: '#org+name' },
  actorId: { header: 'Concord ID', tag: '#org+id' },
  actorKind: { header: 'Type', tag: '#org+type' },
  aliases: { header: 'Also called', tag: '#org+alias+list' },
  identifiers: { header: 'Identifiers', tag: '#org+code+list' },
  website: { header: 'Website', tag: '#org+url' },
  baliProcessRole: { header: 'Bali Process role', tag: '#org+role' },
  basedIn: { header: 'Based in', tag: null },
  basedInCodes: { header: 'Based in (codes)', tag: '#loc+org+code+list' },
  communityOf: { header: 'Community of', tag: null },
  communityOfCodes: { header: 'Community of (codes)', tag: '#loc+community+code+list' },
  vetting: { header: 'Vetting', tag: '#org+status' },
  score: { header: 'Score', tag: '#indicator+score+num' },
  strength: { header: 'Strength', tag: '#indicator+strength+num' },
  confidence: { header: 'Confidence', tag: '#indicator+confidence+num' },
  explanation: { header: 'Explanation', tag: '#description' },
  oneOwner: { header: 'One organisation', tag: '#org+one+name' },
  oneRecord: { header: 'One record', tag: '#activity+one+name' },
  otherOwner: { header: 'Other organisation', tag: '#org+other+name' },
  otherRecord: { header: 'Other record', tag: '#activity+other+name' },
  participants: { header: 'Participants', tag: '#org+list' },
  title: { header: 'Title', tag: '#activity+name' },
  illustrative: { header: 'Illustrative', tag: '#meta+illustrative' },
  source: { header: 'Source', tag: '#meta+source' },
  updatedAt: { header: 'Last changed', tag: '#date+updated' },
  sensitivity: { header: 'Sensitivity', tag: '#meta+sensitivity' },
  licence: { header: 'Licence', tag: '#meta+license' },
} as const satisfies Readonly<Record<string, SheetColumn>>;

export interface SheetColumn {
  readonly header: string;
  /** Null: a column for people, which is not read back. */
  readonly tag: string | null;
}

export type SheetField = keyof typeof SHEET_COLUMNS;

/** Between the values of a cell that holds a list (`+list`). */
const LIST_SEPARATOR = '; ';

/** Several values in one cell. Codes and ids hold no separator; names may, and are for people. */
export function joinList(values: readonly string[]): string {
  return values.join(LIST_SEPARATOR);
}

/** The values of a cell that holds a list. */
export function splitList(cell: string): readonly string[] {
  return cell
    .split(LIST_SEPARATOR.trim())
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** A cell that begins so, a spreadsheet may take for a formula; see OWASP, "CSV Injection". */
const LIKE_A_FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

/** A text as it may stand in a CSV file: what a spreadsheet could take for a formula gets an apostrophe before it. */
export function guardFormula(text: string): string {
  return LIKE_A_FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `guardFormula` was given, whatever it was. */
export function unguardFormula(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
