import { Migration } from '@mikro-orm/migrations';

/** What came after 0040 and names an actor, and goes with it. */
const MOVED = ['import_run', 'import_provenance', 'import_mapping', 'calendar_feed', 'calendar_subscription'];

/** A merge takes imports and calendars along, so that the duplicate's people find what they sent, and their next file changes nothing. */
export class MergesMoveImports extends Migration {
  override up(): void {
    this.addSql(`
      -- The bytes and the items of an import are whose it is.
      alter table import_file drop constraint import_file_run_id_party_fkey,
        add foreign key (run_id, party) references import_run (id, party) on update cascade;
      alter table import_item drop constraint import_item_run_id_party_fkey,
        add foreign key (run_id, party) references import_run (id, party) on update cascade;
      create index import_run_actor on import_run (sender_actor) where sender_actor is not null;

      -- Of what both have, the survivor's stays.
      create function app.move_imports(from_actor text, to_actor text) returns void language plpgsql security definer set search_path = '' as $$
      begin
        if not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators merge actors' using errcode = 'insufficient_privilege';
        end if;
        update app.import_run set sender_actor = to_actor, party = case party when from_actor then to_actor else party end
          where sender_actor = from_actor or party = from_actor;
        update app.import_provenance p set owner_id = to_actor where owner_id = from_actor and not exists (
          select from app.import_provenance other where other.owner_id = to_actor and other.kind = p.kind and other.source_key = p.source_key);
        update app.import_mapping m set party = to_actor where party = from_actor and not exists (
          select from app.import_mapping other where other.party = to_actor and other.headers = m.headers);
        update app.calendar_feed set actor_id = to_actor where actor_id = from_actor;
        update app.calendar_subscription s set actor_id = to_actor where actor_id = from_actor and not exists (
          select from app.calendar_subscription other where other.actor_id = to_actor and other.campaign_id = s.campaign_id
            and other.url = s.url and other.removed_at is null and s.removed_at is null);
      end $$;
      revoke execute on function app.move_imports(text, text) from public;
      grant execute on function app.move_imports(text, text) to concord_app;
    `);
    for (const table of MOVED) {
      this.addSql(`create trigger ${table}_notes_merge after insert or update or delete on ${table} for each row
        when (pg_catalog.current_setting('app.merge', true) <> '') execute function app.note_merge();`);
    }
  }
}
