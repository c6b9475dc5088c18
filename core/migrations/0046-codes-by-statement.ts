import { Migration } from '@mikro-orm/migrations';

const HOLDERS = ['programme', 'campaign', 'calendar_entry'] as const;
const LISTS = {
  places: 'place',
  corridors: 'corridor',
  stated_corridors: 'corridor',
  audiences: 'audience',
  themes: 'theme',
  channels: 'channel',
} as const;

/**
 * The same rule as in 0002 and 0038 for new records, asked once of all that a statement enters, each code once. Of 1,000 programmes
 * entered by one statement, the trigger of each row was half of the time. What is changed goes row by row as before.
 */
export class CodesByStatement extends Migration {
  override up(): void {
    const written = Object.entries(LISTS)
      .map(
        ([list, kind]) => `select '${list}' as list, '${kind}' as kind, pg_catalog.unnest(${list}) as code from added`,
      )
      .join(' union ');
    this.addSql(`
      create function app.refuse_unknown_codes_of_all() returns trigger language plpgsql security definer set search_path = '' as $$
      declare
        unknown record;
      begin
        select named.* into unknown from (${written}) as named
        where named.code is not null
          and not exists (select from app.term where term.kind = named.kind and term.code = named.code)
          and not (named.kind = 'place' and exists (select from app.place where place.code = named.code))
          and not (named.kind = 'corridor' and exists (select from app.corridor where corridor.code = named.code))
        limit 1;
        if found then
          raise exception 'no % % (%.%)', unknown.kind, unknown.code, tg_table_name, unknown.list using errcode = 'foreign_key_violation';
        end if;
        return null;
      end $$;
      revoke execute on function app.refuse_unknown_codes_of_all() from public;
    `);
    for (const table of HOLDERS) {
      const checked = Object.entries(LISTS).flatMap(([list, kind]) => [`'${list}'`, `'${kind}'`]);
      this.addSql(`
        drop trigger ${table}_codes on ${table};
        create trigger ${table}_codes before update of ${Object.keys(LISTS).join(', ')} on ${table}
          for each row execute function app.refuse_unknown_codes(${checked.join(', ')});
        create trigger ${table}_new_codes after insert on ${table}
          referencing new table as added for each statement execute function app.refuse_unknown_codes_of_all();
      `);
    }
  }
}
