import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const me = '(select app.actor_id())';
const mayCurate = '(select app.is_operator()) or (select app.is_coordinator())';
/** Whoever writes for a verified actor. */
const byMember = `(select app.is_writer()) and (select app.is_member()) and owner_id = ${me}`;
/** Nobody but coordinators speaks for a country in which it is not based. */
const inOwnCountry = `countries <> '{}' and countries <@ (select app.my_countries())`;

/** Observances that people enter beside those that follow from calendars; see docs/decisions/0019. */
export class Observances extends Migration {
  override up(): void {
    this.addSql(`
      create table observance (
        id text primary key,
        -- For whom it was entered; null: coordinators.
        owner_id text references actor,
        kind text not null check (kind in ('PUBLIC_HOLIDAY', 'RELIGIOUS_PERIOD', 'INTERNATIONAL_DAY', 'HOME_VISIT_PEAK', 'ELECTION', 'OTHER')),
        name text not null check (name <> ''),
        -- Both included.
        starts_on date not null,
        ends_on date not null,
        -- ISO 3166-1 alpha-2; empty: everywhere.
        countries text[] not null check (array_to_string(countries, '') ~ '^([A-Z]{2})*$'),
        reason text check (reason <> ''),
        source text not null check (source <> ''),
        estimated boolean not null,
        withdrawn_at timestamptz,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        check (starts_on <= ends_on and ends_on - starts_on < 366)
      );
      create trigger observance_codes before insert or update on observance
        for each row execute function app.refuse_unknown_codes('countries', 'place');
      create index observance_days on observance (ends_on, starts_on) where withdrawn_at is null;
      create index observance_countries on observance using gin (countries) where withdrawn_at is null;
      create index observance_owner on observance (owner_id) where owner_id is not null;

      create function app.my_countries() returns text[] language sql stable parallel safe security definer set search_path = '' as $$
        select based_in_countries from app.actor where id = app.actor_id() $$;
      -- Whoever is suspended or no longer vouched for is not believed either.
      create function app.observing_actors() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select id from app.actor where listed_until >= app.today()
          and exists (select from app.observance where owner_id = actor.id) $$;

      ${secure('observance', {
        app: {
          select: `owner_id is null or ${mayCurate} or owner_id = ${me} or owner_id in (select app.observing_actors())`,
          insert: `${mayCurate} or ${byMember} and ${inOwnCountry}`,
          update: `${mayCurate} or ${byMember} and (withdrawn_at is not null or ${inOwnCountry})`,
        },
        worker: {},
      })}
      grant select, insert, update on observance to concord_app;

      create function app.move_observances(from_actor text, to_actor text) returns void language sql security definer set search_path = '' as $$
        update app.observance set owner_id = to_actor
        where owner_id = from_actor and (app.is_coordinator() or app.is_operator()) $$;
      grant execute on function app.my_countries(), app.observing_actors(), app.move_observances(text, text) to concord_app;
    `);
  }
}
