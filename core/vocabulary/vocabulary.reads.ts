import { sql } from 'kysely';
import { localized, terms } from '../projection/readers.ts';
import { type FieldReader, type View, column, sameRow, toMany, toOne } from '../projection/view.ts';

/** A label in the language asked for, else in English, which every code has. */
function label(column: string): FieldReader {
  return (row, selection) => {
    const language = selection.args['language'];
    return typeof language === 'string'
      ? sql`coalesce(${row.column(column)} ->> ${language}, ${row.column(column)} ->> 'en')`
      : sql`${row.column(column)} ->> 'en'`;
  };
}

export const vocabularyViews: readonly View[] = [
  {
    type: 'Term',
    table: 'term',
    fields: {
      kind: column(),
      code: column(),
      label: label('labels'),
      scheme: column(),
      broader: column(),
      parent: column(),
    },
  },
  {
    type: 'Place',
    table: 'place',
    fields: {
      code: column(),
      kind: column(),
      name: localized('name', 'names'),
      country: toOne('Place', 'country', 'code'),
    },
  },
  {
    type: 'Corridor',
    table: 'corridor',
    fields: {
      code: column(),
      name: label('names'),
      legs: toMany('Leg', {
        where: (leg, corridor) => sql`${leg.column('corridor')} = ${corridor.column('code')}`,
        orderBy: (leg) => leg.column('position'),
      }),
      themes: terms('theme', 'themes'),
      languages: terms('language', 'languages'),
      season: sameRow('Season', (corridor) => sql`${corridor.column('season_from')} is not null`),
      mode: column(),
      facts: column(),
      confidence: column(),
    },
  },
  { type: 'Leg', table: 'corridor_leg', fields: { country: toOne('Place', 'country', 'code'), role: column() } },
  {
    type: 'Season',
    table: 'corridor',
    fields: { fromMonth: column('season_from'), toMonth: column('season_to'), why: column('season_why') },
  },
];
