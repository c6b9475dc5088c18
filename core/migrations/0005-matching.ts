import { Migration } from '@mikro-orm/migrations';

/** Footprints as matching reads them, and the overlaps it found. */
export class Matching extends Migration {
  override up(): void {
    this.addSql(`
      -- One row for each programme, campaign and calendar entry. Facets are the bits of the vocabulary, ascending; empty is unstated.
      create table footprint (
        subject_id text collate "C" primary key,
        subject_kind text not null check (subject_kind in ('programme', 'campaign', 'calendar_entry')),
        owner_id text collate "C" not null,
        parent_id text collate "C",
        -- Ids of what it is a part of, nearest first.
        ancestors text[] collate "C" not null,
        version int not null check (version > 0),
        -- The version that the stored overlaps are of; 0 before the first matching.
        matched_version int not null default 0 check (matched_version between 0 and version),
        -- Those that match nothing are kept, so that what becomes of them is a change like any other.
        matches boolean not null,
        -- Half-open epoch days; an end of 10000000 is open. Null: undated.
        start_day int,
        end_day int,
        tentative boolean not null,
        public_body boolean not null,
        committed boolean not null,
        -- Actors that work inside its programme, ascending.
        partners text[] not null,
        -- Two columns of one list: the n-th country with the n-th subdivision, 0 for the whole country.
        place_countries int[] not null,
        place_subdivisions int[] not null,
        -- Those that it or the nearest of its ancestors states; empty when none does.
        stated_corridors int[] not null,
        -- The stated ones, else the derived ones.
        corridors int[] not null,
        audiences int[] not null,
        themes int[] not null,
        channels int[] not null,
        languages int[] not null,
        -- Audiences that its messages of that stance address.
        deters int[] not null,
        protects int[] not null,
        check (start_day < end_day),
        check ((start_day is null) = (end_day is null)),
        check (start_day is not null or not matches),
        check ((parent_id is null) = (ancestors = '{}')),
        check (cardinality(place_countries) = cardinality(place_subdivisions))
      );
      create index footprint_owner on footprint (owner_id);
      create index footprint_ancestors on footprint using gin (ancestors);
      create index footprint_unmatched on footprint (subject_id) where matched_version < version;

      -- Where a matching footprint can be met: a row for each of its countries, and for each of its corridors on which it has a country.
      create table footprint_cell (
        cell text collate "C" not null check (cell ~ '^(country|corridor):'),
        subject_id text collate "C" not null references footprint on delete cascade,
        start_day int not null,
        end_day int not null,
        owner_id text collate "C" not null,
        -- Of its country; 0 is the whole country. A corridor's cell holds only 0.
        subdivisions int[] not null,
        audiences int[] not null,
        themes int[] not null,
        primary key (cell, subject_id)
      );
      create index footprint_cell_start on footprint_cell (cell, start_day);
      create index footprint_cell_subject on footprint_cell (subject_id);
    `);
    this.addSql(`
      -- A pair of footprints that is in the best list of either. The order within a list is that of (strength descending, other id).
      create table overlap (
        id text collate "C" primary key,
        a_id text collate "C" not null references footprint (subject_id),
        b_id text collate "C" not null references footprint (subject_id),
        a_owner_id text collate "C" not null,
        b_owner_id text collate "C" not null,
        -- Whose best list it is in.
        listed_by_a boolean not null,
        listed_by_b boolean not null,
        kind text not null check (kind in ('DUPLICATION', 'COMPLEMENT', 'LEVERAGE', 'REINFORCEMENT', 'CO_PRESENCE')),
        score float8 not null check (score between 0 and 1),
        confidence float8 not null check (confidence between 0 and 1),
        strength float8 not null check (strength between 0 and 1),
        parts jsonb not null,
        -- The shared days: half-open epoch days, and the same as dates, both included; no last date when the end is open.
        start_day int not null,
        end_day int not null check (start_day < end_day),
        starts_on date not null,
        ends_on date,
        -- What both have in common, as codes; the countries are those of the places, and of those that meet across countries their ends.
        places text[] not null,
        countries text[] not null,
        corridors text[] not null,
        audiences text[] not null,
        themes text[] not null,
        channels text[] not null,
        languages text[] not null,
        contradiction jsonb,
        explanation text not null,
        -- Where suggestions about it are composed.
        scope text collate "C" not null,
        -- Of either side.
        tentative boolean not null,
        rules_version int not null,
        found_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        unique (a_id, b_id),
        check (a_id < b_id),
        check (a_owner_id <> b_owner_id),
        check (listed_by_a or listed_by_b)
      );
      create trigger overlap_stamp before update on overlap for each row execute function app.stamp_change();
      create index overlap_b on overlap (b_id, a_id);
      create index overlap_a_owner on overlap (a_owner_id, strength);
      create index overlap_b_owner on overlap (b_owner_id, strength);
      create index overlap_strength on overlap (strength, id);
      create index overlap_found on overlap (found_at, id);
      create index overlap_change on overlap (change_xid);
      create index overlap_scope on overlap (scope, kind);
      create index overlap_kind on overlap (kind, strength);
      create index overlap_score on overlap (score, id);
      create index overlap_start on overlap (starts_on, id);
      create index overlap_days on overlap using gist (int4range(start_day, end_day));
      create index overlap_countries on overlap using gin (countries);
      create index overlap_corridors on overlap using gin (corridors);

      grant select, insert, update on footprint to concord_app;
      grant select, insert, update, delete on footprint_cell to concord_app;
      grant select on overlap to concord_app;
      grant select, insert, update on footprint to concord_worker;
      grant select, insert, update, delete on footprint_cell to concord_worker;
      grant select, insert, update, delete on overlap to concord_worker;
    `);
  }
}
