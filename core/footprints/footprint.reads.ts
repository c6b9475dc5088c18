import { sql } from 'kysely';
import { terms } from '../projection/readers.ts';
import { type View, column, expression, sameRow, toMany } from '../projection/view.ts';
import { knownPlaces } from './known-places.ts';

/** Both read any row that has the columns of a footprint, and the id of the record it is of. */
export const footprintViews: readonly View[] = [
  {
    type: 'Footprint',
    table: 'campaign',
    fields: {
      days: sameRow('DayRange', (row) => sql`${row.column('starts_on')} is not null`),
      places: toMany('Place', {
        where: (place, row) => sql`${place.column('code')} = any(${knownPlaces(row)})`,
        orderBy: (place) => place.column('code'),
      }),
      corridors: toMany('Corridor', {
        where: (corridor, row) => sql`${corridor.column('code')} = any(${row.column('corridors')})`,
        orderBy: (corridor) => corridor.column('bit'),
      }),
      audiences: terms('audience', 'audiences'),
      themes: terms('theme', 'themes'),
      channels: terms('channel', 'channels'),
      languages: column(),
      inherited: column(),
    },
  },
  {
    type: 'DayRange',
    table: 'campaign',
    fields: {
      start: column('starts_on'),
      end: column('ends_on'),
      days: expression((row) => sql`${row.column('ends_on')} - ${row.column('starts_on')} + 1`),
    },
  },
];
