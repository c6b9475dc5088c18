import { Migration } from '@mikro-orm/migrations';
import { type RowRules, secure } from './secure.ts';

const me = '(select app.actor_id())';
const today = '(select app.today())';
const isOperator = '(select app.is_operator())';
const isCoordinator = '(select app.is_coordinator())';
const isMember = '(select app.is_member())';
const isWriter = '(select app.is_writer())';
const isEditor = '(select app.is_editor())';

/** Seen with its whole, and written by who may write the whole. */
const partOf = (table: string, column: string, writers: string): RowRules => {
  const whole = (condition: string): string =>
    `exists (select from ${table} whole where whole.id = ${column} and ${condition})`;
  const writer = whole(`(${writers})`);
  return { select: whole('true'), insert: writer, update: writer, delete: writer };
};

/** Case studies, who wants to contribute to what, commitments with a life of their own, and materials of calendar entries. */
export class Practices extends Migration {
  override up(): void {
    this.addSql(`
      create table case_study (
        id text primary key,
        owner_id text not null references actor,
        title text not null check (title <> ''),
        summary text not null default '',
        done text not null default '',
        achieved text not null default '',
        conditions text not null default '',
        -- What it comes from, where its owner says so.
        programme_id text references programme,
        campaign_id text references campaign,
        -- What its owner writes here for everybody who sees it: nothing comes from the programme or campaign.
        places text[] not null default '{}',
        countries text[] not null generated always as (app.countries_of(places)) stored,
        corridors text[] not null default '{}',
        audiences text[] not null default '{}',
        themes text[] not null default '{}',
        channels text[] not null default '{}',
        languages text[] not null default '{}',
        objective_level text,
        visibility text not null check (visibility in ('public', 'members')),
        status text not null check (status in ('draft', 'published', 'withdrawn')),
        published_at timestamptz,
        withdrawn_at timestamptz,
        -- Coordinators recommend it.
        featured_at timestamptz,
        illustrative boolean not null default false,
        source text,
        version int not null default 1 check (version > 0),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        search_text text not null generated always as (app.searchable(title, '{}', array[summary])) stored,
        -- As in the registry: what of its owner bears on who sees it, and who does.
        owner_listed_until date not null default '-infinity',
        owner_visibility text not null default 'partners' check (owner_visibility in ('public', 'members', 'partners')),
        shown text not null generated always as (case
          when owner_visibility = 'partners' then 'partners'
          when 'members' in (visibility, owner_visibility) then 'members' else 'public' end) stored,
        check (status <> 'published' or published_at is not null),
        check (status <> 'draft' or published_at is null),
        check ((status = 'withdrawn') = (withdrawn_at is not null)),
        check (featured_at is null or status = 'published')
      );
      create trigger case_study_stamp before update on case_study for each row execute function app.stamp_change();
      create trigger case_study_codes before insert or update on case_study
        for each row execute function app.refuse_unknown_codes('places', 'place', 'corridors', 'corridor', 'audiences', 'audience',
          'themes', 'theme', 'channels', 'channel', 'objective_level', 'objective_level');
      create index case_study_owner on case_study (owner_id, id);
      create index case_study_title on case_study (title, id);
      -- Those that are no longer shown come last.
      create index case_study_published on case_study (coalesce(published_at, '-infinity'), id);
      create index case_study_updated on case_study (updated_at, id);
      create index case_study_status on case_study (status, id);
      create index case_study_shown on case_study (shown, owner_listed_until) where status = 'published';
      create index case_study_featured on case_study (featured_at) where featured_at is not null;
      create index case_study_change on case_study (change_xid);
      create index case_study_programme on case_study (programme_id) where programme_id is not null;
      create index case_study_campaign on case_study (campaign_id) where campaign_id is not null;
      create index case_study_objective_level on case_study (objective_level) where objective_level is not null;
      create index case_study_search on case_study using gin (search_text public.gin_trgm_ops);
      create index case_study_places on case_study using gin (places);
      create index case_study_countries on case_study using gin (countries);
      create index case_study_corridors on case_study using gin (corridors);
      create index case_study_audiences on case_study using gin (audiences);
      create index case_study_themes on case_study using gin (themes);
      create index case_study_channels on case_study using gin (channels);
      create index case_study_languages on case_study using gin (languages);

      create table case_study_evidence (
        case_study_id text not null references case_study,
        position int not null check (position > 0),
        kind text not null check (kind in ('evaluation', 'survey', 'administrative_data', 'testimony', 'media_report', 'other')),
        statement text not null check (statement <> ''),
        source text not null check (source <> ''),
        link text check (link ~ '^https://'),
        published_on date,
        primary key (case_study_id, position)
      );

      -- Who wants to contribute to what.
      create table contribution_interest (
        id text primary key,
        actor_id text not null references actor,
        topic text not null check (topic in ('handbook_refresh', 'handbook_review', 'training', 'case_study', 'research', 'translation',
          'convening', 'other')),
        offers text not null check (offers <> ''),
        languages text[] not null default '{}',
        -- The last day.
        until date,
        withdrawn_at timestamptz,
        version int not null default 1 check (version > 0),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id()
      );
      create trigger contribution_interest_stamp before update on contribution_interest
        for each row execute function app.stamp_change();
      create index contribution_interest_actor on contribution_interest (actor_id, id);
      create index contribution_interest_topic on contribution_interest (topic, id);
      create index contribution_interest_updated on contribution_interest (updated_at, id);
      create index contribution_interest_until on contribution_interest (until);
      create index contribution_interest_change on contribution_interest (change_xid);
      create index contribution_interest_languages on contribution_interest using gin (languages);

      -- How many want to contribute to what, by where they are based; each viewer counts those whom it sees.
      create view interest_cell with (security_invoker = true) as
        select i.topic, country, count(distinct a.id)::int as actors,
          count(distinct a.id) filter (where a.bali_role = 'member')::int as members,
          count(distinct a.id) filter (where a.bali_role = 'observer')::int as observers
        from contribution_interest i join actor a on a.id = i.actor_id
          left join lateral unnest(a.based_in_countries) as country on true
        where i.withdrawn_at is null and coalesce(i.until >= (select app.today()), true) and a.listed_until >= (select app.today())
        group by i.topic, country;
    `);
    this.addSql(`
      alter table commitment
        drop constraint commitment_kind_check,
        add constraint commitment_kind_check check (kind in ('funds', 'staff', 'airtime', 'venue', 'materials', 'translation', 'training',
          'other')),
        -- So many of what: 40 hours.
        add column quantity numeric(16, 2) check (quantity > 0),
        add column unit text check (unit <> ''),
        -- What they are for; nothing named is for everything.
        add column corridors text[] not null default '{}',
        add column themes text[] not null default '{}',
        -- Both included.
        add column valid_from date,
        add column valid_to date,
        -- When it was ended before its time, or without one.
        add column ended_at timestamptz,
        add column version int not null default 1 check (version > 0),
        add column change_xid xid8 not null default pg_current_xact_id(),
        add check ((quantity is null) = (unit is null)),
        add check (valid_to >= valid_from);
      create trigger commitment_stamp before update on commitment for each row execute function app.stamp_change();
      create trigger commitment_codes before insert or update on commitment
        for each row execute function app.refuse_unknown_codes('corridors', 'corridor', 'themes', 'theme');
      create index commitment_kind on commitment (kind, id);
      create index commitment_ends on commitment (coalesce(valid_to, 'infinity'), id);
      create index commitment_corridors on commitment using gin (corridors);
      create index commitment_themes on commitment using gin (themes);
      create index commitment_change on commitment (change_xid);

      alter table calendar_entry
        drop constraint calendar_entry_kind_check,
        add constraint calendar_entry_kind_check check (kind in ('broadcast', 'outreach', 'event', 'training', 'consultation', 'meeting',
          'publication', 'research', 'pre_test', 'evaluation', 'other'));
      create table calendar_material (
        entry_id text not null references calendar_entry,
        position int not null check (position > 0),
        title text not null check (title <> ''),
        url text not null check (url ~ '^https://'),
        language text,
        kind text not null check (kind in ('agenda', 'slides', 'handout', 'report', 'video', 'recording', 'other')),
        primary key (entry_id, position)
      );
    `);
    const ownStudy = `${isWriter} and owner_id = ${me}`;
    const ownInterest = `${isOperator} or ${isEditor} and actor_id = ${me}`;
    this.addSql(`
      -- Whose a case study is, publishes it; coordinators feature it and change nothing else, whatever the application allows.
      create function app.refuse_foreign_publishing() returns trigger language plpgsql set search_path = '' as $$
      begin
        if current_user <> 'concord_app' or app.is_operator() then return new; end if;
        if tg_op = 'INSERT' then
          if new.status <> 'draft' or new.featured_at is not null then
            raise exception 'a case study begins as a draft' using errcode = 'insufficient_privilege';
          end if;
          return new;
        end if;
        if app.is_coordinator() then
          -- Generated columns are not there yet.
          if pg_catalog.to_jsonb(new) - '{featured_at,version,updated_at,change_xid,countries,search_text,shown}'::text[]
            <> pg_catalog.to_jsonb(old) - '{featured_at,version,updated_at,change_xid,countries,search_text,shown}'::text[] then
            raise exception 'coordinators only feature a case study' using errcode = 'insufficient_privilege';
          end if;
        elsif old.featured_at is distinct from new.featured_at and new.featured_at is not null
          or old.status <> new.status and not app.is_editor() then
          raise exception 'its owner''s editors publish a case study, coordinators feature it' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      create trigger case_study_publishing before insert or update on case_study
        for each row execute function app.refuse_foreign_publishing();
      create trigger case_study_owner_access before insert or update of owner_id, owner_listed_until, owner_visibility on case_study
        for each row execute function app.set_owner_access();
      create function app.pass_on_to_case_studies() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        update app.case_study set owner_listed_until = new.listed_until, owner_visibility = new.visibility where owner_id = new.id;
        return null;
      end $$;
      create trigger actor_passes_on_to_case_studies after update on actor for each row
        when ((old.listed_until, old.visibility) is distinct from (new.listed_until, new.visibility))
        execute function app.pass_on_to_case_studies();
      -- Who merges two actors need not see their drafts.
      create function app.move_practices(from_actor text, to_actor text) returns void language plpgsql security definer set search_path = '' as $$
      begin
        if not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators merge actors' using errcode = 'insufficient_privilege';
        end if;
        update app.case_study set owner_id = to_actor where owner_id = from_actor;
        update app.contribution_interest set actor_id = to_actor where actor_id = from_actor;
      end $$;

      ${secure('case_study', {
        app: {
          select: `${isOperator} or status = 'published' and (${isCoordinator} or owner_listed_until >= ${today}
              and (shown = 'public' or shown = 'members' and ${isMember}))
            or owner_id = ${me}`,
          insert: `${isOperator} or ${ownStudy}`,
          update: `${isOperator} or ${isCoordinator} and status = 'published' or ${ownStudy}`,
        },
        worker: { select: 'true' },
      })}
      ${secure('case_study_evidence', {
        app: partOf('case_study', 'case_study_id', `${isOperator} or ${isWriter} and whole.owner_id = ${me}`),
        worker: { select: 'true' },
      })}
      ${secure('contribution_interest', {
        app: {
          select: `${isOperator} or ${isCoordinator} or actor_id = ${me}
            or ${isMember} and withdrawn_at is null and coalesce(until >= ${today}, true)
              and exists (select from actor whose where whose.id = actor_id and whose.listed_until >= ${today})`,
          insert: ownInterest,
          update: ownInterest,
        },
        worker: {},
      })}
      ${secure('calendar_material', {
        app: partOf(
          'calendar_entry',
          'entry_id',
          `${isOperator} or ${isCoordinator} or ${isWriter} and whole.owner_id = ${me}`,
        ),
        worker: {},
      })}
      grant select, insert, update on case_study, contribution_interest to concord_app;
      grant select, insert, update, delete on case_study_evidence, calendar_material to concord_app;
      grant select on interest_cell to concord_app;
      grant select on case_study, case_study_evidence to concord_worker;
      grant execute on function app.move_practices(text, text) to concord_app;

      -- What a suggestion is about is looked up where a practice changes.
      create index suggestion_practice on suggestion (about) where about is not null;
    `);
  }
}
