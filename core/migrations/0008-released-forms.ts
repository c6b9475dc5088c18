import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, readable, secure } from './secure.ts';

const me = '(select app.actor_id())';
const isMember = '(select app.is_member())';
/** Whoever edits for a participant decides about a suggestion, and coordinators do. */
const mayDecide = `(select app.is_operator()) or (select app.is_coordinator()) or (select app.is_writer())
  and exists (select from suggestion_participant seat where seat.suggestion_id = suggestion.id and seat.actor_id = ${me})`;

/**
 * Footprints become the worker's alone, each with the form of it that its owner releases; overlaps are found for each recipient
 * from what it may know: an owner sees its own records as they are, and of everybody else's the released form.
 */
export class ReleasedForms extends Migration {
  override up(): void {
    this.addSql(`
      -- What was matched so far was matched on exact data.
      delete from overlap;
      delete from footprint_cell;
      drop index footprint_unmatched;
      alter table footprint
        drop column version,
        drop column matched_version,
        -- By what others may exclude its owner, and the marks of those whom it excludes; ascending.
        add column owner_marks text[] not null default '{}',
        add column excludes text[] not null default '{}',
        -- Whether every member may see the record itself, and so whose it is.
        add column open boolean not null default false,
        -- A coarse form says country, months and themes only. The footprint itself never is.
        add column coarse boolean not null default false,
        -- The same columns as they are for others; null where there is nothing for others.
        add column released jsonb check (jsonb_typeof(released) = 'object');
      alter table footprint_cell
        add column face text not null check (face in ('own', 'released')),
        drop constraint footprint_cell_pkey,
        add primary key (face, cell, subject_id);
      drop index footprint_cell_start;
      create index footprint_cell_start on footprint_cell (face, cell, start_day);

      -- That a comes before b holds of released ones only.
      do $$
      declare
        named text;
      begin
        select conname into strict named from pg_constraint
        where conrelid = 'app.overlap'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%(a_id < b_id)%';
        execute format('alter table app.overlap drop constraint %I', named);
      end $$;
      alter table overlap
        -- own: of a's list, as a's owner sees it; released: as everybody else sees it.
        add column view text not null check (view in ('own', 'released')),
        add column a_coarse boolean not null,
        add column b_coarse boolean not null,
        drop constraint overlap_a_id_b_id_key,
        add unique (view, a_id, b_id),
        add check (view = 'own' and listed_by_a and not listed_by_b or view = 'released' and a_id < b_id);
      drop index overlap_a_owner;
      create index overlap_a_owner on overlap (a_owner_id, strength) where view = 'own';

      alter table suggestion_participant add column coarse boolean not null default false;

      -- Previews and matchable writes of a party on a day: probing has a price.
      create table probe_budget (
        party text not null,
        day date not null,
        used int not null,
        primary key (party, day)
      );
    `);
    this.addSql(`
      ${secure('footprint', { app: {}, worker: EVERY_ROW })}
      ${secure('footprint_cell', { app: {}, worker: EVERY_ROW })}
      ${secure('overlap', {
        app: {
          select: `case view when 'own' then a_owner_id = ${me} and ${isMember} and ${readable('a_id')}
            else a_owner_id is distinct from ${me} and b_owner_id is distinct from ${me}
              and ((select app.is_operator()) or (select app.is_coordinator()) or ${readable('a_id')} and ${readable('b_id')}) end`,
        },
        worker: EVERY_ROW,
      })}
      ${secure('composition', { app: { select: 'true' }, worker: EVERY_ROW })}
      ${secure('suggestion', { app: { select: isMember, update: mayDecide }, worker: EVERY_ROW })}
      ${secure('suggestion_participant', { app: { select: isMember }, worker: EVERY_ROW })}
      ${secure('probe_budget', {
        app: {
          select: 'party = (select app.party())',
          insert: 'party = (select app.party())',
          update: 'party = (select app.party())',
        },
        worker: { select: 'true', delete: 'true' },
      })}
      revoke all on footprint, footprint_cell from concord_app;
      grant delete on footprint to concord_worker;
      revoke update (change_xid) on actor, programme, campaign from concord_worker;
      grant select, insert, update on probe_budget to concord_app;
      grant select, delete on probe_budget to concord_worker;

      -- The one thing a request may know of footprints: the released forms that a footprint in these cells could meet, but for those
      -- that exclude the viewer. Nobody who is not vetted matches.
      create function app.released_met_by(given jsonb) returns setof jsonb language sql stable security definer set search_path = '' as $$
        select f.released from app.footprint f
        where app.is_member() and f.released is not null
          and not f.excludes && coalesce(app.marks_of(app.actor_id()), '{}')
          and f.subject_id in (
            select other.subject_id
            from pg_catalog.jsonb_populate_recordset(null::app.footprint_cell, given) as seeker
            join app.footprint_cell as other on other.face = 'released' and other.cell = seeker.cell
              and other.start_day < seeker.end_day and other.end_day > seeker.start_day
              and other.owner_id <> seeker.owner_id
              and (other.audiences && seeker.audiences or other.themes && seeker.themes)
              and (other.subdivisions && seeker.subdivisions or 0 = any(other.subdivisions) or 0 = any(seeker.subdivisions))) $$;
      revoke execute on function app.released_met_by(jsonb) from public;
      grant execute on function app.released_met_by(jsonb) to concord_app;

      -- Everything is matched anew, in the background.
      insert into outbox_event (kind, payload)
        select 'record.changed', jsonb_build_object('subjectIds', jsonb_build_array(id)) from actor order by id;
    `);
  }
}
