import { PlainError } from '../../../platform/plain-error.ts';
import { looksLikePCode, readStatus, saysNothing } from './cell-words.ts';
import { isList, type SheetField } from './field.ts';
import type { Column, Header } from './find-header.ts';
import { columnLetters, type GridRow } from './grid.ts';
import { foldHeader, readHeader } from './header-words.ts';
import { fieldOfTag } from './hxl-tag.ts';
import type { SheetMapping } from './mapping.ts';
import { readDays } from './read-days.ts';

/** What a column is taken to mean. */
export interface ColumnMeaning {
  /** From 0. */
  readonly index: number;
  /** As a mapping names the column. */
  readonly header: string;
  /** The tag as written; null when it has none. */
  readonly tag: string | null;
  /** Empty when nothing is read from the column. */
  readonly fields: readonly SheetField[];
  /** 0 to 1; 1 for what a mapping says. */
  readonly confidence: number;
  /** Why, in a few words: `tag #org`, `header`, `values are P-codes`, `mapping`, `"Agency" says it already`. */
  readonly why: string;
  /** The first different values, at most three. */
  readonly samples: readonly string[];
}

const BY_TAG = 1;
/** A header under which the tag row has no tag counts for less: somebody left it out. */
const UNTAGGED = 0.7;
const BY_VALUES = 0.6;
/** Share of values that must be of a form before the form tells what a column means. */
const MOST = 0.8;
/** Of an organisation its name says more than this does. */
const SHORT_NAME = /acronym|short ?name|sigle|abbrev|siglas?\b|singkatan/i;
const BY_SHORT_NAME = 0.8;
/** Fewer values tell nothing. */
const FEW = 3;
/** A repeated name no longer than this may be a theme: "WASH", "Social mobilisation". */
const THEME_LENGTH = 60;

const DATES: ReadonlySet<SheetField> = new Set<SheetField>(['start', 'end', 'period']);

/**
 * Says of each column what it means: as the mapping says, else by its tag, its header, its values.
 * @param sample rows of data from the beginning of the sheet
 * @throws PlainError when the mapping names a column that the sheet does not have
 */
export function guessColumns(
  header: Header,
  sample: readonly GridRow[],
  mapping: SheetMapping,
  fileName: string,
): readonly ColumnMeaning[] {
  const given = givenFields(header, mapping, fileName);
  const guesses = header.columns.map((column): ColumnMeaning => {
    const values = valuesOf(sample, column.index);
    const common = {
      index: column.index,
      header: column.header,
      tag: column.tag?.written ?? null,
      samples: [...new Set(values)].slice(0, 3),
    };
    const said = given.get(column.index);
    if (said) return { ...common, fields: said, confidence: 1, why: 'mapping' };
    const guessed = guess(column, values, header.tagRow !== null);
    const isShort = SHORT_NAME.test(column.header) || column.tag?.attributes.has('acronym');
    return { ...common, ...guessed, confidence: guessed.confidence * (isShort ? BY_SHORT_NAME : 1) };
  });
  return withThemes(settle(guesses, header), sample);
}

type Guess = Pick<ColumnMeaning, 'fields' | 'confidence' | 'why'>;

const nothing = (why: string): Guess => ({ fields: [], confidence: 0, why });

function guess(column: Column, values: readonly string[], isTagged: boolean): Guess {
  const tagged = column.tag && fieldOfTag(column.tag);
  if (tagged) {
    // `#adm` is of no level, but the header may say which.
    const field = (column.tag?.tag === 'adm' ? readHeader(column.header)?.field : null) ?? tagged;
    return { fields: [field], confidence: BY_TAG, why: `tag ${column.tag?.written ?? ''}` };
  }
  if (tagged === null && column.tag) return nothing(`nothing is kept of ${column.tag.written}`);
  const meaning = readHeader(column.header) ?? readHeader(column.fullHeader);
  if (meaning && fits(meaning.field, values)) {
    const confidence = isTagged ? meaning.confidence * UNTAGGED : meaning.confidence;
    return { fields: [meaning.field], confidence, why: isTagged ? 'header, as the tag says nothing' : 'header' };
  }
  // In a tagged sheet what has no tag is nobody's, unless its header is a usual one.
  return (isTagged ? null : byValues(values)) ?? nothing(whyNothing(column, isTagged));
}

function whyNothing({ tag }: Column, isTagged: boolean): string {
  if (tag) return `nothing is known of ${tag.written}`;
  return isTagged ? 'no tag' : 'no usual header';
}

/** Whether values may be what a header promises: days are read, and a `State` is no status. */
function fits(field: SheetField, values: readonly string[]): boolean {
  if (values.length < FEW) return true;
  if (DATES.has(field)) return share(values, (value) => readDays(value, 'day-first').kind !== 'unread') >= 0.3;
  if (field === 'admin1') return share(values, (value) => readStatus(value) !== null) < MOST;
  return true;
}

function byValues(values: readonly string[]): Guess | null {
  if (values.length < FEW) return null;
  if (share(values, looksLikePCode) >= MOST) {
    return { fields: ['placeCode'], confidence: BY_VALUES, why: 'values are P-codes' };
  }
  if (share(values, (value) => readStatus(value) !== null && !/^\d/.test(value)) >= MOST) {
    return { fields: ['status'], confidence: BY_VALUES, why: 'values are statuses' };
  }
  return null;
}

function share(values: readonly string[], holds: (value: string) => boolean): number {
  return values.filter(holds).length / values.length;
}

function valuesOf(sample: readonly GridRow[], index: number): string[] {
  return sample.flatMap(({ cells }) => {
    const cell = cells[index] ?? '';
    return saysNothing(cell, false) ? [] : [cell];
  });
}

/** Leaves each field that a row states once to one column: the surest, then the first. */
function settle(guesses: readonly ColumnMeaning[], header: Header): readonly ColumnMeaning[] {
  const byField = new Map<SheetField, ColumnMeaning>();
  const bare = new Map<string, ColumnMeaning>();
  const settled = new Map<number, ColumnMeaning>();
  for (const column of guesses.toSorted((a, b) => b.confidence - a.confidence || rank(a, header) - rank(b, header))) {
    const [field] = column.fields;
    if (field === undefined || column.why === 'mapping') {
      for (const said of column.fields) byField.set(said, byField.get(said) ?? column);
      settled.set(column.index, column);
      continue;
    }
    // One thing in several languages: `Sector (English)`, `Sector (Arabic)`; `#sector +en`, `#sector +ar`.
    const sameThing = `${field} ${foldHeader(column.header.replaceAll(/\([^)]*\)/g, ''))}`;
    const other = isList(field)
      ? inLanguage(column, header)
        ? byField.get(field)
        : bare.get(sameThing)
      : byField.get(field);
    if (other) {
      settled.set(column.index, demote(column, field, other, byField));
      continue;
    }
    byField.set(field, byField.get(field) ?? column);
    bare.set(sameThing, column);
    settled.set(column.index, column);
  }
  return withOrganisation(guesses.map((column) => settled.get(column.index) ?? column));
}

/** English before what is in another language, what says nothing of a language before both; then from the left. */
function rank(column: ColumnMeaning, header: Header): number {
  const language = languageOf(column, header);
  const order = language === null || language === 'en' ? 0 : 1;
  return order * 1_000 + column.index;
}

function inLanguage(column: ColumnMeaning, header: Header): boolean {
  const language = languageOf(column, header);
  return language !== null && language !== 'en';
}

/** An attribute of two letters names a language, but for the two of dates of the dictionary. */
function languageOf({ index }: ColumnMeaning, header: Header): string | null {
  const attributes = header.columns[index]?.tag?.attributes ?? [];
  return (
    [...attributes].find((attribute) => /^(?:en|fr|es|pt|ar|ru|zh|id|bn|my|th|vi|uk|fa|ur|sw|ht)$/.test(attribute)) ??
    null
  );
}

/** A second column of names describes the activity, when nothing else does. */
function demote(
  column: ColumnMeaning,
  field: SheetField,
  other: ColumnMeaning,
  byField: Map<SheetField, ColumnMeaning>,
): ColumnMeaning {
  if (field === 'name' && !byField.has('description')) {
    const describing: ColumnMeaning = {
      ...column,
      fields: ['description'],
      why: `${column.why}; "${other.header}" is the name`,
    };
    byField.set('description', describing);
    return describing;
  }
  return { ...column, ...nothing(`"${other.header}" says it already`) };
}

/** Where no column says who answers for the work, whoever does it is meant. */
function withOrganisation(columns: readonly ColumnMeaning[]): readonly ColumnMeaning[] {
  const has = (field: SheetField): boolean => columns.some(({ fields }) => fields.includes(field));
  if (has('organisation')) return columns;
  const doer = columns.find(({ fields, why }) => fields[0] === 'implementingPartner' && why !== 'mapping');
  return columns.map((column) =>
    column === doer ? { ...column, fields: ['organisation'], why: `${column.why}; no other column says who` } : column,
  );
}

/** Where no column has themes, activities out of a short list are read as themes too. */
function withThemes(columns: readonly ColumnMeaning[], sample: readonly GridRow[]): readonly ColumnMeaning[] {
  if (columns.some(({ fields }) => fields.includes('theme'))) return columns;
  return columns.map((column) => {
    if (column.fields[0] !== 'name' || column.fields.length > 1 || column.why === 'mapping') return column;
    const values = valuesOf(sample, column.index);
    const isList = new Set(values).size * 2 <= values.length && values.every((value) => value.length <= THEME_LENGTH);
    return isList
      ? { ...column, fields: ['name', 'theme'], why: `${column.why}; values out of a short list are themes` }
      : column;
  });
}

/** The fields that a mapping gives to columns, by their index. */
function givenFields(
  header: Header,
  { columns = {} }: SheetMapping,
  fileName: string,
): ReadonlyMap<number, readonly SheetField[]> {
  return new Map(
    Object.entries(columns).flatMap(([name, fields]) => {
      // A column of which nothing was to be read may be missing.
      if (fields === null && !columnNamed(header, name)) return [];
      const list = fields === null ? [] : [fields].flat();
      return [[findColumn(header, name, fileName).index, list] as const];
    }),
  );
}

/**
 * The column that a mapping means: by its header without regard to case and signs, its tag, or its letters (`column C`).
 * @throws PlainError when the sheet has none, with those that it has
 */
export function findColumn(header: Header, name: string, fileName: string): Column {
  const found = columnNamed(header, name);
  if (found) return found;
  const headers = header.columns.map((column) => `"${column.header}"`).join(', ');
  throw new PlainError(`The mapping names a column "${name}", which ${fileName} does not have. It has ${headers}.`);
}

function columnNamed({ columns }: Header, name: string): Column | undefined {
  const folded = foldHeader(name);
  const tag = name.replaceAll(/\s/g, '').toLowerCase();
  return (
    columns.find((column) => column.header === name) ??
    columns.find((column) => column.tag?.written.replaceAll(/\s/g, '').toLowerCase() === tag) ??
    columns.find((column) => foldHeader(column.header) === folded && folded !== '') ??
    columns.find(({ index }) => `column ${columnLetters(index).toLowerCase()}` === folded)
  );
}
