import { Migration } from '@mikro-orm/migrations';

/** Suggestions, who is in them, and when each scope was last composed. */
export class Suggestions extends Migration {
  override up(): void {
    this.addSql(`
      -- A corridor, or a country for what is on no corridor. Whoever composes it holds its row.
      create table composition (
        scope text collate "C" primary key check (scope ~ '^(country|corridor):'),
        -- The hub's day in whole days since 1970-01-01; never goes back.
        as_of int not null,
        rules_version int not null,
        composed_at timestamptz not null
      );
      create index composition_as_of on composition (as_of);

      create table suggestion (
        id text collate "C" primary key,
        kind text not null check (kind in ('JOINT_CAMPAIGN', 'AVOID_DUPLICATION')),
        status text not null check (status in ('OPEN', 'AGREED', 'DISMISSED', 'EXPIRED', 'LAPSED')),
        scope text collate "C" not null references composition,
        corridor text references corridor,
        -- Says what is proposed to whom and when, as the engine writes it.
        draft_key text not null,
        score float8 not null check (score between 0 and 1),
        -- The window: half-open epoch days, and the same as dates, both included; no last date when the end is open.
        start_day int not null,
        end_day int not null check (start_day < end_day),
        starts_on date not null,
        ends_on date,
        -- Codes in the order of their bits; countries by code.
        themes text[] not null,
        audiences text[] not null,
        countries text[] not null,
        missing_roles text[] not null,
        missing_countries text[] not null,
        missing_languages text[] not null,
        missing_channels text[] not null,
        -- A list of { code, parameters: [{ name, values }] }.
        reasons jsonb not null check (jsonb_typeof(reasons) = 'array'),
        title text not null check (title <> ''),
        explanation text not null check (explanation <> ''),
        version int not null default 1 check (version > 0),
        dismissed_reason text check (dismissed_reason <> ''),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        check ((status = 'DISMISSED') = (dismissed_reason is not null)),
        check (scope = 'corridor:' || corridor or corridor is null and scope like 'country:%')
      );
      create trigger suggestion_stamp before update on suggestion for each row execute function app.stamp_change();
      create index suggestion_scope on suggestion (scope, status);
      create index suggestion_score on suggestion (score, id);
      create index suggestion_status on suggestion (status, score, id);
      create index suggestion_kind on suggestion (kind, score, id);
      create index suggestion_corridor on suggestion (corridor, score, id) where corridor is not null;
      create index suggestion_start on suggestion (starts_on, id);
      create index suggestion_updated on suggestion (updated_at, id);
      create index suggestion_countries on suggestion using gin (countries);
      create index suggestion_change on suggestion (change_xid);

      -- One row a seat: a record in one of its countries.
      create table suggestion_participant (
        suggestion_id text collate "C" not null references suggestion,
        position int not null check (position > 0),
        subject_id text collate "C" not null references footprint (subject_id),
        subject_kind text not null check (subject_kind in ('programme', 'campaign', 'calendar_entry')),
        actor_id text not null references actor,
        country text not null references place,
        -- Null where the suggestion has no corridor, or the country no leg on it.
        role text check (role in ('origin', 'transit', 'destination', 'return')),
        lead boolean not null,
        primary key (suggestion_id, position)
      );
      create unique index suggestion_participant_lead on suggestion_participant (suggestion_id) where lead;
      create index suggestion_participant_actor on suggestion_participant (actor_id, suggestion_id);
      create index suggestion_participant_subject on suggestion_participant (subject_id);

      grant select on composition, suggestion, suggestion_participant, migration to concord_app;
      -- People decide; what is suggested is the worker's.
      grant update (status, dismissed_reason, version, updated_at) on suggestion to concord_app;
      grant select, insert, update on composition, suggestion to concord_worker;
      grant select, insert, delete on suggestion_participant to concord_worker;
      -- Only to hold a record still (FOR SHARE) while its footprint is built at the turn of the day: a trigger writes this column anyway.
      grant update (change_xid) on actor, programme, campaign to concord_worker;
    `);
  }
}
