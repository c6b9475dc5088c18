import { Migration } from '@mikro-orm/migrations';

/** Terms, places, corridors and insights: what the records of the hub are described with. */
export class VocabularyTables extends Migration {
  override up(): void {
    this.addSql(`
      create table term (
        kind text not null check (kind in ('theme', 'audience', 'channel', 'channel_group', 'language', 'actor_kind', 'message_frame',
          'stance', 'objective_level', 'phase', 'handbook_step')),
        code text not null check (code ~ '^[^[:space:][:cntrl:]]{1,100}$'),
        bit int not null check (bit >= 0),
        -- The outside vocabulary a code comes from, as in dac:15190; null for the hub's own.
        scheme text generated always as (case when code like '%:%' then split_part(code, ':', 1) end) stored,
        broader text,
        parent text check (parent is null or kind = 'channel'),
        labels jsonb not null check (jsonb_typeof(labels) = 'object' and labels <> '{}'),
        aliases text[] not null default '{}',
        position int not null,
        deprecated_on date,
        replaced_by text check (replaced_by is null or deprecated_on is not null),
        id text not null unique generated always as ('trm_' || kind || ':' || code) stored,
        primary key (kind, code),
        unique (kind, bit),
        foreign key (kind, broader) references term,
        foreign key (kind, replaced_by) references term
      );
      create index term_position on term (kind, position, code);

      create table place (
        code text primary key check (code ~ '^[A-Z]{2}[A-Z0-9.-]{0,40}$'),
        kind text not null check (kind in ('country', 'subdivision', 'p_code')),
        country text not null references place,
        parent text references place,
        -- A country's dense number, or a first-level subdivision's number from 1 within its country. Null: for matching it stands for its parent.
        bit int,
        name text not null,
        names jsonb not null default '{}',
        aliases text[] not null default '{}',
        search_text text not null generated always as (app.searchable(name, names, aliases)) stored,
        id text not null unique generated always as ('plc_' || code) stored,
        check ((kind = 'country') = (parent is null)),
        check (kind <> 'country' or (country = code and bit is not null and bit >= 0)),
        check (kind = 'country' or bit is null or (kind = 'subdivision' and parent = country and bit >= 1))
      );
      create unique index place_country_bit on place (bit) where kind = 'country';
      create unique index place_subdivision_bit on place (country, bit) where kind = 'subdivision';
      create index place_country on place (country, code);
      create index place_parent on place (parent, code);
      create index place_search on place using gin (search_text public.gin_trgm_ops);

      create table corridor (
        code text primary key check (code ~ '^[a-z0-9_]{1,60}$'),
        bit int not null unique check (bit >= 0),
        names jsonb not null check (names ? 'en'),
        mode text not null,
        themes text[] not null,
        languages text[] not null,
        season_from int check (season_from between 1 and 12),
        season_to int check (season_to between 1 and 12),
        season_why text,
        facts text,
        confidence text not null,
        id text not null unique generated always as ('cor_' || code) stored,
        check (num_nulls(season_from, season_to, season_why) in (0, 3))
      );

      create table corridor_leg (
        corridor text not null references corridor on delete cascade,
        position int not null check (position >= 1),
        country text not null references place,
        role text not null check (role in ('origin', 'transit', 'destination', 'return')),
        primary key (corridor, position),
        unique (corridor, country, role)
      );
      create index corridor_leg_country on corridor_leg (country, corridor);

      create table insight (
        id text primary key,
        kind text not null check (kind in ('information_way', 'unmet_need', 'trend')),
        places text[] not null default '{}',
        corridor text references corridor,
        audience text not null,
        statement text not null check (statement <> ''),
        -- Weight of each channel, 0 to 1.
        channels jsonb not null default '{}' check (jsonb_typeof(channels) = 'object'),
        source text not null check (source <> ''),
        -- Half-open; null is open.
        valid_from date,
        valid_to date,
        check (valid_from < valid_to)
      );
      create index insight_places on insight using gin (places);
      create index insight_corridor on insight (corridor) where corridor is not null;
      create index insight_audience on insight (audience, kind);
    `);
    this.addSql(`
      -- Records hold codes, footprints hold bits: neither may come to mean something else.
      create function app.keep_code_and_bit() returns trigger language plpgsql set search_path = '' as $$
      begin
        if new.code <> old.code or new.bit is distinct from old.bit and old.bit is not null then
          raise exception 'code and bit of % % are given once and never change', tg_table_name, old.code using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger term_keeps before update on term for each row execute function app.keep_code_and_bit();
      create trigger place_keeps before update on place for each row execute function app.keep_code_and_bit();
      create trigger corridor_keeps before update on corridor for each row execute function app.keep_code_and_bit();

      -- Foreign keys from lists of codes. Arguments are pairs: a column (a text, an array, or an object by code), and the kind its codes are of.
      create function app.refuse_unknown_codes() returns trigger language plpgsql set search_path = '' as $$
      declare
        stated jsonb;
        unknown text;
      begin
        for i in 0 .. tg_nargs - 1 by 2 loop
          stated := pg_catalog.to_jsonb(new) -> tg_argv[i];
          select named.code into unknown
          from pg_catalog.unnest(case pg_catalog.jsonb_typeof(stated)
            when 'array' then array(select pg_catalog.jsonb_array_elements_text(stated))
            when 'object' then array(select pg_catalog.jsonb_object_keys(stated))
            else array[stated #>> '{}'] end) as named (code)
          where named.code is not null
            and not exists (select from app.term where term.kind = tg_argv[i + 1] and term.code = named.code)
            and not (tg_argv[i + 1] = 'place' and exists (select from app.place where place.code = named.code))
            and not (tg_argv[i + 1] = 'corridor' and exists (select from app.corridor where corridor.code = named.code))
          limit 1;
          if found then
            raise exception 'no % % (%.%)', tg_argv[i + 1], unknown, tg_table_name, tg_argv[i] using errcode = 'foreign_key_violation';
          end if;
        end loop;
        return new;
      end $$;
      create trigger corridor_codes before insert or update on corridor
        for each row execute function app.refuse_unknown_codes('themes', 'theme', 'languages', 'language');
      create trigger insight_codes before insert or update on insight
        for each row execute function app.refuse_unknown_codes('places', 'place', 'audience', 'audience', 'channels', 'channel');

      -- Tells every process that the vocabulary it holds is no longer the stored one. The number comes from a sequence, so that one drawn
      -- by a transaction that rolled back is never seen again with other contents.
      create sequence vocabulary_version_number;
      create table vocabulary_version (
        singleton boolean primary key default true check (singleton),
        version bigint not null
      );
      insert into vocabulary_version (version) values (nextval('vocabulary_version_number'));

      -- As the owner, so that a login that may add a term need not be able to write the version.
      create function app.advance_vocabulary_version() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        if exists (select from changed) then
          update app.vocabulary_version set version = pg_catalog.nextval('app.vocabulary_version_number');
        end if;
        return null;
      end $$;
      do $$
      declare
        tab text;
      begin
        foreach tab in array array['term', 'place', 'corridor', 'corridor_leg', 'insight'] loop
          execute format('create trigger %1$s_inserted after insert on %1$I referencing new table as changed
            for each statement execute function app.advance_vocabulary_version()', tab);
          execute format('create trigger %1$s_updated after update on %1$I referencing new table as changed
            for each statement execute function app.advance_vocabulary_version()', tab);
          execute format('create trigger %1$s_deleted after delete on %1$I referencing old table as changed
            for each statement execute function app.advance_vocabulary_version()', tab);
        end loop;
      end $$;

      grant select on term, place, corridor, corridor_leg, insight, vocabulary_version to concord_app, concord_worker;
      -- Languages and codes of outside vocabularies become terms when a record first uses them.
      grant insert on term to concord_app;
      -- Nobody may delete what has a bit: a freed bit would be given again.
      grant insert, update on term, place, corridor to concord_worker;
      grant insert, update, delete on corridor_leg, insight to concord_worker;
    `);
  }
}
