import { Migration } from '@mikro-orm/migrations';
import { readable, secure } from './secure.ts';

const me = '(select app.actor_id())';
const isMember = '(select app.is_member())';
const isOperator = '(select app.is_operator())';
const isCoordinator = '(select app.is_coordinator())';
const isWriter = '(select app.is_writer())';

const seatOf = (suggestion: string): string => `exists (select from suggestion_seat seat
  where seat.suggestion_id = ${suggestion} and seat.actor_id = ${me})`;
const mayDecide = `${isOperator} or ${isCoordinator} or ${isWriter} and ${seatOf('suggestion.id')}`;

/** What requests may read of a table: everything but these columns, which are the worker's alone. */
const readExcept = (table: string, columns: readonly string[]): string => `
  do $$ declare told text; begin
    select string_agg(quote_ident(attname), ', ') into strict told from pg_attribute
      where attrelid = 'app.${table}'::regclass and attnum > 0 and not attisdropped
        and attname not in (${columns.map((name) => `'${name}'`).join(', ')});
    revoke select on app.${table} from concord_app;
    execute format('grant select (%s) on app.${table} to concord_app', told);
  end $$;`;

/**
 * Who and what takes part in an overlap or a suggestion is told by rows with policies of their own; the columns that hold the ids
 * stay, for the worker alone. See docs/decisions/0015.
 */
export class IdsInRows extends Migration {
  override up(): void {
    this.addSql(`
      create table overlap_side (
        overlap_id text collate "C" not null references overlap on delete cascade,
        side text not null check (side in ('a', 'b')),
        subject_id text collate "C" not null,
        primary key (overlap_id, side)
      );
      create index overlap_side_subject on overlap_side (subject_id);

      -- The record in a seat, and who sits there: two tables, because somebody may know one of them and not the other.
      create table suggestion_subject (
        suggestion_id text collate "C" not null,
        position int not null,
        subject_id text collate "C" not null,
        primary key (suggestion_id, position),
        foreign key (suggestion_id, position) references suggestion_participant on delete cascade
      );
      create index suggestion_subject_subject on suggestion_subject (subject_id);
      create table suggestion_seat (
        suggestion_id text collate "C" not null,
        position int not null,
        actor_id text not null,
        primary key (suggestion_id, position),
        foreign key (suggestion_id, position) references suggestion_participant on delete cascade
      );
      create index suggestion_seat_actor on suggestion_seat (actor_id, suggestion_id);

      -- Contradictions name sides instead of records.
      update overlap set contradiction = contradiction || jsonb_build_object(
          'deterring', case contradiction ->> 'deterring' when a_id then 'a' else 'b' end,
          'protecting', case contradiction ->> 'protecting' when a_id then 'a' else 'b' end)
        where jsonb_typeof(contradiction) = 'object';
      insert into overlap_side select id, 'a', a_id from overlap union all select id, 'b', b_id from overlap;
      insert into suggestion_subject select suggestion_id, position, subject_id from suggestion_participant;
      insert into suggestion_seat select suggestion_id, position, actor_id from suggestion_participant;

      -- Neither an overlap nor a participant ever changes what it is of: these rows are written once and end with theirs.
      create function app.tell_sides() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into app.overlap_side (overlap_id, side, subject_id)
          select id, 'a', a_id from added union all select id, 'b', b_id from added;
        return null;
      end $$;
      create trigger overlap_sides after insert on overlap referencing new table as added
        for each statement execute function app.tell_sides();
      create function app.tell_participants() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into app.suggestion_subject (suggestion_id, position, subject_id) select suggestion_id, position, subject_id from added;
        insert into app.suggestion_seat (suggestion_id, position, actor_id) select suggestion_id, position, actor_id from added;
        return null;
      end $$;
      create trigger suggestion_participants_told after insert on suggestion_participant referencing new table as added
        for each statement execute function app.tell_participants();
    `);
    this.addSql(`
      -- Whoever may not see an overlap does not learn from a record of its own that there is one.
      ${secure('overlap_side', {
        app: { select: `exists (select from overlap where overlap.id = overlap_id) and ${readable('subject_id')}` },
        worker: { select: 'true' },
      })}
      ${secure('suggestion_subject', { app: { select: `${isMember} and ${readable('subject_id')}` }, worker: { select: 'true' } })}
      -- One's own, and those of whom was revealed to one in this suggestion.
      ${secure('suggestion_seat', {
        app: {
          select: `${isMember} and (actor_id = ${me} or exists (select from revelation r
            where r.suggestion_id = suggestion_seat.suggestion_id and r.from_actor_id = suggestion_seat.actor_id and r.to_actor_id = ${me}))`,
        },
        worker: { select: 'true' },
      })}
      grant select on overlap_side, suggestion_subject, suggestion_seat to concord_app, concord_worker;

      alter policy app_update on suggestion using (${mayDecide}) with check (${mayDecide});
      alter policy app_insert on answer with check (${isWriter} and actor_id = ${me} and ${seatOf('answer.suggestion_id')});

      ${readExcept('overlap', ['a_id', 'b_id', 'a_owner_id', 'b_owner_id'])}
      ${readExcept('suggestion', ['draft_key'])}
      ${readExcept('suggestion_participant', ['subject_id', 'subject_kind', 'actor_id'])}

      -- Which overlaps have both sides in a suggestion, of those that could be the viewer's; the policies of overlap decide about
      -- each. An overlap between a record of one's own and a hidden one is found so, and neither is named.
      create function app.overlaps_among(suggestion text) returns setof text language sql stable security definer set search_path = '' as $$
        select o.id from app.suggestion_participant a
        join app.overlap o on o.a_id = a.subject_id
        where a.suggestion_id = $1 and app.is_member()
          and o.b_id in (select b.subject_id from app.suggestion_participant b where b.suggestion_id = $1)
          and (o.view = 'released' or o.a_owner_id = app.actor_id()) $$;
      revoke execute on function app.tell_sides(), app.tell_participants(), app.overlaps_among(text) from public;
      grant execute on function app.overlaps_among(text) to concord_app;
    `);
    this.addSql(`
      -- Whether a record is restricted and the viewer not named for it. A record that does not exist yet is not withheld: what is
      -- kept beside it is written first.
      create function app.is_withheld(record text) returns boolean language sql stable parallel safe security definer set search_path = ''
        return exists (select from app.programme where id = $1 and visibility = 'restricted'
          union all select from app.campaign where id = $1 and visibility = 'restricted'
          union all select from app.calendar_entry where id = $1 and visibility = 'restricted')
          and $1 not in (select app.named_records());
      revoke execute on function app.is_withheld(text) from public;
      grant execute on function app.is_withheld(text) to concord_app;
      ${['exact_place', 'exclusion', 'named_reader']
        .map(
          (table) => `alter policy app_select on ${table} using (${isOperator}
            or owner_id = ${me} and not (select app.is_withheld(subject_id))
            ${table === 'exclusion' ? `or ${isCoordinator} and ${readable('subject_id')}` : ''});`,
        )
        .join('\n')}

      -- A share of what is hidden (it ended, or its programme is kept to named readers) is hidden too.
      alter policy app_select on share using (${isOperator}
        or (owner_id = ${me} or actor_id = ${me} or ${isCoordinator}) and exists (select from programme p where p.id = programme_id));
    `);
  }
}
