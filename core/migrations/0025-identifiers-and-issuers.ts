import { Migration } from '@mikro-orm/migrations';

const isCurator = '(select app.is_operator()) or (select app.is_coordinator())';

/** What may be told of what the viewer does not see: that an identifier is taken, and to coordinators that the hub works. And which key issued a key. */
export class IdentifiersAndIssuers extends Migration {
  override up(): void {
    this.addSql(`
      -- Identifiers are unique among the records of an owner, those included that the viewer is not named for. Whoever writes for the
      -- owner would be told by the unique key anyway; nobody else is told anything.
      create function app.identifier_is_taken(kind text, owner text, scheme text, value text) returns boolean
        language sql stable security definer set search_path = '' as $$
        select (app.is_operator() or app.is_coordinator() or app.is_writer() and owner = app.actor_id()) and case kind
          when 'programme' then exists (select from app.programme where owner_id = owner and external_scheme = scheme and external_id = value)
          when 'campaign' then exists (select from app.campaign where owner_id = owner and external_scheme = scheme and external_id = value)
          else exists (select from app.calendar_entry where owner_id = owner and external_scheme = scheme and external_id = value) end $$;
      -- The same of all identifiers of two actors that are to become one.
      create function app.identifiers_clash(from_actor text, to_actor text) returns boolean
        language sql stable security definer set search_path = '' as $$
        select (app.is_operator() or app.is_coordinator()) and (
          exists (select from app.programme a join app.programme b using (external_scheme, external_id)
            where a.owner_id = from_actor and b.owner_id = to_actor)
          or exists (select from app.campaign a join app.campaign b using (external_scheme, external_id)
            where a.owner_id = from_actor and b.owner_id = to_actor)
          or exists (select from app.calendar_entry a join app.calendar_entry b using (external_scheme, external_id)
            where a.owner_id = from_actor and b.owner_id = to_actor)) $$;
      revoke execute on function app.identifier_is_taken(text, text, text, text), app.identifiers_clash(text, text) from public;
      grant execute on function app.identifier_is_taken(text, text, text, text), app.identifiers_clash(text, text) to concord_app;
    `);
    this.addSql(`
      -- When the hub matches, and how much waits, moves also when hidden things change.
      alter policy app_select on composition using (${isCurator});
      alter policy app_select on worker_heartbeat using (${isCurator});
    `);
    this.addSql(`
      -- The key by which it was issued; null when a person came with a token, and when the hub itself did.
      alter table api_key add column issued_by text references api_key;
      create index api_key_issued_by on api_key (issued_by) where issued_by is not null;
    `);
  }
}
