import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

/** For whom an observance was entered is a row of its own, for those who see that actor; see docs/decisions/0015. */
export class ObservanceAuthors extends Migration {
  override up(): void {
    this.addSql(`
      create table observance_author (
        observance_id text primary key references observance on delete cascade,
        owner_id text not null references actor
      );
      create index observance_author_owner on observance_author (owner_id);
      insert into observance_author select id, owner_id from observance where owner_id is not null;
      create function app.tell_observance_author() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into app.observance_author (observance_id, owner_id) values (new.id, new.owner_id)
          on conflict (observance_id) do update set owner_id = excluded.owner_id;
        return null;
      end $$;
      revoke execute on function app.tell_observance_author() from public;
      create trigger observance_author_told after insert or update of owner_id on observance for each row
        when (new.owner_id is not null) execute function app.tell_observance_author();
      ${secure('observance_author', { app: { select: 'exists (select from actor where actor.id = owner_id)' }, worker: {} })}
      grant select on observance_author to concord_app;
      revoke select on observance from concord_app;
      grant select (id, kind, name, starts_on, ends_on, countries, reason, source, estimated, withdrawn_at, version, created_at, updated_at)
        on observance to concord_app;
    `);
  }
}
