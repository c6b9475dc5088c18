import { Migration } from '@mikro-orm/migrations';

const LISTS = {
  places: 'place',
  corridors: 'corridor',
  stated_corridors: 'corridor',
  audiences: 'audience',
  themes: 'theme',
  channels: 'channel',
} as const;

/**
 * The rule of 0046, asked so that PostgreSQL looks each code up: as anti-joins it read all places and terms whenever one record was
 * entered, which was two thirds of what entering it took.
 */
export class CodesByLookUps extends Migration {
  override up(): void {
    const written = Object.entries(LISTS)
      .map(
        ([list, kind]) => `select '${list}' as list, '${kind}' as kind, pg_catalog.unnest(${list}) as code from added`,
      )
      .join(' union ');
    this.addSql(`
      create or replace function app.refuse_unknown_codes_of_all() returns trigger language plpgsql security definer set search_path = '' as $$
      declare
        unknown record;
      begin
        select named.* into unknown from (${written}) as named
        where named.code is not null
          and (select true from app.term where term.kind = named.kind and term.code = named.code limit 1) is null
          and not (named.kind = 'place' and (select true from app.place where place.code = named.code limit 1) is not null)
          and not (named.kind = 'corridor' and (select true from app.corridor where corridor.code = named.code limit 1) is not null)
        limit 1;
        if found then
          raise exception 'no % % (%.%)', unknown.kind, unknown.code, tg_table_name, unknown.list using errcode = 'foreign_key_violation';
        end if;
        return null;
      end $$;
    `);
  }
}
