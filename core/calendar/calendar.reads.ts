import { sql } from 'kysely';
import {
  holderFields,
  holderFilterCodes,
  holderFilters,
  holderOrders,
  isInside,
  isRestricted,
} from '../footprints/holder-view.ts';
import { readBands } from '../observances/read-bands.ts';
import { oneOf } from '../projection/readers.ts';
import { type FieldReader, type Row, type View, column, toMany, toOne } from '../projection/view.ts';

/** The days as they were written, of the first occurrence. */
const statedDays: FieldReader = (row, selection, context) => {
  const stated: Row = {
    alias: row.alias,
    column: (name) =>
      sql`(${row.column('stated')} -> 'days' ->> ${name === 'starts_on' ? sql.lit('start') : sql.lit('end')})::date`,
  };
  return context.object('DayRange', stated, selection);
};

export const calendarViews: readonly View[] = [
  {
    type: 'CalendarEntry',
    table: 'calendar_entry',
    prefix: 'ent',
    fields: {
      ...holderFields,
      campaign: toOne('Campaign', 'campaign_id'),
      kind: column(),
      precision: column(),
      status: column(),
      cancelledReason: column(),
      statedDays,
      recurrence: column(),
      materials: toMany('CalendarMaterial', {
        where: (material, entry) => sql`${material.column('entry_id')} = ${entry.column('id')}`,
        orderBy: (material) => material.column('position'),
      }),
    },
    filterCodes: holderFilterCodes,
    filters: {
      ...holderFilters,
      campaigns: isInside('campaign_id', 'campaign'),
      kinds: oneOf('kind'),
      statuses: oneOf('status'),
    },
    orders: { start: holderOrders.start, name: holderOrders.name, updated: holderOrders.updated },
    listFields: { bands: readBands },
    watched: isRestricted,
  },
  {
    type: 'CalendarMaterial',
    table: 'calendar_material',
    fields: { title: column(), url: column(), language: column(), kind: column() },
  },
];
