import { sql } from 'kysely';
import { elements, term } from '../projection/readers.ts';
import { type FieldReader, type View, column, toOne } from '../projection/view.ts';

/** Reads the texts inside a JSON object. */
const inJson =
  (read: FieldReader): FieldReader =>
  (row, selection, context) =>
    read({ alias: row.alias, column: (name) => sql`(${row.column(name)} #>> '{}')` }, selection, context);

export const channelFitViews: readonly View[] = [
  {
    type: 'ChannelFit',
    table: 'campaign',
    fields: {
      audience: term('audience', 'audience'),
      share: column(),
      used: elements('InformationWay', 'used'),
      toAdd: elements('InformationWay', 'to_add'),
    },
  },
  {
    type: 'InformationWay',
    table: 'campaign',
    fields: {
      channel: inJson(term('channel', 'channel')),
      weight: column(),
      insight: inJson(toOne('Insight', 'insight')),
    },
  },
];
