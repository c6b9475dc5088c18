import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const isOperator = '(select app.is_operator())';
const isCoordinator = '(select app.is_coordinator())';
const mine = '(select app.is_editor()) and actor_id = (select app.actor_id())';
/** The person who asks in person: a key that somebody issued for a program does not tell the program where else they are. */
const inPerson = '(select app.key_id())';
/** An editor lets people and programs in for its own actor, up to its own rights. */
const lettingIn = `${isOperator} or ${isCoordinator} or ${mine} and role <> 'coordinator'`;

/** People beside keys: users as an identity provider names them, their memberships, what a key may do, and who must go. */
export class Identity extends Migration {
  override up(): void {
    this.addSql(`
      -- The person who asks, or who issued the key that asks; null when no person is known.
      create function app.user_id() returns text language sql stable parallel safe set search_path = ''
        return nullif(pg_catalog.current_setting('app.user_id', true), '');
      create function app.is_editor() returns boolean language sql stable parallel safe set search_path = ''
        return coalesce(app.viewer_role() = 'editor', false);

      -- A person as an issuer of tokens names them. What they are called is said by each who lets them in (membership.label),
      -- so that nobody learns from a name what another actor wrote.
      create table hub_user (
        id text primary key,
        issuer text not null check (issuer <> ''),
        subject text not null check (subject <> ''),
        created_at timestamptz not null,
        suspended_at timestamptz,
        unique (issuer, subject)
      );

      create table membership (
        id text primary key,
        user_id text not null references hub_user,
        -- Null for those who act for no actor.
        actor_id text references actor,
        role text not null check (role in ('coordinator', 'editor', 'planner', 'viewer', 'observer')),
        label text not null check (label <> ''),
        created_at timestamptz not null,
        revoked_at timestamptz,
        check (actor_id is not null or role in ('coordinator', 'observer'))
      );
      -- One role for one actor; the index also finds a user's memberships.
      create unique index membership_living on membership (user_id, actor_id) nulls not distinct where revoked_at is null;
      create index membership_actor on membership (actor_id, created_at);
      create index membership_created on membership (created_at, id);

      alter table api_key
        -- The person who issued it and with whom it ends.
        add column user_id text references hub_user,
        -- What it may do beside reading.
        add column scopes text[] not null default '{write,vet,keys}' check (scopes <@ '{write,vet,keys}'),
        add column last_used_on date;
      update api_key set scopes = case role when 'coordinator' then '{write,vet,keys}'::text[]
        when 'editor' then '{write,keys}' when 'planner' then '{write}' else '{}' end;
      create index api_key_actor on api_key (actor_id, created_at);
      create index api_key_created on api_key (created_at, id);
      create index api_key_user on api_key (user_id) where user_id is not null;
    `);
    this.addSql(`
      create function app.my_people() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select user_id from app.membership where app.is_editor() and actor_id = app.actor_id() $$;

      -- The one user of an issuer and subject, made if need be, without telling whether another actor knows them already.
      create function app.user_for(issuer text, subject text, fresh_id text, at timestamptz) returns text
        language plpgsql security definer set search_path = '' as $$
      begin
        if not (app.is_operator() or app.is_coordinator() or app.is_editor()) then
          raise exception 'only editors and coordinators let people in' using errcode = 'insufficient_privilege';
        end if;
        insert into app.hub_user (id, issuer, subject, created_at) values ($3, $1, $2, $4) on conflict do nothing;
        return (select u.id from app.hub_user u where u.issuer = $1 and u.subject = $2);
      end $$;

      -- What a sign-in by token needs to see without a context: as whom the person may act.
      create function app.find_memberships(issuer text, subject text)
        returns table (user_id text, role text, actor_id text, label text)
        language sql stable security definer set search_path = '' as $$
        select m.user_id, m.role, m.actor_id, m.label from app.hub_user u join app.membership m on m.user_id = u.id
        where u.issuer = $1 and u.subject = $2 and u.suspended_at is null and m.revoked_at is null
          and not exists (select from app.actor a where a.id = m.actor_id and a.vetting = 'suspended')
        order by m.created_at, m.id $$;

      -- A key that a person issued opens no more than the person still could let in.
      create or replace function app.find_api_key(presented text) returns setof app.api_key
        language sql stable security definer set search_path = '' as $$
        select k.* from app.api_key k where k.public_id = presented
          and not exists (select from app.actor a where a.id = k.actor_id and a.vetting = 'suspended')
          and (k.user_id is null or exists (
            select from app.hub_user u join app.membership m on m.user_id = u.id
            where u.id = k.user_id and u.suspended_at is null and m.revoked_at is null
              and (m.role = 'coordinator' or m.role = 'editor' and m.actor_id = k.actor_id and k.role <> 'coordinator'))) $$;

      -- A day and no more, so that signing in writes once a day.
      create function app.note_key_use(key_id text, day date) returns void language sql security definer set search_path = '' as $$
        update app.api_key set last_used_on = $2 where id = $1 and last_used_on is distinct from $2 $$;

      -- Tells every process that somebody may have lost a right: streams that are open must look again. Ids only.
      create function app.tell_access_changed() returns trigger language plpgsql set search_path = '' as $$
      begin
        perform pg_catalog.pg_notify('concord_notice', 'access.changed:' || (pg_catalog.to_jsonb(old) ->> tg_argv[0]));
        return null;
      end $$;
      create trigger api_key_access after update on api_key for each row
        when ((old.role, old.actor_id, old.scopes, old.expires_at, old.revoked_at)
          is distinct from (new.role, new.actor_id, new.scopes, new.expires_at, new.revoked_at))
        execute function app.tell_access_changed('id');
      create trigger hub_user_access after update on hub_user for each row
        when (old.suspended_at is distinct from new.suspended_at) execute function app.tell_access_changed('id');
      create trigger membership_access after update on membership for each row
        when ((old.role, old.actor_id, old.revoked_at) is distinct from (new.role, new.actor_id, new.revoked_at))
        execute function app.tell_access_changed('user_id');
      create trigger actor_access after update on actor for each row
        when (old.vetting is distinct from new.vetting) execute function app.tell_access_changed('id');
    `);
    this.addSql(`
      ${secure('hub_user', {
        app: {
          select: `${isOperator} or ${isCoordinator} or id = ${inPerson} or id in (select app.my_people())`,
          update: `${isOperator} or ${isCoordinator}`,
        },
        worker: {},
      })}
      ${secure('membership', {
        app: {
          select: `${isOperator} or ${isCoordinator} or user_id = ${inPerson} or ${mine}`,
          insert: lettingIn,
          update: lettingIn,
        },
        worker: {},
      })}
      alter policy app_insert on api_key with check (${lettingIn});
      alter policy app_update on api_key using (${lettingIn}) with check (${lettingIn});

      grant select on hub_user, membership to concord_backup;
      grant select on hub_user to concord_app;
      grant update (suspended_at) on hub_user to concord_app;
      grant select, insert on membership to concord_app;
      grant update (actor_id, revoked_at) on membership to concord_app;
      -- What a key is, it is for good: a merge moves it, and it ends.
      revoke update on api_key from concord_app;
      grant update (actor_id, revoked_at) on api_key to concord_app;
      grant execute on function app.user_id(), app.is_editor(), app.my_people() to concord_app, concord_worker, concord_backup;
      grant execute on function app.user_for(text, text, text, timestamptz), app.find_memberships(text, text),
        app.note_key_use(text, date) to concord_app;
    `);
  }
}
