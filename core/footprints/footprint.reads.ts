import { sql } from 'kysely';
import { terms } from '../projection/readers.ts';
import { type Row, type Sql, type View, column, expression, sameRow, toMany } from '../projection/view.ts';
import { knownPlaces } from './known-places.ts';

/** The codes of a facet as the owner stated them; none where it states none. */
const statedCodes = (row: Row, facet: string): Sql =>
  sql`array(select jsonb_array_elements_text(${row.column('stated')} -> ${sql.lit(facet)}))`;

/** The same of places, as exactly as the viewer may know them. */
const statedPlaces = (row: Row): Sql =>
  sql`coalesce((select coalesce(exact.stated, '{}') from exact_place exact where exact.subject_id = ${row.column('id')}), ${statedCodes(row, 'places')})`;

/** All read any row that has the columns of a footprint, and the id of the record it is of. */
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
  // For those who know the vocabulary and want codes only; GraphQL does not show them.
  {
    type: 'CodedFootprint',
    table: 'campaign',
    fields: {
      start: column('starts_on'),
      end: column('ends_on'),
      places: expression(knownPlaces),
      corridors: column(),
      audiences: column(),
      themes: column(),
      channels: column(),
      languages: column(),
    },
  },
  {
    type: 'StatedFootprint',
    table: 'campaign',
    fields: {
      places: expression(statedPlaces),
      ...Object.fromEntries(
        ['corridors', 'audiences', 'themes', 'channels', 'languages'].map((facet) => [
          facet,
          expression((row) => statedCodes(row, facet)),
        ]),
      ),
    },
  },
];
