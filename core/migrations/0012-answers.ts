import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

/** Who may answer for an actor. Coordinators and the hub's operator are not among them, whatever actor they act for. */
const myAnswer = '(select app.is_writer()) and actor_id = (select app.actor_id())';

/** What actors answer to suggestions, each seen by itself alone, and who was revealed to whom because both endorsed. */
export class Answers extends Migration {
  override up(): void {
    this.addSql(`
      -- An answer never changes; who answers again withdraws the former one. So a revelation knows which answers it rests on.
      create table answer (
        id text collate "C" primary key,
        -- No foreign key: its check would lock the suggestion, and others could feel in their waiting that somebody answers.
        suggestion_id text collate "C" not null,
        -- What was answered to; an answer to another version than the present one counts for nothing.
        suggestion_version int not null check (suggestion_version > 0),
        actor_id text not null references actor,
        choice text not null check (choice in ('endorse', 'decline')),
        given_at timestamptz not null,
        withdrawn_at timestamptz
      );
      create unique index answer_standing on answer (suggestion_id, actor_id) where withdrawn_at is null;
      create index answer_actor on answer (actor_id);

      -- One row a direction: who (from) is shown to whom (to).
      create table revelation (
        id bigint generated always as identity primary key,
        suggestion_id text collate "C" not null references suggestion,
        suggestion_version int not null,
        from_answer_id text collate "C" not null references answer,
        from_actor_id text not null references actor,
        to_answer_id text collate "C" not null references answer,
        to_actor_id text not null references actor,
        revealed_at timestamptz not null,
        -- When the worker noticed that it no longer holds. It stops being shown before, see app.standing_revelations.
        ended_at timestamptz,
        change_xid xid8 not null default pg_current_xact_id(),
        unique (from_answer_id, to_answer_id),
        check (from_actor_id <> to_actor_id)
      );
      create trigger revelation_stamp before update on revelation for each row execute function app.stamp_change();
      create index revelation_to on revelation (to_actor_id, suggestion_id) where ended_at is null;
      create index revelation_from on revelation (from_actor_id) where ended_at is null;
      create index revelation_suggestion on revelation (suggestion_id) where ended_at is null;

      -- What I may see of who is revealed to whom. It asks the present and not what the worker made of it: a withdrawal, a change
      -- of the suggestion or a suspension hides at once, whether or not the worker has come by.
      create function app.standing_revelations() returns setof bigint language sql stable parallel safe security definer set search_path = '' as $$
        select r.id from app.revelation r
        join app.suggestion s on s.id = r.suggestion_id and s.version = r.suggestion_version and s.status = 'OPEN'
        join app.answer f on f.id = r.from_answer_id and f.withdrawn_at is null
        join app.answer t on t.id = r.to_answer_id and t.withdrawn_at is null
        where app.is_writer() and r.ended_at is null
          and (r.to_actor_id = app.actor_id() or r.from_actor_id = app.actor_id())
          and app.actor_is_listed(r.from_actor_id) and app.actor_is_listed(r.to_actor_id) $$;
      create function app.revealed_actors() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select from_actor_id from app.revelation
        where to_actor_id = app.actor_id() and ended_at is null and id in (select app.standing_revelations()) $$;

      ${secure('answer', {
        app: {
          select: myAnswer,
          insert: `${myAnswer} and exists (select from suggestion_participant p
            where p.suggestion_id = answer.suggestion_id and p.actor_id = (select app.actor_id()))`,
          update: myAnswer,
        },
        worker: { select: 'true' },
      })}
      ${secure('revelation', {
        app: { select: 'id in (select app.standing_revelations())' },
        worker: { select: 'true', insert: 'true', update: 'true' },
      })}
      -- Beside the other rules for seeing an actor.
      create policy app_select_revealed on actor for select to concord_app using (id in (select app.revealed_actors()));

      grant select, insert, update (withdrawn_at) on answer to concord_app;
      grant select on revelation to concord_app;
      grant select on answer to concord_worker;
      -- It says whom it revealed.
      grant insert on audit to concord_worker;
      grant select, insert, update (ended_at) on revelation to concord_worker;
      grant execute on function app.standing_revelations(), app.revealed_actors() to concord_app;
    `);
  }
}
