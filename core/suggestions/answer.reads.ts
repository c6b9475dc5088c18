import { sql } from 'kysely';
import { changedAfter } from '../projection/readers.ts';
import { type FieldReader, type Row, type Sql, type View, column, toOne } from '../projection/view.ts';

/** Row level security gives a viewer the revelations that concern it and stand; the conditions here only choose among them. */
const revealedIn = (suggestion: Sql, viewerActorId: string | null): Sql =>
  sql`from revelation where suggestion_id = ${suggestion} and to_actor_id = ${viewerActorId} and ended_at is null`;

/** What a suggestion is to the viewer: AGREED for those to whom another participant is revealed, OPEN for all others. */
export const statusFor = (row: Row, viewerActorId: string | null): Sql =>
  sql`case when ${row.column('status')} = 'OPEN' and exists (select ${revealedIn(row.column('id'), viewerActorId)})
    then 'AGREED' else ${row.column('status')} end`;

/** Filter: it has one of these statuses for the viewer. The stored ones alone can use an index. */
export function hasStatus(row: Row, value: unknown, viewerActorId: string | null): Sql {
  const asked = Array.isArray(value) ? value.map(String) : [];
  const stored = asked.map((status) => (status === 'AGREED' ? 'OPEN' : status));
  return sql`(${row.column('status')} = any(${stored}::text[]) and ${statusFor(row, viewerActorId)} = any(${asked}::text[]))`;
}

/** Filter: the suggestion changed after a token, or who is revealed to the viewer in it. */
export const changedForViewer = (row: Row, value: unknown, viewerActorId: string | null): Sql =>
  sql`(${changedAfter(row, value)} or exists (select ${revealedIn(row.column('id'), viewerActorId)}
    and app.changed_after(change_xid, ${String(value)})))`;

/** Who sits in a seat; null unless that is the viewer's own or revealed to it. */
const seated = (participant: Row): Sql =>
  sql`(select actor_id from suggestion_seat where suggestion_id = ${participant.column('suggestion_id')}
    and position = ${participant.column('position')})`;

/** Was this participant revealed to the viewer in its suggestion? In another it stays whatever it was. */
const isRevealed = (participant: Row, viewerActorId: string | null): Sql =>
  sql`exists (select ${revealedIn(participant.column('suggestion_id'), viewerActorId)}
    and from_actor_id = ${seated(participant)})`;

/** The actor of a participant: the one that was revealed, else as far as it can be known otherwise. */
export function revealedOr(otherwise: FieldReader): FieldReader {
  const revealed = toOne('Actor', 'actor_id');
  return (row, selection, context) =>
    sql`case when ${isRevealed(row, context.viewer.actorId)} then ${revealed(seatRow(row), selection, context)}
      else ${otherwise(row, selection, context)} end`;
}

const seatRow = (participant: Row): Row => ({ alias: participant.alias, column: () => seated(participant) });

/** How much of a participant the viewer may know. */
export const disclosure: FieldReader = (row, _selection, { viewer }) =>
  sql`case when ${isRevealed(row, viewer.actorId)} then 'REVEALED'
    when ${row.column('coarse')} then 'COARSE' else 'FULL' end`;

/** The standing answer of the viewer's actor; others are hidden by row level security. */
export const myAnswer: FieldReader = (row, selection, context) => {
  const answer = context.row(answerView.table);
  return sql`(select ${context.object('Answer', answer, selection)} from answer as ${sql.ref(answer.alias)}
    where ${answer.column('suggestion_id')} = ${row.column('id')} and ${answer.column('actor_id')} = ${context.viewer.actorId}
      and ${answer.column('withdrawn_at')} is null)`;
};

export const answerView: View = {
  type: 'Answer',
  table: 'answer',
  fields: { choice: column(), version: column('suggestion_version'), givenAt: column() },
};
