import { sql } from 'kysely';
import { places, terms } from '../projection/readers.ts';
import { type View, column, expression, sameRow, toMany } from '../projection/view.ts';

/** Both read any row that has the columns of a footprint. */
export const footprintViews: readonly View[] = [
  {
    type: 'Footprint',
    table: 'campaign',
    fields: {
      days: sameRow('DayRange', (row) => sql`${row.column('starts_on')} is not null`),
      places: places('places'),
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
