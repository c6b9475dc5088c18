import { sql } from 'kysely';
import { changedAfter, oneOf } from '../projection/readers.ts';
import { type FieldReader, type View, column, toOne } from '../projection/view.ts';
import { sentence } from './sentence.ts';

/** What a notification may be about, by the prefix of its id. */
const SUBJECTS = {
  prg_: 'Programme',
  cmp_: 'Campaign',
  ent_: 'CalendarEntry',
  ovl_: 'Overlap',
  sug_: 'Suggestion',
  gui_: 'GuidanceSection',
  act_: 'Actor',
} as const;

const subject: FieldReader = (row, selection, context) => {
  const cases = Object.entries(SUBJECTS).map(
    ([prefix, type]) => sql`when ${sql.lit(prefix)} then ${toOne(type, 'subject_id')(row, selection, context)}`,
  );
  return sql`case left(${row.column('subject_id')}, 4) ${sql.join(cases, sql` `)} end`;
};

export const notificationViews: readonly View[] = [
  {
    type: 'Notification',
    table: 'notification',
    prefix: 'ntf',
    fields: {
      id: column(),
      kind: column(),
      sentence,
      subject,
      createdAt: column(),
      readAt: column(),
    },
    filters: {
      unread: (row, value) => sql`(${row.column('read_at')} is null) = ${value}`,
      kinds: oneOf('kind'),
      changedAfter,
    },
    orders: {
      created: { by: (row) => row.column('created_at'), type: 'timestamptz', descending: true },
    },
  },
];
