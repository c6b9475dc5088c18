import { sql } from 'kysely';
import { changedAfter, oneOf, places, shares, term, terms } from '../projection/readers.ts';
import { type FieldReader, type Row, type Sql, type View, column, expression, toOne } from '../projection/view.ts';

/** The weights of an insight as rows, by weight, the highest first, then by code. */
const channels: FieldReader = (row, selection, context) => {
  const weighted: Row = context.row('weighted');
  return sql`coalesce((select json_agg(${context.object('ChannelWeight', weighted, selection)}
      order by ${weighted.column('weight')} desc, ${weighted.column('channel')})
    from (select key as channel, value::float8 as weight from jsonb_each_text(${row.column('channels')})) as ${sql.ref(weighted.alias)}), '[]'::json)`;
};

const status = (row: Row): Sql => sql`case when ${row.column('withdrawn_at')} is not null then 'withdrawn'
  when ${row.column('confirmed')} then 'confirmed' else 'unconfirmed' end`;

/** Filter: about the country or a part of it, or about a corridor on which it has a leg; what is about everywhere is not about a country. */
const country = (
  row: Row,
  value: unknown,
): Sql => sql`(app.countries_of(${row.column('places')}) && array[${value}]::text[]
  or exists (select from corridor_leg where corridor_leg.corridor = ${row.column('corridor')} and corridor_leg.country = ${value}))`;

export const insightViews: readonly View[] = [
  {
    type: 'Insight',
    table: 'insight',
    prefix: 'ins',
    fields: {
      id: column(),
      kind: column(),
      status,
      audience: term('audience', 'audience'),
      places: places('places'),
      corridor: toOne('Corridor', 'corridor', 'code'),
      themes: terms('theme', 'themes'),
      channels,
      statement: column(),
      source: column(),
      publishedOn: column(),
      validFrom: column(),
      validTo: expression((row) => sql`${row.column('valid_to')} - 1`),
      registeredBy: toOne('Actor', 'owner_id'),
      illustrative: column(),
      withdrawnReason: column(),
      version: column(),
      createdAt: column(),
      updatedAt: column(),
    },
    filterCodes: { corridor: 'corridor', country: 'place', audiences: 'audience', themes: 'theme' },
    filters: {
      kinds: oneOf('kind'),
      statuses: (row, value) => sql`${status(row)} = any(${value}::text[])`,
      country,
      corridor: (row, value) => sql`${row.column('corridor')} = ${value}`,
      audiences: oneOf('audience'),
      themes: shares('themes'),
      changedAfter,
    },
    orders: {
      updated: { by: (row) => row.column('updated_at'), type: 'timestamptz', descending: true },
      published: {
        by: (row) => sql`coalesce(${row.column('published_on')}, '-infinity')`,
        type: 'date',
        descending: true,
      },
    },
  },
  {
    type: 'ChannelWeight',
    table: 'insight',
    fields: { channel: term('channel', 'channel'), weight: column() },
  },
];
