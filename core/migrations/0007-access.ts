import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, type RowRules, secure } from './secure.ts';

/** The record tables, and what a request may call the row of each in a rule. */
const HOLDERS = ['programme', 'campaign', 'calendar_entry'] as const;

const VISIBILITIES = `('public', 'members', 'partners', 'restricted')`;

/** Who asks, as the session context says. */
const isOperator = '(select app.is_operator())';
const isCoordinator = '(select app.is_coordinator())';
const isMember = '(select app.is_member())';
const isWriter = '(select app.is_writer())';
const me = '(select app.actor_id())';

/** Its owner acts for the record; what is restricted, only those whom the owner named. */
const mine = `owner_id = ${me} and (visibility <> 'restricted' or id in (select app.named_records()))`;

/** Those whose programme or campaign a record is a part of see it; they cannot host what they do not know. */
const hosted: Readonly<Record<(typeof HOLDERS)[number], string>> = {
  programme: 'false',
  campaign: `visibility <> 'restricted' and programme_id in (select app.my_programmes())`,
  calendar_entry: `visibility <> 'restricted' and campaign_id in (select app.my_campaigns())`,
};

/** A programme is shared with everything inside it. */
const shared: Readonly<Record<(typeof HOLDERS)[number], string>> = {
  programme: 'id in (select app.shared_programmes())',
  campaign: 'programme_id in (select app.shared_programmes())',
  calendar_entry: 'campaign_id in (select app.shared_campaigns())',
};

const holderRules = (table: (typeof HOLDERS)[number]): RowRules => {
  const released = `owner_listed_until >= (select app.today()) and id <> all ((select app.excluding_records())::text[])
    and (shown = 'public' or shown = 'members' and ${isMember} or shown in ('members', 'partners') and ${shared[table]})`;
  const curated = `visibility <> 'restricted' and ${isCoordinator}`;
  const change = `${isOperator} or ${curated} or ${isWriter} and (${mine} or ${hosted[table]})`;
  return {
    // What most rows pass comes first; the sets that must be gathered, last.
    select: `${isOperator} or ${released} or ${curated} or ${mine} or ${hosted[table]}`,
    insert: `${isOperator} or ${curated} or ${isWriter} and owner_id = ${me}`,
    update: change,
  };
};

/** The rules of what belongs to a record: seen with it, written by who may write it. */
const partRules = (table: string, column: string, owner: 'owner_id' | 'id' = 'owner_id'): RowRules => {
  const whole = (condition: string): string =>
    `exists (select from ${table} whole where whole.id = ${column} and ${condition})`;
  const writer = whole(`(${isOperator} or ${isCoordinator} or ${isWriter} and whole.${owner} = ${me})`);
  return { select: whole('true'), insert: writer, update: writer, delete: writer };
};

/** A partner is told only to those who may know of it. */
const partnerRules: RowRules = (() => {
  const rules = partRules('programme', 'programme_id');
  return {
    ...rules,
    select: `${rules.select ?? 'false'} and exists (select from actor partner where partner.id = actor_id)`,
  };
})();

/** Worker: reads and writes what matching needs; see the grants for what it cannot reach at all. */
const workerReads: RowRules = { select: 'true' };

/** Row level security on every table, and what it decides by: visibility, sharing, vetting, exclusion, place precision. */
export class Access extends Migration {
  override up(): void {
    this.addSql(`
      -- Who asks. Set for each transaction; empty means nobody, and nobody sees anything.
      create function app.actor_id() returns text language sql stable parallel safe set search_path = ''
        return nullif(pg_catalog.current_setting('app.actor_id', true), '');
      create function app.key_id() returns text language sql stable parallel safe set search_path = ''
        return nullif(pg_catalog.current_setting('app.key_id', true), '');
      create function app.viewer_role() returns text language sql stable parallel safe set search_path = ''
        return nullif(pg_catalog.current_setting('app.role', true), '');
      create function app.has_context() returns boolean language sql stable parallel safe set search_path = ''
        return app.viewer_role() is not null;
      -- The hub itself: its start, its operator's commands. No key has this role.
      create function app.is_operator() returns boolean language sql stable parallel safe set search_path = ''
        return coalesce(app.viewer_role() = 'operator', false);
      create function app.is_coordinator() returns boolean language sql stable parallel safe set search_path = ''
        return coalesce(app.viewer_role() = 'coordinator', false);
      create function app.is_writer() returns boolean language sql stable parallel safe set search_path = ''
        return coalesce(app.viewer_role() in ('editor', 'planner'), false);
      -- The party in whose name idempotency keys and budgets are counted.
      create function app.party() returns text language sql stable parallel safe set search_path = ''
        return coalesce(app.actor_id(), app.key_id());
    `);
    this.addSql(`
      alter table actor
        add column visibility text not null default 'members' check (visibility in ('public', 'members', 'partners')),
        -- Who entered it, for whom it stays visible while it is not vetted.
        add column registered_by text,
        -- The last day on which others see it and its records match; -infinity while it is not vetted.
        add column listed_until date not null generated always as (
          case when vetting = 'verified' and merged_into_id is null then coalesce(vetted_until, 'infinity'::date) else '-infinity'::date end) stored;
      update actor set visibility = 'partners'
        where kind in ('diaspora_association', 'migrant_led_group', 'community_or_faith_group');
      create index actor_registered_by on actor (registered_by) where registered_by is not null;

      -- On what grounds an actor was verified or suspended; not for everybody who sees the actor.
      create table vetting_decision (
        id bigint generated always as identity primary key,
        actor_id text not null references actor,
        decision text not null check (decision in ('vouched', 'verified', 'suspended')),
        evidence text not null check (evidence <> ''),
        valid_until date,
        decided_by text not null,
        decided_at timestamptz not null
      );
      create index vetting_decision_actor on vetting_decision (actor_id, id);
      insert into vetting_decision (actor_id, decision, evidence, valid_until, decided_by, decided_at)
        select id, vetting, vetting_evidence, vetted_until, 'hub', updated_at from actor
        where vetting <> 'pending' and vetting_evidence is not null;
      alter table actor drop column vetting_evidence;

      -- What is somebody else's to know only coarsely is in the record; where exactly it is, is here, for its owner.
      create table exact_place (
        subject_id text primary key,
        owner_id text not null references actor,
        -- What the owner stated; null where all places come from the parent.
        stated text[],
        places text[] not null
      );
      create index exact_place_owner on exact_place (owner_id);
      create index exact_place_places on exact_place using gin (places);
      create trigger exact_place_codes before insert or update on exact_place
        for each row execute function app.refuse_unknown_codes('places', 'place', 'stated', 'place');

      -- Those for whom a record has neither row nor released form: actor:<id>, kind:<actor kind>, country:<alpha-2>.
      create table exclusion (
        subject_id text not null,
        owner_id text not null references actor,
        mark text not null check (mark ~ '^(actor|kind|country):'),
        primary key (subject_id, mark)
      );
      create index exclusion_mark on exclusion (mark, subject_id);

      -- Who of the owner's people may see a restricted record: keys by id.
      create table named_reader (
        subject_id text not null,
        owner_id text not null references actor,
        key_id text not null,
        primary key (subject_id, key_id)
      );
      create index named_reader_key on named_reader (key_id, subject_id);

      create table share (
        id text primary key,
        programme_id text not null references programme,
        owner_id text not null references actor,
        actor_id text not null references actor,
        purpose text not null check (purpose <> ''),
        -- The last day.
        until date not null,
        created_at timestamptz not null,
        revoked_at timestamptz,
        version int not null default 1,
        check (actor_id <> owner_id)
      );
      create unique index share_living on share (programme_id, actor_id) where revoked_at is null;
      create index share_actor on share (actor_id) where revoked_at is null;
      create index share_owner on share (owner_id);
    `);
    for (const table of HOLDERS) {
      this.addSql(`
        alter table ${table}
          add column visibility text not null default 'members' check (visibility in ${VISIBILITIES}),
          add column matching text not null default 'full' check (matching in ('none', 'existence', 'coarse', 'full')),
          add column place_precision text not null default 'exact' check (place_precision in ('exact', 'subdivision', 'country', 'none')),
          -- What the owner set itself of these three; the rest comes from the parent, else from the kind of its owner.
          add column stated_release jsonb not null default '{}' check (jsonb_typeof(stated_release) = 'object'),
          -- What of its owner bears on who sees it: until when it is listed, and who sees the owner itself.
          add column owner_listed_until date not null default '-infinity',
          add column owner_visibility text not null default 'partners' check (owner_visibility in ${VISIBILITIES}),
          -- No record shows an owner who would not be seen otherwise.
          add column shown text not null generated always as (case
            when 'restricted' in (visibility, owner_visibility) then 'restricted'
            when 'partners' in (visibility, owner_visibility) then 'partners'
            when 'members' in (visibility, owner_visibility) then 'members' else 'public' end) stored;
        create index ${table}_shown on ${table} (shown, owner_listed_until);
      `);
    }
    this.addSql(`
      alter table calendar_entry add column programme_id text;
      update calendar_entry e set programme_id = c.programme_id from campaign c where c.id = e.campaign_id;
      create index calendar_entry_programme on calendar_entry (programme_id) where programme_id is not null;
    `);
    this.addSql(`
      -- An actor counts in rules by this day alone.
      create function app.actor_is_listed(text) returns boolean language sql stable parallel safe security definer set search_path = ''
        return exists (select from app.actor where id = $1 and listed_until >= app.today());
      create function app.is_member() returns boolean language sql stable parallel safe security definer set search_path = ''
        return app.is_operator() or app.is_coordinator() or app.actor_is_listed(app.actor_id())
          or pg_catalog.current_setting('app.any_member', true) = 'yes';
      create function app.my_programmes() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select id from app.programme where owner_id = app.actor_id() $$;
      create function app.my_campaigns() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select id from app.campaign where owner_id = app.actor_id()
        union select c.id from app.campaign c join app.programme p on p.id = c.programme_id where p.owner_id = app.actor_id() $$;
      create function app.my_parts() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select app.my_campaigns() union select id from app.calendar_entry where campaign_id in (select app.my_campaigns()) $$;
      create function app.named_records() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        with named as (select subject_id as id from app.named_reader where key_id = app.key_id()),
        inside as (select id from named union select id from app.campaign where programme_id in (select id from named))
        select id from inside union select id from app.calendar_entry where campaign_id in (select id from inside) $$;
      create function app.shared_programmes() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select programme_id from app.share
        where actor_id = app.actor_id() and revoked_at is null and until >= app.today() and app.actor_is_listed(app.actor_id()) $$;
      create function app.shared_campaigns() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select id from app.campaign where programme_id in (select app.shared_programmes()) $$;
      -- By what others may be excluded: itself, its kind, the countries it is based in.
      create function app.marks_of(actor_id text) returns text[] language sql stable parallel safe security definer set search_path = ''
        return (select array['actor:' || id, 'kind:' || kind] || array(select 'country:' || c from unnest(based_in_countries) as c)
          from app.actor where id = $1);
      -- Whom a record excludes, everything inside it excludes.
      create function app.excluding_records() returns text[] language sql stable parallel safe security definer set search_path = '' as $$
        with stated as (select distinct subject_id as id from app.exclusion where mark = any(app.marks_of(app.actor_id()))),
        inside as (select id from stated union select id from app.campaign where programme_id in (select id from stated)),
        every as (select id from inside union select id from app.calendar_entry where campaign_id in (select id from inside))
        select coalesce(array_agg(id), '{}') from every $$;
      create function app.sharing_actors() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select owner_id from app.programme where id in (select app.shared_programmes()) $$;
      -- Who shared something with me, is a partner of mine, or works inside what is mine shows who it is.
      create function app.associated_actors() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select app.sharing_actors()
        union select owner_id from app.campaign where programme_id in (select app.shared_programmes())
        union select owner_id from app.calendar_entry where programme_id in (select app.shared_programmes())
        union select actor_id from app.programme_partner where programme_id in (select app.my_programmes())
        union select owner_id from app.campaign where programme_id in (select app.my_programmes())
        union select owner_id from app.calendar_entry where campaign_id in (select app.my_campaigns()) $$;

      -- Keeps what is above a record still while it is written: row locks would need the right to change it.
      create function app.hold(programmes text[], campaigns text[]) returns void language plpgsql security definer set search_path = '' as $$
      begin
        perform from app.programme where id = any(programmes) order by id for share;
        perform from app.campaign where id = any(campaigns) order by id for no key update;
      end $$;
      -- Gives a campaign that states no days the span of its entries that are not cancelled, and none without any; of those only that
      -- everybody sees who sees the campaign, or its days would tell of the others. Says whether its days changed.
      create function app.date_by_entries(campaign text) returns boolean language plpgsql security definer set search_path = '' as $$
      begin
        update app.campaign c set starts_on = span.starts_on, ends_on = span.ends_on
        from (select min(e.starts_on) as starts_on,
            case when pg_catalog.bool_and(e.ends_on is not null) then max(e.ends_on) end as ends_on
          from app.calendar_entry e join app.campaign whole on whole.id = e.campaign_id
          where e.campaign_id = $1 and e.status <> 'cancelled' and e.shown = whole.shown
            and not exists (select from app.exclusion where subject_id = e.id)) as span
        where c.id = $1 and c.stated -> 'days' is null
          and (c.starts_on, c.ends_on) is distinct from (span.starts_on, span.ends_on);
        return found;
      end $$;

      -- A record carries what of its owner bears on it, so that no list has to look at every owner. Nobody takes over what another
      -- owns, whatever the application allows: not who hosts it either.
      create function app.set_owner_access() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        if tg_op = 'UPDATE' and new.owner_id <> old.owner_id and app.has_context() and not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators give a record to another owner' using errcode = 'insufficient_privilege';
        end if;
        select listed_until, visibility into strict new.owner_listed_until, new.owner_visibility from app.actor where id = new.owner_id;
        return new;
      end $$;
      create function app.pass_on_owner_access() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        update app.programme set owner_listed_until = new.listed_until, owner_visibility = new.visibility where owner_id = new.id;
        update app.campaign set owner_listed_until = new.listed_until, owner_visibility = new.visibility where owner_id = new.id;
        update app.calendar_entry set owner_listed_until = new.listed_until, owner_visibility = new.visibility where owner_id = new.id;
        return null;
      end $$;
      create trigger actor_passes_on after update on actor for each row
        when ((old.listed_until, old.visibility) is distinct from (new.listed_until, new.visibility)) execute function app.pass_on_owner_access();

      create function app.set_entry_programme() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        select programme_id into new.programme_id from app.campaign where id = new.campaign_id;
        return new;
      end $$;
      create trigger calendar_entry_programme before insert or update of campaign_id on calendar_entry
        for each row execute function app.set_entry_programme();
      create function app.pass_on_programme() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        update app.calendar_entry set programme_id = new.programme_id where campaign_id = new.id;
        return null;
      end $$;
      create trigger campaign_programme_passed after update of programme_id on campaign for each row
        when (old.programme_id is distinct from new.programme_id) execute function app.pass_on_programme();

      -- Gives everything that one actor owns to another, with what is kept beside it. Whoever merges two actors need see neither what
      -- is restricted nor where it exactly is.
      create function app.move_records(from_actor text, to_actor text) returns void language plpgsql security definer set search_path = '' as $$
      begin
        if not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators merge actors' using errcode = 'insufficient_privilege';
        end if;
        update app.programme set owner_id = to_actor where owner_id = from_actor;
        update app.campaign set owner_id = to_actor where owner_id = from_actor;
        update app.calendar_entry set owner_id = to_actor where owner_id = from_actor;
        update app.exact_place set owner_id = to_actor where owner_id = from_actor;
        update app.named_reader set owner_id = to_actor where owner_id = from_actor;
        update app.exclusion set owner_id = to_actor where owner_id = from_actor;
        -- Whoever was excluded stays so under the name that is left.
        insert into app.exclusion (subject_id, owner_id, mark)
          select subject_id, owner_id, 'actor:' || to_actor from app.exclusion where mark = 'actor:' || from_actor on conflict do nothing;
        delete from app.exclusion where mark = 'actor:' || from_actor;
        delete from app.share where owner_id in (from_actor, to_actor) and actor_id in (from_actor, to_actor);
        update app.share set owner_id = to_actor where owner_id = from_actor;
        delete from app.share s where actor_id = from_actor and exists (
          select from app.share other where other.programme_id = s.programme_id and other.actor_id = to_actor);
        update app.share set actor_id = to_actor where actor_id = from_actor;
      end $$;

      -- What is kept beside a record is its owner's, looked at when the transaction ends, because some of it is written before the
      -- record: otherwise one could hide, move or open another's record by its id.
      create function app.refuse_foreign_subject() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        if not exists (
          select from app.programme where id = new.subject_id and owner_id = new.owner_id
          union all select from app.campaign where id = new.subject_id and owner_id = new.owner_id
          union all select from app.calendar_entry where id = new.subject_id and owner_id = new.owner_id) then
          raise exception 'what is kept beside a record belongs to its owner' using errcode = 'insufficient_privilege';
        end if;
        return null;
      end $$;

      -- Nobody vets itself, whatever the application allows.
      create function app.refuse_own_vetting() returns trigger language plpgsql set search_path = '' as $$
      begin
        if current_user = 'concord_app' and not (app.is_operator() or app.is_coordinator())
          and (tg_op = 'INSERT' and new.vetting <> 'pending'
            or tg_op = 'UPDATE' and (old.vetting, old.vetted_until, old.merged_into_id) is distinct from (new.vetting, new.vetted_until, new.merged_into_id)) then
          raise exception 'only coordinators vet actors' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      create trigger actor_vetting before insert or update on actor for each row execute function app.refuse_own_vetting();

      -- The one look behind the rules that a sign-in needs; it has no context yet. Keys of suspended actors open nothing.
      create function app.find_api_key(presented text) returns setof app.api_key language sql stable security definer set search_path = '' as $$
        select k.* from app.api_key k where k.public_id = presented
          and not exists (select from app.actor a where a.id = k.actor_id and a.vetting = 'suspended') $$;
    `);
    for (const table of HOLDERS) {
      this.addSql(`
        create trigger ${table}_owner_access before insert or update of owner_id, owner_listed_until, owner_visibility on ${table}
          for each row execute function app.set_owner_access();
        update ${table} t set
          visibility = case when a.visibility = 'partners' then 'partners' else 'members' end,
          matching = case when a.visibility = 'partners' then 'coarse' else 'full' end
        from actor a where a.id = t.owner_id;
        update ${table} set owner_id = owner_id;
        ${secure(table, { app: holderRules(table), worker: { select: 'true', update: 'true' } })}
      `);
    }
    const ownPart = `owner_id = ${me}`;
    const ownOrOperator = `${isOperator} or ${isWriter} and ${ownPart}`;
    const byOwner: RowRules = {
      select: `${isOperator} or ${ownPart}`,
      insert: ownOrOperator,
      update: ownOrOperator,
      delete: ownOrOperator,
    };
    // Whoever narrows what a part of its programme shows, or enters a record for somebody, hands over what it knows and keeps nothing.
    const exactPlaceInsert = `${ownOrOperator} or ${isCoordinator} or ${isWriter} and subject_id in (select app.my_parts())`;
    const byOwnerOrCoordinator: RowRules = Object.fromEntries(
      Object.entries(byOwner).map(([command, rule]) => [command, `${isCoordinator} or ${rule}`]),
    );
    const ownKeys = `${isOperator} or ${isCoordinator} or id = (select app.key_id()) or actor_id = ${me}`;
    // Whoever could share what it does not own would let others see it.
    const ownProgramme = `exists (select from programme p where p.id = share.programme_id and p.owner_id = share.owner_id)`;
    const ownShare = `${isOperator} or ${isWriter} and ${ownPart} and ${ownProgramme}`;
    const ownParty = 'party = (select app.party())';
    this.addSql(`
      ${secure('actor', {
        app: {
          select: `${isOperator} or ${isCoordinator} or id = ${me} or registered_by = ${me} and vetting = 'pending'
            or listed_until >= (select app.today()) and (visibility = 'public' or visibility = 'members' and ${isMember})
            or id in (select app.associated_actors())`,
          insert: `${isOperator} or ${isCoordinator} or ${isWriter}`,
          update: `${isOperator} or ${isCoordinator} or ${isWriter} and id = ${me}`,
        },
        worker: { select: 'true', update: 'true' },
      })}
      ${secure('actor_identifier', { app: partRules('actor', 'actor_id', 'id'), worker: workerReads })}
      ${secure('commitment', { app: commitmentRules, worker: workerReads })}
      ${secure('programme_partner', { app: partnerRules, worker: workerReads })}
      ${secure('mechanism', { app: partRules('programme', 'programme_id'), worker: workerReads })}
      ${secure('message', { app: partRules('campaign', 'campaign_id'), worker: workerReads })}
      ${secure('vetting_decision', {
        app: {
          select: `${isOperator} or ${isCoordinator} or actor_id = ${me}`,
          insert: `${isOperator} or ${isCoordinator}`,
        },
        worker: {},
      })}
      ${secure('exact_place', { app: { ...byOwner, insert: exactPlaceInsert }, worker: workerReads })}
      ${secure('exclusion', { app: byOwnerOrCoordinator, worker: workerReads })}
      ${secure('named_reader', { app: byOwner, worker: {} })}
      ${secure('share', {
        app: {
          select: `${isOperator} or ${isCoordinator} or ${ownPart} or actor_id = ${me}`,
          insert: ownShare,
          update: ownShare,
        },
        worker: {},
      })}
      ${secure('api_key', {
        app: {
          select: ownKeys,
          insert: `${isOperator} or ${isCoordinator} or ${isWriter} and actor_id = ${me}`,
          update: `${isOperator} or ${isCoordinator} or ${isWriter} and actor_id = ${me}`,
        },
        worker: {},
      })}
      ${secure('idempotency', { app: { select: ownParty, insert: ownParty, update: ownParty, delete: ownParty }, worker: {} })}
      ${secure('audit', { app: { select: isOperator, insert: 'true' }, worker: { insert: 'true' } })}
      ${secure('outbox_event', { app: { insert: 'true' }, worker: EVERY_ROW })}
      ${secure('worker_heartbeat', { app: workerReads, worker: EVERY_ROW })}
      ${secure('migration', { app: workerReads, worker: {} })}
    `);
    for (const table of ['exact_place', 'exclusion', 'named_reader']) {
      this
        .addSql(`create constraint trigger ${table}_owner after insert or update on ${table} deferrable initially deferred
        for each row execute function app.refuse_foreign_subject();`);
    }
    for (const table of ['place', 'corridor', 'corridor_leg', 'insight', 'vocabulary_version']) {
      this.addSql(secure(table, { app: workerReads, worker: EVERY_ROW }));
    }
    this.addSql(secure('term', { app: { select: 'true', insert: 'true' }, worker: EVERY_ROW }));
    this.addSql(`
      grant select, insert on vetting_decision to concord_app;
      grant select, insert, update, delete on exact_place, exclusion, named_reader to concord_app;
      grant select, insert, update on share to concord_app;
      grant select on exact_place, exclusion to concord_worker;
      grant select on all tables in schema app to concord_backup;
      alter default privileges in schema app grant select on tables to concord_backup;
      revoke execute on all functions in schema app from public;
      grant execute on all functions in schema app to concord_app, concord_worker, concord_backup;
      alter default privileges revoke execute on functions from public;
      revoke execute on function app.find_api_key(text) from concord_worker, concord_backup;
    `);
  }
}

/** A commitment to a programme is seen with the programme, any other with its actor. */
const commitmentRules: RowRules = (() => {
  const ofProgramme = partRules('programme', 'programme_id');
  const ofActor = partRules('actor', 'actor_id', 'id');
  const either = (command: keyof RowRules): string =>
    `case when programme_id is null then ${ofActor[command] ?? 'false'} else ${ofProgramme[command] ?? 'false'} end`;
  return { select: either('select'), insert: either('insert'), update: either('update'), delete: either('delete') };
})();
