import { Migration } from '@mikro-orm/migrations';
import { type RowRules, secure } from './secure.ts';

/**
 * The audit can only grow, and is sealed in a chain of hashes.
 *
 * No role of its own inserts: a change and its audit row share one transaction, and a transaction has one login. So the logins
 * of requests and of background work may insert, and what nobody may do is refused by grants, by policies and by a trigger.
 */
export class Audit extends Migration {
  override up(): void {
    this.addSql(`
      alter table audit
        -- Null: somebody whom the hub does not know, such as a refused sign-in.
        alter column key_id drop not null,
        -- Null: about no record.
        alter column subject_id drop not null,
        -- Ids, codes and counts that say what exactly happened. What people wrote does not pass.
        add column detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object' and not jsonb_path_exists(detail,
          '$.* ? (@.type() == "object" || @.type() == "array" || @.type() == "string" && !(@ like_regex "^[A-Za-z0-9_.:-]{0,64}$"))'));

      -- One link of the chain. Its hash is over the hash before it and those of its rows; see core/audit/seal.ts.
      create table audit_seal (
        number bigint primary key check (number > 0),
        first_id bigint not null,
        last_id bigint not null,
        row_count int not null check (row_count > 0),
        hash bytea not null check (length(hash) = 32),
        sealed_at timestamptz not null
      );
      -- Which seal a row is in, and the hash of the row alone, by which a check can name the row that was changed.
      create table audit_sealed (
        audit_id bigint primary key,
        seal bigint not null,
        hash bytea not null check (length(hash) = 32)
      );
      create index audit_sealed_seal on audit_sealed (seal, audit_id);
      -- The rows that wait to be sealed. Ids are given before transactions commit, so no number tells where to go on: a row that
      -- commits late is still here, and whoever seals it takes it away.
      create table audit_unsealed (audit_id bigint primary key);

      create function app.await_seal() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into app.audit_unsealed (audit_id) select id from added;
        return null;
      end $$;
      create trigger audit_awaits_seal after insert on audit
        referencing new table as added for each statement execute function app.await_seal();
      insert into audit_unsealed (audit_id) select id from audit;

      create function app.refuse_rewriting() returns trigger language plpgsql set search_path = '' as $$
      begin
        raise exception '% can only grow', tg_table_name using errcode = 'insufficient_privilege';
      end $$;
    `);
    for (const table of ['audit', 'audit_seal', 'audit_sealed']) {
      this.addSql(`
        create trigger ${table}_only_grows before update or delete on ${table}
          for each row execute function app.refuse_rewriting();
        create trigger ${table}_is_never_emptied before truncate on ${table}
          for each statement execute function app.refuse_rewriting();
      `);
    }
    const sealing: RowRules = { select: 'true', insert: 'true' };
    this.addSql(`
      -- Nobody writes in another's name; the hub itself also notes what somebody unknown did.
      drop policy app_select on audit;
      create policy app_select on audit for select to concord_app using (false);
      drop policy app_insert on audit;
      create policy app_insert on audit for insert to concord_app with check (
        key_id is not distinct from (select app.key_id()) and actor_id is not distinct from (select app.actor_id())
        or key_id is null and actor_id is null and (select app.is_operator()));
      drop policy worker_select on audit;
      create policy worker_select on audit for select to concord_worker using (true);
      revoke select on audit from concord_app;
      grant select, insert on audit to concord_worker;
      ${secure('audit_seal', { app: {}, worker: sealing })}
      ${secure('audit_sealed', { app: {}, worker: sealing })}
      ${secure('audit_unsealed', { app: {}, worker: { select: 'true', delete: 'true' } })}
      grant select, insert on audit_seal, audit_sealed to concord_worker;
      grant select, delete on audit_unsealed to concord_worker;

      -- Loads ask whether an actor was entered by a key; requests cannot look into the audit.
      create function app.registered_with(actor_id text, key_id text) returns boolean language sql stable security definer set search_path = ''
        return app.is_operator() and exists (
          select from app.audit where subject_id = $1 and action = 'actor.registered' and audit.key_id = $2);
      grant execute on function app.registered_with(text, text) to concord_app;
    `);
  }
}
