import { sql } from 'kysely';
import type { Row, Sql } from '../projection/view.ts';
import { type Between, PERIODS, periodHeadings, periodsOf } from './periods.ts';

/** What records can be laid out by, along one side of a matrix. */
export const AXES = [
  'actor',
  'actor_kind',
  'country',
  'corridor',
  'theme',
  'audience',
  'channel',
  'language',
  'month',
  'quarter',
] as const;
export type AxisName = (typeof AXES)[number];

/** One way to lay records out. */
export interface Axis {
  /** Which filter of the lists names its values; that of months and quarters is `between`. */
  readonly filter: string;
  /** The values of a record, each once, as text[]; `owner` is the row of its owner. */
  readonly codes: (record: Row, owner: Row, between: Between | null) => Sql;
  /** Rows of (code, label, rank): what may be a value, as far as the viewer may know it. In order of rank, then label, then code. */
  readonly headings: (named: readonly string[] | null) => Sql;
}

const terms =
  (kind: string): Axis['headings'] =>
  () =>
    sql`select code, labels ->> 'en' as label, position as rank from term where kind = ${sql.lit(kind)}`;

const list =
  (column: string): Axis['codes'] =>
  (record) =>
    record.column(column);

/**
 * Where a record is, as exactly as the viewer may know: what its row says, and of the viewer's own what is kept beside it. Only of those
 * it is looked up, since nobody is shown the exact places of others.
 */
function countries(record: Row): Sql {
  return sql`case when ${record.column('owner_id')} = (select app.actor_id()) then coalesce((select app.countries_of(exact.places)
    from exact_place exact where exact.subject_id = ${record.column('id')}), ${record.column('countries')})
    else ${record.column('countries')} end`;
}

const period = (name: keyof typeof PERIODS): Axis => ({
  filter: 'between',
  codes: periodsOf(PERIODS[name]),
  headings: periodHeadings(PERIODS[name]),
});

export const AXIS: Readonly<Record<AxisName, Axis>> = {
  actor: {
    filter: 'owners',
    codes: (_record, owner) => sql`array[${owner.column('id')}]`,
    headings: () => sql`select id as code, name as label, 0 as rank from actor`,
  },
  actor_kind: {
    filter: 'ownerKinds',
    codes: (_record, owner) => sql`array[${owner.column('kind')}]`,
    headings: terms('actor_kind'),
  },
  country: {
    filter: 'countries',
    codes: countries,
    headings: () => sql`select code, name as label, 0 as rank from place where kind = 'country'`,
  },
  corridor: {
    filter: 'corridors',
    codes: list('corridors'),
    headings: () => sql`select code, names ->> 'en' as label, 0 as rank from corridor`,
  },
  theme: { filter: 'themes', codes: list('themes'), headings: terms('theme') },
  audience: { filter: 'audiences', codes: list('audiences'), headings: terms('audience') },
  channel: { filter: 'channels', codes: list('channels'), headings: terms('channel') },
  language: {
    filter: 'languages',
    codes: (record) =>
      sql`array(select distinct split_part(spoken, '-', 1) from unnest(${record.column('languages')}) as spoken)`,
    headings: terms('language'),
  },
  month: period('month'),
  quarter: period('quarter'),
};
