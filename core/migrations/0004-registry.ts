import { Migration } from '@mikro-orm/migrations';

/**
 * The footprint every matchable record has, with everything inherited filled in. What the owner stated itself is kept
 * in `stated`, so that a change of the parent can be passed down.
 */
const FOOTPRINT = `
        stated jsonb not null default '{}',
        starts_on date,
        ends_on date,
        places text[] not null default '{}',
        countries text[] not null default '{}',
        corridors text[] not null default '{}',
        audiences text[] not null default '{}',
        themes text[] not null default '{}',
        channels text[] not null default '{}',
        languages text[] not null default '{}'`;

const RECORD = `
        external_scheme text,
        external_id text,
        illustrative boolean not null default false,
        source text,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        search_text text not null generated always as (app.searchable(name, names, '{}')) stored,
        check (ends_on >= starts_on),
        check (ends_on is null or starts_on is not null),
        check ((external_scheme is null) = (external_id is null)),
        unique (owner_id, external_scheme, external_id)`;

/** Programmes, campaigns and calendar entries. */
export class Registry extends Migration {
  override up(): void {
    this.addSql(`
      create table programme (
        id text primary key,
        owner_id text not null references actor,
        name text not null check (name <> ''),
        names jsonb not null default '{}',
        description text not null default '',
        withdrawn_at timestamptz,
        withdrawn_reason text,${FOOTPRINT},${RECORD}
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
        name text not null,
        description text not null default '',
        channel text,
        how_to_use text
      );
      create index mechanism_programme on mechanism (programme_id);
      alter table commitment add foreign key (programme_id) references programme;

      create table campaign (
        id text primary key,
        owner_id text not null references actor,
        programme_id text references programme,
        name text not null check (name <> ''),
        names jsonb not null default '{}',
        description text not null default '',
        objective_level text not null,
        phase text not null,
        cancelled_at timestamptz,
        cancelled_reason text,${FOOTPRINT},${RECORD}
      );
      create index campaign_programme on campaign (programme_id) where programme_id is not null;
      create table message (
        id text primary key,
        campaign_id text not null references campaign,
        position int not null,
        text text not null,
        texts jsonb not null default '{}',
        language text,
        stance text not null,
        frame text,
        perspective text check (perspective in ('origin', 'transit', 'destination', 'return')),
        audiences text[] not null default '{}',
        source text,
        reviewed_on date,
        valid_from date,
        valid_to date,
        check (valid_to >= valid_from)
      );
      create index message_campaign on message (campaign_id, position);

      create table calendar_entry (
        id text primary key,
        owner_id text not null references actor,
        campaign_id text not null references campaign,
        name text not null check (name <> ''),
        names jsonb not null default '{}',
        description text not null default '',
        kind text not null,
        precision text not null check (precision in ('day', 'week', 'month', 'quarter')),
        status text not null check (status in ('tentative', 'confirmed', 'cancelled')),
        cancelled_reason text,
        recurrence text,${FOOTPRINT},${RECORD}
      );
      create index calendar_entry_campaign on calendar_entry (campaign_id);
    `);
    for (const table of ['programme', 'campaign', 'calendar_entry']) {
      this.addSql(`
        create trigger ${table}_stamp before update on ${table} for each row execute function app.stamp_change();
        create index ${table}_owner on ${table} (owner_id, id);
        create index ${table}_name on ${table} (name, id);
        create index ${table}_updated on ${table} (updated_at, id);
        create index ${table}_change on ${table} (change_xid);
        create index ${table}_start on ${table} (starts_on, id);
        create index ${table}_search on ${table} using gin (search_text public.gin_trgm_ops);
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
