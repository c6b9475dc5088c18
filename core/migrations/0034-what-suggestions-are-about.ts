import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

/**
 * Which case study a suggestion is about is told by a row, to those who may read the case study; it can be withdrawn, or its owner
 * suspended, while the suggestion stays. The column stays, for the worker alone. See docs/decisions/0015. And how many days are left
 * is asked, not stored; see docs/decisions/0029.
 */
export class WhatSuggestionsAreAbout extends Migration {
  override up(): void {
    this.addSql(`
      create table suggested_practice (
        suggestion_id text collate "C" primary key references suggestion on delete cascade,
        case_study_id text not null
      );
      create index suggested_practice_case_study on suggested_practice (case_study_id);
      insert into suggested_practice select id, about from suggestion where kind = 'REPLICATE_PRACTICE' and about is not null;

      -- What a suggestion is about never changes: the row is written once.
      create function app.tell_practices() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into app.suggested_practice (suggestion_id, case_study_id)
          select id, about from added where kind = 'REPLICATE_PRACTICE' and about is not null;
        return null;
      end $$;
      revoke execute on function app.tell_practices() from public;
      create trigger suggestion_practices_told after insert on suggestion referencing new table as added
        for each statement execute function app.tell_practices();

      ${secure('suggested_practice', {
        app: {
          select: `(select app.is_member()) and exists (select from case_study where case_study.id = case_study_id)`,
        },
        worker: { select: 'true' },
      })}
      grant select on suggested_practice to concord_app, concord_worker;
      revoke select (about) on suggestion from concord_app;

      -- How many days are left until the window begins, as of the day of the last composition. Which scopes are composed is for
      -- curators, but a suggestion is seen by every member.
      create function app.days_left(suggestion text) returns int language sql stable parallel safe security definer set search_path = '' as $$
        select s.start_day - c.as_of from app.suggestion s join app.composition c on c.scope = s.scope
        where s.id = $1 and app.is_member() $$;
      revoke execute on function app.days_left(text) from public;
      grant execute on function app.days_left(text) to concord_app;

      -- What is proposed is worth something else, and says its lead time otherwise: see docs/decisions/0029.
      insert into outbox_event (kind, payload) select 'scope.touched', jsonb_build_object('scope', scope) from composition;
    `);
  }
}
