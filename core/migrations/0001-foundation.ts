import { Migration } from '@mikro-orm/migrations';

/** Functions that every domain uses, keys, idempotency, audit, and actors. */
export class Foundation extends Migration {
  override up(): void {
    this.addSql(`
      -- Search ignores case, accents and Unicode form. Immutable because the dictionary is named, so that it can be indexed.
      create function app.fold(text) returns text language sql immutable parallel safe strict
        set search_path = ''
        return pg_catalog.lower(public.unaccent('public.unaccent'::pg_catalog.regdictionary, pg_catalog.normalize($1, 'NFKC')));

      -- All names of a record as one folded text: the main one, its variants by language, its aliases.
      create function app.searchable(name text, names jsonb, aliases text[]) returns text language sql immutable parallel safe
        set search_path = ''
        return app.fold(pg_catalog.concat_ws(' ', name,
          (select pg_catalog.string_agg(value, ' ') from pg_catalog.jsonb_each_text(names)),
          (select pg_catalog.string_agg(value, ' ') from pg_catalog.unnest(aliases) as value)));

      -- An opaque cursor: 12 bytes of HMAC-SHA-256, then the order keys as JSON; base64 without line breaks.
      create function app.cursor(key bytea, keys jsonb) returns text language sql immutable parallel safe strict
        set search_path = ''
        return pg_catalog.translate(pg_catalog.encode(
          pg_catalog.substr(public.hmac(pg_catalog.convert_to(keys::text, 'UTF8'), key, 'sha256'), 1, 12)
            || pg_catalog.convert_to(keys::text, 'UTF8'), 'base64'), E'\\n', '');

      -- The countries of some places: ISO 3166-2 codes start with their country and a hyphen.
      create function app.countries_of(places text[]) returns text[] language sql immutable parallel safe strict
        set search_path = ''
        return (select coalesce(pg_catalog.array_agg(distinct pg_catalog.split_part(place, '-', 1)), '{}') from pg_catalog.unnest(places) as place);

      -- Which transaction wrote a row last: with a snapshot as token, late commits are never missed.
      create function app.stamp_change() returns trigger language plpgsql set search_path = '' as $$
      begin
        new.change_xid := pg_catalog.pg_current_xact_id();
        return new;
      end $$;

      -- Was this row written by a transaction that the snapshot had not seen?
      create function app.changed_after(change_xid xid8, token text) returns boolean language sql stable parallel safe strict
        return change_xid >= pg_snapshot_xmin(token::pg_snapshot) and not pg_visible_in_snapshot(change_xid, token::pg_snapshot);
    `);
    this.addSql(`
      create table api_key (
        id text primary key,
        public_id text not null unique,
        secret_hash text not null,
        label text not null,
        role text not null check (role in ('coordinator', 'editor', 'planner', 'viewer', 'observer')),
        actor_id text,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz
      );

      create table idempotency (
        party text not null,
        mutation_key text not null,
        operation text not null,
        input_hash text not null,
        subject_id text,
        at timestamptz not null,
        primary key (party, mutation_key)
      );

      create table audit (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        key_id text not null,
        actor_id text,
        action text not null,
        subject_id text not null
      );
      create index audit_subject on audit (subject_id, id);

      create table actor (
        id text primary key,
        kind text not null,
        name text not null check (name <> ''),
        names jsonb not null default '{}',
        aliases text[] not null default '{}',
        description text not null default '',
        website text,
        legal_status text not null check (legal_status in ('registered', 'unregistered', 'hosted')),
        hosted_by_id text references actor,
        bali_role text not null check (bali_role in ('member', 'observer', 'member_organisation', 'office', 'none')),
        based_in text[] not null default '{}',
        community_of text[] not null default '{}',
        vetting text not null check (vetting in ('pending', 'verified', 'suspended')),
        vetting_evidence text,
        vetted_until date,
        merged_into_id text references actor,
        illustrative boolean not null default false,
        source text,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        search_text text not null generated always as (app.searchable(name, names, aliases)) stored,
        based_in_countries text[] not null generated always as (app.countries_of(based_in)) stored,
        check (merged_into_id is null or merged_into_id <> id),
        check ((legal_status = 'hosted') = (hosted_by_id is not null))
      );
      create trigger actor_stamp before update on actor for each row execute function app.stamp_change();
      create index actor_search on actor using gin (search_text public.gin_trgm_ops);
      create index actor_name on actor (name, id);
      create index actor_updated on actor (updated_at, id);
      create index actor_kind on actor (kind, name, id);
      create index actor_change on actor (change_xid);
      create index actor_based_in on actor using gin (based_in_countries);
      create index actor_hosted_by on actor (hosted_by_id) where hosted_by_id is not null;

      create table actor_identifier (
        actor_id text not null references actor,
        scheme text not null,
        value text not null,
        primary key (actor_id, scheme, value)
      );
      create index actor_identifier_value on actor_identifier (scheme, value);

      create table commitment (
        id text primary key,
        actor_id text not null references actor,
        programme_id text,
        kind text not null check (kind in ('funds', 'staff', 'airtime', 'venue', 'materials', 'translation', 'other')),
        description text not null,
        amount numeric(16, 2),
        currency text check (currency ~ '^[A-Z]{3}$'),
        source text,
        check ((amount is null) = (currency is null))
      );
      create index commitment_actor on commitment (actor_id);
      create index commitment_programme on commitment (programme_id) where programme_id is not null;

      grant usage on schema app to concord_app, concord_worker;
      grant select, insert, update on api_key, actor to concord_app;
      grant select, insert, update, delete on idempotency, actor_identifier, commitment to concord_app;
      grant select, insert on audit to concord_app;
      grant select on actor, actor_identifier, commitment to concord_worker;
    `);
  }
}
