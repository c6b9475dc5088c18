import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { HolderKind } from '../footprints/holder.rules.ts';
import { INHERITED_FACETS } from '../footprints/stated-footprint.ts';
import type { ResolvedFootprint } from './resolve-record.ts';
import type { SourceRecord } from './source-record.ts';
import type { FieldSource, Provenance, StoredRecord } from './stored-records.ts';

export interface Partner {
  readonly actor: string;
  readonly role: string;
}

/** The fields of a record that a file may say, each as the hub keeps it; null: the file does not say it. */
export type ImportedFields = Readonly<Record<FieldName, unknown>>;

export const FIELD_NAMES = [
  'name',
  'names',
  'description',
  'descriptions',
  'days',
  ...INHERITED_FACETS,
  'partners',
  'recurrence',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

export function fieldsOf(
  record: SourceRecord,
  footprint: ResolvedFootprint,
  partners: readonly Partner[],
): ImportedFields {
  const { kind, name, names, description, descriptions, recurrence } = record;
  return {
    name,
    names: orNull(names ?? null),
    description,
    descriptions: orNull(descriptions ?? null),
    days: footprint.days,
    places: listOrNull(footprint.places),
    corridors: listOrNull(footprint.corridors),
    audiences: listOrNull(footprint.audiences),
    themes: listOrNull(footprint.themes),
    channels: listOrNull(footprint.channels),
    languages: listOrNull(footprint.languages),
    partners: kind === 'programme' ? listOrNull(sortedPartners(partners)) : null,
    recurrence: kind === 'calendar-entry' ? recurrence : null,
  };
}

/** The same fields as the hub has them. */
function storedFields({ stated, ...record }: StoredRecord): ImportedFields {
  const { name, names, description, descriptions, partners, recurrence } = record;
  const lists = INHERITED_FACETS.map((facet) => [facet, listOrNull(stated[facet] ?? [])] as const);
  return {
    ...(Object.fromEntries(lists) as Record<(typeof INHERITED_FACETS)[number], unknown>),
    name,
    names: orNull(names),
    description: description === '' ? null : description,
    descriptions: orNull(descriptions),
    days: stated.days ?? null,
    partners: listOrNull(sortedPartners(partners)),
    recurrence,
  };
}

/** What an import would do to a record that is there. */
export interface Difference {
  /** Fields to be written, in the order of the list. */
  readonly fields: readonly FieldName[];
  /** What they say now. */
  readonly before: Readonly<Partial<ImportedFields>>;
  /** Whether the file says something that it did not say when it was imported before. */
  readonly isNews: boolean;
}

/**
 * Which fields of a stored record the file changes: those where it says something else than the hub and than it said before. What
 * people changed in the hub stays until the file changes too. What the file never said is not looked at.
 */
export function differenceOf(file: ImportedFields, stored: StoredRecord, provenance: Provenance | null): Difference {
  const now = storedFields(stored);
  const fields: FieldName[] = [];
  let isNews = false;
  for (const name of FIELD_NAMES) {
    const before = provenance?.fields[name]?.digest;
    if (before === undefined && file[name] === null) continue;
    if (before === digestOf(file[name])) continue;
    isNews = true;
    if (!same(name, file[name], now[name])) fields.push(name);
  }
  const before = Object.fromEntries(fields.map((name) => [name, now[name]]));
  return { fields, before, isNews };
}

const SETS: ReadonlySet<FieldName> = new Set([...INHERITED_FACETS, 'partners']);

function same(name: FieldName, one: unknown, other: unknown): boolean {
  if (!SETS.has(name) || !Array.isArray(one) || !Array.isArray(other)) return isDeepStrictEqual(one, other);
  const inOrder = (list: readonly unknown[]): string[] => list.map((value) => JSON.stringify(value)).sort();
  return isDeepStrictEqual(inOrder(one), inOrder(other));
}

/** Where each field that the file says comes from; and those that it said before, and now says no more. */
export function sourcesOf(
  file: ImportedFields,
  record: SourceRecord,
  run: string,
  before: Provenance | null,
): Record<string, FieldSource> {
  const said = FIELD_NAMES.filter((name) => file[name] !== null || before?.fields[name] !== undefined);
  return Object.fromEntries(
    said.map((name) => {
      const digest = digestOf(file[name]);
      const kept = before?.fields[name];
      if (kept?.digest === digest) return [name, kept];
      const { row, column } = record.spots[name] ?? { row: record.rows[0] ?? 1, column: null };
      return [name, { run, row, column, digest }];
    }),
  );
}

/** The input of a service that writes these fields. */
export function toInput(file: Readonly<Partial<ImportedFields>>, names: readonly FieldName[]): Record<string, unknown> {
  const facets: readonly string[] = ['days', ...INHERITED_FACETS];
  const footprint = names.filter((name) => facets.includes(name)).map((name) => [name, file[name] ?? null]);
  const own = names
    .filter((name) => !facets.includes(name))
    .map((name) => [name, name === 'names' || name === 'descriptions' ? texts(file[name]) : (file[name] ?? null)]);
  return {
    ...Object.fromEntries(own),
    ...(footprint.length > 0 ? { footprint: Object.fromEntries(footprint) as unknown } : {}),
  };
}

/** The fields that records of a kind have. */
export function namesFor(kind: HolderKind): readonly FieldName[] {
  return FIELD_NAMES.filter(
    (name) => (name !== 'partners' || kind === 'programme') && (name !== 'recurrence' || kind === 'calendar_entry'),
  );
}

function texts(value: unknown): { language: string; text: string }[] | null {
  if (value === null || value === undefined) return null;
  return Object.entries(value as Record<string, string>).map(([language, text]) => ({ language, text }));
}

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
const listOrNull = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list);
const orNull = (texts: Readonly<Record<string, string>> | null): Readonly<Record<string, string>> | null =>
  texts === null || Object.keys(texts).length === 0 ? null : texts;
const sortedPartners = (partners: readonly Partner[]): Partner[] =>
  [...new Map(partners.map(({ actor, role }) => [`${actor} ${role}`, { actor, role }])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, partner]) => partner);
