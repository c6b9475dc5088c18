import { sql } from 'kysely';
import { changedAfter, localized, matchesSearch, oneOf, shares, variants } from '../projection/readers.ts';
import {
  type FieldReader,
  type Ordering,
  type Row,
  type Sql,
  type View,
  column,
  expression,
  sameRow,
  toOne,
} from '../projection/view.ts';

/** The fields that programmes, campaigns and calendar entries have in common. */
export const holderFields: View['fields'] = {
  id: column(),
  name: localized('name', 'names'),
  names: variants('names'),
  description: localized('description', 'descriptions'),
  descriptions: variants('descriptions'),
  owner: toOne('Actor', 'owner_id'),
  footprint: sameRow('Footprint'),
  coded: sameRow('CodedFootprint'),
  stated: sameRow('StatedFootprint'),
  release: sameRow('Release'),
  excluded: expression(excludedMarks),
  namedReaders: expression(
    (row) => sql`array(select key_id from named_reader where subject_id = ${row.column('id')} order by key_id)`,
  ),
  identifier: (row, selection, context) => {
    const named: Row = {
      alias: row.alias,
      column: (name) => row.column(name === 'scheme' ? 'external_scheme' : 'external_id'),
    };
    return sql`case when ${row.column('external_id')} is not null then ${context.object('Identifier', named, selection)} end`;
  },
  illustrative: column(),
  source: column(),
  version: column(),
  createdAt: column(),
  updatedAt: column(),
};

/** Only those whom the owner named see what is restricted, and every time they do is noted. */
export const isRestricted = (row: Row): Sql => sql`${row.column('visibility')} = 'restricted'`;

/** Which of these filters name codes, and of what kind. */
export const holderFilterCodes: NonNullable<View['filterCodes']> = {
  places: 'place',
  countries: 'place',
  corridors: 'corridor',
  audiences: 'audience',
  themes: 'theme',
  channels: 'channel',
  languages: 'language',
  ownerKinds: 'actor_kind',
};

/** The filters that they have in common. */
export const holderFilters: NonNullable<View['filters']> = {
  search: matchesSearch,
  owners: oneOf('owner_id'),
  ownerKinds: (row, value) =>
    sql`${row.column('owner_id')} in (select id from actor where kind = any(${value}::text[]))`,
  between: (row, value) => {
    const { start, end } = value as { start: string; end?: string | null };
    return sql`${startOf(row)} <= ${end ?? '9999-12-31'}::date and coalesce(${row.column('ends_on')}, 'infinity') >= ${start}::date`;
  },
  places: (row, value) =>
    sql`(${row.column('countries')} && ${value}::text[] or ${row.column('places')} && ${relatedPlaces(value)}
      or ${exactlyIn(row, value)})`,
  countries: (row, value) => sql`(${row.column('countries')} && ${value}::text[] or ${exactlyIn(row, value)})`,
  corridors: shares('corridors'),
  audiences: shares('audiences'),
  themes: shares('themes'),
  channels: shares('channels'),
  languages: (
    row,
    value,
  ) => sql`exists (select from unnest(${row.column('languages')}) as spoken where split_part(spoken, '-', 1)
    = any(select split_part(asked, '-', 1) from unnest(${value}::text[]) as asked))`,
  identifier: (row, value) => {
    const { scheme, value: code } = value as { scheme: string; value: string };
    return sql`${row.column('external_scheme')} = ${scheme} and ${row.column('external_id')} = ${code}`;
  },
  changedAfter,
};

/** The orders that they have in common; undated records come after all dated ones. */
export const holderOrders = {
  name: { by: (row) => row.column('name'), type: 'text' },
  start: { by: startOf, type: 'date' },
  updated: { by: (row) => row.column('updated_at'), type: 'timestamptz' },
} as const satisfies Record<string, Ordering>;

/**
 * Where a record stands on the hub's calendar day: `ended`, `active`, `planned` or `undated` by its dates, or what was decided
 * about it, whatever its dates.
 */
export function statusByDays(decided: { readonly column: string; readonly status: string }): (row: Row) => Sql {
  return (row) => sql`case when ${row.column(decided.column)} is not null then ${sql.lit(decided.status)}
    when ${row.column('starts_on')} is null then 'undated'
    when ${row.column('starts_on')} > app.today() then 'planned'
    when ${row.column('ends_on')} < app.today() then 'ended'
    else 'active' end`;
}

/** Filter: the expression has one of the values. */
export const isOneOf =
  (of: (row: Row) => Sql) =>
  (row: Row, value: unknown): Sql =>
    sql`${of(row)} = any(${value}::text[])`;

/**
 * Filter: it is a part of one of these. Asked of the wholes themselves: whoever may not see one does not learn what is inside it,
 * not even by guessing its id.
 */
export const isInside =
  (column: string, whole: 'programme' | 'campaign') =>
  (row: Row, value: unknown): Sql =>
    sql`${row.column(column)} in (select id from ${sql.table(whole)} where id = any(${value}))`;

/** Of what kind the record with an id is, as `holder` wants it: by the prefix of the id. */
export const kindOf = (id: Sql): Sql =>
  sql`case left(${id}, 4) when 'prg_' then 'programme' when 'cmp_' then 'campaign' else 'calendar_entry' end`;

/**
 * The programme, campaign or calendar entry that two columns of a row name, the one its kind (`programme`, `campaign`,
 * `calendar_entry`), the other its id; null where it is not visible.
 */
export function holder(kind: string, id: string): FieldReader {
  const readers = {
    programme: toOne('Programme', id),
    campaign: toOne('Campaign', id),
    calendar_entry: toOne('CalendarEntry', id),
  };
  return (row, selection, context) => {
    const cases = Object.entries(readers).map(
      ([name, read]) => sql`when ${sql.lit(name)} then ${read(row, selection, context)}`,
    );
    return sql`case ${row.column(kind)} ${sql.join(cases, sql` `)} end`;
  };
}

/** Whose the record is that two columns name as for `holder`; null where the record is not visible, whoever else its owner is known by. */
export function holderOwner(kind: string, id: string): FieldReader {
  return (row, selection, context) => {
    const owners = ['programme', 'campaign', 'calendar_entry'].map(
      (table) =>
        sql`when ${sql.lit(table)} then (select owner_id from ${sql.table(table)} where id = ${row.column(id)})`,
    );
    const owned: Row = {
      alias: row.alias,
      column: (name) =>
        name === 'owner_id' ? sql`case ${row.column(kind)} ${sql.join(owners, sql` `)} end` : row.column(name),
    };
    return toOne('Actor', 'owner_id')(owned, selection, context);
  };
}

/** Whom it excludes, as its owner and coordinators may know: actors, kinds, countries. */
function excludedMarks(row: Row): Sql {
  return sql`array(select mark from exclusion where subject_id = ${row.column('id')} order by mark)`;
}

function startOf(row: Row): Sql {
  return sql`coalesce(${row.column('starts_on')}, 'infinity')`;
}

/** Whether a record that shows less of its places is in one of those asked for, as far as the viewer may know: its owner does. */
function exactlyIn(row: Row, codes: unknown): Sql {
  // Of few rows, and the same for every record: looked up once a statement, not once a record.
  return sql`${row.column('id')} in (select exact.subject_id from exact_place exact
    where exact.places && ${relatedPlaces(codes)} or app.countries_of(exact.places) && ${codes}::text[])`;
}

/** The codes of places that are, contain, or lie in one of those asked for. A country's own parts are found by `countries`. */
function relatedPlaces(codes: unknown): Sql {
  return sql`array(
    with recursive inside as (
      select code from place where code = any(${codes}) and parent is not null
      union select part.code from place part join inside on part.parent = inside.code),
    around as (
      select code, parent from place where code = any(${codes})
      union select whole.code, whole.parent from place whole join around on whole.code = around.parent)
    select code from inside union select code from around)`;
}

/** How much of a record others see; its own row says it. */
export const releaseView: View = {
  type: 'Release',
  table: 'programme',
  fields: { visibility: column('shown'), matching: column(), placePrecision: column() },
};
