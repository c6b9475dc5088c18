import { sql } from 'kysely';
import { changedAfter, oneOf, shares, terms } from '../projection/readers.ts';
import { type Row, type Sql, type View, column, toMany, toOne } from '../projection/view.ts';

/** A condition on whose resources they are; asked of the actors that the viewer sees. */
const ofActor = (row: Row, condition: Sql): Sql =>
  sql`exists (select from actor giver where giver.id = ${row.column('actor_id')} and ${condition})`;

export const commitmentViews: readonly View[] = [
  {
    type: 'Commitment',
    table: 'commitment',
    prefix: 'com',
    fields: {
      id: column(),
      actor: toOne('Actor', 'actor_id'),
      programme: toOne('Programme', 'programme_id'),
      kind: column(),
      description: column(),
      amount: column(),
      currency: column(),
      quantity: column(),
      unit: column(),
      corridors: toMany('Corridor', {
        where: (corridor, row) => sql`${corridor.column('code')} = any(${row.column('corridors')})`,
        orderBy: (corridor) => corridor.column('code'),
      }),
      themes: terms('theme', 'themes'),
      validFrom: column(),
      validTo: column(),
      endedAt: column(),
      source: column(),
      version: column(),
    },
    filterCodes: { corridors: 'corridor', countries: 'place', actorKinds: 'actor_kind', themes: 'theme' },
    filters: {
      kinds: oneOf('kind'),
      actors: oneOf('actor_id'),
      programmes: (row, value) =>
        sql`${row.column('programme_id')} in (select id from programme where id = any(${value}))`,
      corridors: shares('corridors'),
      themes: shares('themes'),
      countries: (row, value) => ofActor(row, sql`giver.based_in_countries && ${value}::text[]`),
      actorKinds: (row, value) => ofActor(row, sql`giver.kind = any(${value}::text[])`),
      current: (row, value) => sql`(${row.column('ended_at')} is null
        and coalesce(${row.column('valid_to')} >= app.today(), true)) = ${value}`,
      changedAfter,
    },
    orders: {
      kind: { by: (row) => row.column('kind'), type: 'text' },
      end: { by: (row) => sql`coalesce(${row.column('valid_to')}, 'infinity')`, type: 'date' },
    },
  },
];
