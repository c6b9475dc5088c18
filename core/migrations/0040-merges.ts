import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const me = '(select app.actor_id())';
const mayCurate = '((select app.is_coordinator()) or (select app.is_operator()))';

/** Everything that names an actor and goes with it when it is merged into another. */
const MOVED =
  `actor actor_identifier commitment insight api_key membership programme campaign calendar_entry exact_place named_reader
  exclusion share programme_partner case_study contribution_interest contact observance joint_party joint_campaign joint_outcome
  joint_outcome_consent notification notification_preference digest_recipient webhook name_question name_candidate`.split(
    /\s+/,
  );

/** Merges of actors that can be undone: what each moved is written down by the database, whatever statement moved it. */
export class Merges extends Migration {
  override up(): void {
    this.addSql(`
      create table actor_merge (
        id text collate "C" primary key,
        survivor_id text not null references actor,
        duplicate_id text not null references actor,
        -- Of the survivor's own fields, by column: { before, after }.
        fields jsonb not null check (jsonb_typeof(fields) = 'object'),
        merged_at timestamptz not null,
        merged_by text not null,
        undone_at timestamptz,
        undone_by text,
        check (survivor_id <> duplicate_id)
      );
      create index actor_merge_survivor on actor_merge (survivor_id, merged_at);
      create unique index actor_merge_standing on actor_merge (duplicate_id) where undone_at is null;
      -- What a merge moved, in its order: keys and what named the duplicate; of rows that it deleted, all of it.
      create table actor_merge_change (
        merge_id text collate "C" not null references actor_merge,
        position bigint generated always as identity,
        tab text not null,
        command text not null check (command in ('INSERT', 'UPDATE', 'DELETE')),
        key jsonb not null,
        before jsonb,
        after jsonb,
        primary key (merge_id, position)
      );
      ${secure('actor_merge', {
        app: { select: `${mayCurate} or survivor_id = ${me}`, insert: mayCurate, update: mayCurate },
        worker: {},
      })}
      ${secure('actor_merge_change', { app: {}, worker: {} })}
      grant select, insert on actor_merge to concord_app;
      grant update (undone_at, undone_by) on actor_merge to concord_app;

      -- While the setting app.merge names a merge, every row that it changes is written down.
      create function app.note_merge() returns trigger language plpgsql security definer set search_path = '' as $$
      declare
        merge app.actor_merge;
        changed jsonb;
        was jsonb := case when tg_op <> 'INSERT' then pg_catalog.to_jsonb(old) end;
        is_now jsonb := case when tg_op <> 'DELETE' then pg_catalog.to_jsonb(new) end;
        key jsonb;
      begin
        select * into merge from app.actor_merge m where m.id = pg_catalog.current_setting('app.merge', true) and m.undone_at is null;
        -- The two actors themselves are in the fields of the merge.
        if not found or tg_table_name = 'actor' and is_now ->> 'id' in (merge.survivor_id, merge.duplicate_id) then return null; end if;
        select pg_catalog.jsonb_object_agg(a.attname, coalesce(is_now, was) -> a.attname) into key
          from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
          where i.indrelid = tg_relid and i.indisprimary;
        if tg_op = 'UPDATE' then
          select pg_catalog.jsonb_object_agg(e.key, e.value) into changed from pg_catalog.jsonb_each(was) e
            where e.value is distinct from is_now -> e.key
              and (e.value = pg_catalog.to_jsonb(merge.duplicate_id) or e.key in ('state', 'revoked_at'));
          if changed is null then return null; end if;
          was := changed;
          select pg_catalog.jsonb_object_agg(e.key, is_now -> e.key) into is_now from pg_catalog.jsonb_each(changed) e;
        end if;
        insert into app.actor_merge_change (merge_id, tab, command, key, before, after)
          values (merge.id, tg_table_name, tg_op, key, was, case when tg_op = 'UPDATE' then is_now end);
        return null;
      end $$;

      -- Takes back what a merge moved, the last first. What changed hands or was deleted since stays as it is; returns how many rows that is.
      create function app.undo_merge(merge text) returns int language plpgsql security definer set search_path = '' as $$
      declare
        change app.actor_merge_change;
        by_key text;
        done int;
        stayed int := 0;
      begin
        if not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators undo merges' using errcode = 'insufficient_privilege';
        end if;
        for change in select * from app.actor_merge_change c where c.merge_id = $1 order by c.position desc loop
          select pg_catalog.string_agg(pg_catalog.format('t.%1$I = (pg_catalog.jsonb_populate_record(null::app.%2$I, $1)).%1$I', k, change.tab), ' and ')
            into by_key from pg_catalog.jsonb_object_keys(change.key) k;
          begin
            if change.command = 'UPDATE' then
              execute pg_catalog.format('update app.%I t set %s where %s and pg_catalog.to_jsonb(t) @> $3', change.tab,
                (select pg_catalog.string_agg(pg_catalog.format('%1$I = (pg_catalog.jsonb_populate_record(null::app.%2$I, $2)).%1$I', k, change.tab), ', ')
                  from pg_catalog.jsonb_object_keys(change.before) k), by_key)
                using change.key, change.before, change.after;
            elsif change.command = 'INSERT' then
              execute pg_catalog.format('delete from app.%I t where %s', change.tab, by_key) using change.key;
            else
              execute pg_catalog.format('insert into app.%I (%2$s) select %2$s from pg_catalog.jsonb_populate_record(null::app.%1$I, $1) on conflict do nothing',
                change.tab, (select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ') from pg_catalog.pg_attribute a
                  where a.attrelid = ('app.' || pg_catalog.quote_ident(change.tab))::pg_catalog.regclass and a.attnum > 0
                    and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''))
                using change.before;
            end if;
            get diagnostics done = row_count;
          exception when integrity_constraint_violation then
            done := 0;
          end;
          if done = 0 then stayed := stayed + 1; end if;
        end loop;
        return stayed;
      end $$;

      -- Who an actor is now: itself, or what it was merged into, however often.
      create function app.surviving_actor(actor text) returns text language sql stable parallel safe security definer set search_path = '' as $$
        with recursive way as (
          select id, merged_into_id, 1 as steps from app.actor where id = $1
          union all select a.id, a.merged_into_id, steps + 1 from way join app.actor a on a.id = way.merged_into_id where steps < 100)
        select coalesce((select id from way where merged_into_id is null), $1) $$;

      -- What was told to the duplicate, and where it is told: of what both were told, the survivor's stays.
      create function app.move_tellings(from_actor text, to_actor text) returns void language plpgsql security definer set search_path = '' as $$
      begin
        if not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators merge actors' using errcode = 'insufficient_privilege';
        end if;
        update app.notification n set actor_id = to_actor where actor_id = from_actor and not exists (
          select from app.notification other where other.actor_id = to_actor and other.kind = n.kind
            and other.subject_id = n.subject_id and other.occasion = n.occasion);
        insert into app.notification_preference (actor_id, kinds, digest, weekday, language, updated_at)
          select to_actor, kinds, digest, weekday, language, updated_at from app.notification_preference where actor_id = from_actor
          on conflict do nothing;
        update app.digest_recipient r set actor_id = to_actor where actor_id = from_actor and not exists (
          select from app.digest_recipient other where other.actor_id = to_actor and other.contact_id = r.contact_id);
        update app.webhook set actor_id = to_actor where actor_id = from_actor;
        -- What people decided for the duplicate's files is decided for the survivor's, unless these decided it too.
        update app.name_question q set actor_id = to_actor where actor_id = from_actor and not exists (
          select from app.name_question other where other.actor_id = to_actor and other.asked = q.asked
            and other.scheme is not distinct from q.scheme and other.code is not distinct from q.code);
        update app.name_question set answer_id = to_actor where answer_id = from_actor;
        update app.name_candidate c set actor_id = to_actor where actor_id = from_actor and not exists (
          select from app.name_candidate other where other.question_id = c.question_id and other.actor_id = to_actor);
      end $$;

      -- As before, and nobody enters a record for an actor that is being merged: whoever tries does so again, and finds it gone.
      create or replace function app.set_owner_access() returns trigger language plpgsql security definer set search_path = '' as $$
      declare
        merged text;
      begin
        if tg_op = 'UPDATE' and new.owner_id <> old.owner_id and app.has_context() and not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators give a record to another owner' using errcode = 'insufficient_privilege';
        end if;
        if tg_op = 'INSERT' then
          select merged_into_id into merged from app.actor where id = new.owner_id for key share;
          if merged is not null then
            raise exception 'the owner was merged into another actor' using errcode = 'serialization_failure';
          end if;
        end if;
        select listed_until, visibility into strict new.owner_listed_until, new.owner_visibility from app.actor where id = new.owner_id;
        return new;
      end $$;
      revoke execute on function app.note_merge(), app.undo_merge(text), app.surviving_actor(text), app.move_tellings(text, text) from public;
      grant execute on function app.undo_merge(text), app.surviving_actor(text), app.move_tellings(text, text) to concord_app;
    `);
    for (const table of MOVED) {
      this.addSql(`create trigger ${table}_notes_merge after insert or update or delete on ${table} for each row
        when (pg_catalog.current_setting('app.merge', true) <> '') execute function app.note_merge();`);
    }
  }
}
