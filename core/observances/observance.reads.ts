import { sql } from 'kysely';
import { places } from '../projection/readers.ts';
import { type View, column, sameRow, toOne } from '../projection/view.ts';

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
      enteredBy: toOne('Actor', 'owner_id'),
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
