import { Migration } from '@mikro-orm/migrations';

/**
 * The footprint every matchable record has, with everything inherited filled in. What the owner stated itself is kept
 * in `stated`, so that a change of the parent can be passed down.
 */
const FOOTPRINT = `
        stated jsonb not null default '{}' check (jsonb_typeof(stated) = 'object'),
        -- Both inclusive, as people speak; a null end is open.
        starts_on date,
        ends_on date,
        places text[] not null default '{}',
        countries text[] not null default '{}',
        -- The corridors it is on: stated, else derived from its countries and themes.
        corridors text[] not null default '{}',
        -- Those that it or an ancestor states; only these pass down.
        stated_corridors text[] not null default '{}',
        audiences text[] not null default '{}',
        themes text[] not null default '{}',
        channels text[] not null default '{}',
        languages text[] not null default '{}',
        -- Which of the lists above come from the parent.
        inherited text[] not null default '{}',
        check (ends_on >= starts_on),
        check (ends_on is null or starts_on is not null)`;

const RECORD = `
        id text primary key,
        owner_id text not null references actor,
        name text not null check (name <> ''),
        names jsonb not null default '{}' check (jsonb_typeof(names) = 'object'),
        description text not null default '',
        descriptions jsonb not null default '{}' check (jsonb_typeof(descriptions) = 'object'),
        external_scheme text,
        external_id text,
        illustrative boolean not null default false,
        source text,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        search_text text not null generated always as (app.searchable(name, names, '{}')) stored,
        check ((external_scheme is null) = (external_id is null)),
        unique (owner_id, external_scheme, external_id)`;

/** Programmes, campaigns and calendar entries. */
export class Registry extends Migration {
  override up(): void {
    this.addSql(`
      -- The hub's calendar day, by UTC: the one place where a read asks what day it is.
      create function app.today() returns date language sql stable parallel safe return (now() at time zone 'utc')::date;

      create table programme (${RECORD},${FOOTPRINT},
        withdrawn_at timestamptz,
        withdrawn_reason text check (withdrawn_reason is null or withdrawn_at is not null)
      );
      create table programme_partner (
        programme_id text not null references programme,
        actor_id text not null references actor,
        role text not null check (role in ('funding', 'accountable', 'extending', 'implementing')),
        primary key (programme_id, actor_id, role)
      );
      create index programme_partner_actor on programme_partner (actor_id, programme_id);
      create table mechanism (
        id text primary key,
        programme_id text not null references programme,
        position int not null,
        name text not null check (name <> ''),
        description text not null default '',
        channel text,
        how_to_use text,
        unique (programme_id, position)
      );
      create trigger mechanism_codes before insert or update on mechanism
        for each row execute function app.refuse_unknown_codes('channel', 'channel');
      alter table commitment add foreign key (programme_id) references programme;

      create table campaign (${RECORD},${FOOTPRINT},
        programme_id text references programme,
        objective_level text,
        phase text,
        cancelled_at timestamptz,
        cancelled_reason text check (cancelled_reason is null or cancelled_at is not null)
      );
      create index campaign_programme on campaign (programme_id) where programme_id is not null;
      create index campaign_objective_level on campaign (objective_level) where objective_level is not null;
      create index campaign_phase on campaign (phase) where phase is not null;
      create trigger campaign_terms before insert or update of objective_level, phase on campaign
        for each row execute function app.refuse_unknown_codes('objective_level', 'objective_level', 'phase', 'phase');
      create table message (
        id text primary key,
        campaign_id text not null references campaign,
        position int not null,
        text text not null check (text <> ''),
        texts jsonb not null default '{}' check (jsonb_typeof(texts) = 'object'),
        language text,
        stance text not null,
        frame text,
        perspective text check (perspective in ('origin', 'transit', 'destination', 'return')),
        audiences text[] not null default '{}',
        source text,
        reviewed_on date,
        valid_from date,
        valid_to date,
        check (valid_to >= valid_from),
        unique (campaign_id, position)
      );
      create trigger message_codes before insert or update on message
        for each row execute function app.refuse_unknown_codes('stance', 'stance', 'frame', 'message_frame', 'audiences', 'audience');

      create table calendar_entry (${RECORD},${FOOTPRINT},
        campaign_id text not null references campaign,
        kind text not null check (kind in ('broadcast', 'outreach', 'event', 'training', 'meeting', 'publication', 'research', 'pre_test',
          'evaluation', 'other')),
        precision text not null check (precision in ('day', 'week', 'month', 'quarter')),
        status text not null check (status in ('tentative', 'confirmed', 'cancelled')),
        cancelled_reason text check (cancelled_reason is null or status = 'cancelled'),
        -- RFC 5545 RRULE without its name; the first occurrence is in stated.days.
        recurrence text,
        check (starts_on is not null)
      );
      create index calendar_entry_campaign on calendar_entry (campaign_id);
      create index calendar_entry_kind on calendar_entry (kind, starts_on, id);
    `);
    for (const table of ['programme', 'campaign', 'calendar_entry']) {
      this.addSql(`
        create trigger ${table}_stamp before update on ${table} for each row execute function app.stamp_change();
        create trigger ${table}_codes before insert or update of places, corridors, stated_corridors, audiences, themes, channels on ${table}
          for each row execute function app.refuse_unknown_codes('places', 'place', 'corridors', 'corridor', 'stated_corridors', 'corridor',
            'audiences', 'audience', 'themes', 'theme', 'channels', 'channel');
        create index ${table}_owner on ${table} (owner_id, id);
        create index ${table}_name on ${table} (name, id);
        create index ${table}_updated on ${table} (updated_at, id);
        create index ${table}_change on ${table} (change_xid);
        -- Undated ones come last.
        create index ${table}_start on ${table} (coalesce(starts_on, 'infinity'), id);
        create index ${table}_search on ${table} using gin (search_text public.gin_trgm_ops);
        create index ${table}_identifier on ${table} (external_scheme, external_id) where external_id is not null;
        create index ${table}_countries on ${table} using gin (countries);
        create index ${table}_places on ${table} using gin (places);
        create index ${table}_corridors on ${table} using gin (corridors);
        create index ${table}_audiences on ${table} using gin (audiences);
        create index ${table}_themes on ${table} using gin (themes);
        create index ${table}_channels on ${table} using gin (channels);
      `);
    }
    this.addSql(`
      grant select, insert, update on programme, campaign, calendar_entry to concord_app;
      grant select, insert, update, delete on programme_partner, mechanism, message to concord_app;
      grant select on programme, campaign, calendar_entry, programme_partner, mechanism, message to concord_worker;
    `);
  }
}
