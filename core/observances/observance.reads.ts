import { sql } from 'kysely';
import { places } from '../projection/readers.ts';
import { type FieldReader, type Row, type View, column, sameRow, toOne } from '../projection/view.ts';

/** A row of its own tells it, to those who see that actor. */
const enteredBy: FieldReader = (row, selection, context) => {
  const author: Row = {
    alias: row.alias,
    column: () => sql`(select owner_id from observance_author where observance_id = ${row.column('id')})`,
  };
  return toOne('Actor', 'owner_id')(author, selection, context);
};

const common: View['fields'] = {
  kind: column(),
  name: column(),
  days: sameRow('DayRange'),
  countries: places('countries'),
  reason: column(),
  source: column(),
  estimated: column(),
};

export const observanceViews: readonly View[] = [
  {
    type: 'Observance',
    table: 'observance',
    prefix: 'obs',
    fields: {
      id: column(),
      ...common,
      enteredBy,
      withdrawn: (row) => sql`${row.column('withdrawn_at')} is not null`,
      version: column(),
      createdAt: column(),
      updatedAt: column(),
    },
  },
  {
    // Made of rows that no table holds: see `readBands`.
    type: 'CalendarBand',
    table: 'observance',
    fields: {
      ...common,
      corridor: toOne('Corridor', 'corridor', 'code'),
      observance: toOne('Observance', 'observance_id'),
    },
  },
];
