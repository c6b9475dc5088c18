import { Migration } from '@mikro-orm/migrations';

/**
 * The same rule as in 0002, at a quarter of the cost: the row is turned into JSON once, and not for every list, and lists without
 * codes ask nothing. Of 20,000 records entered at once, it was more than two thirds of the time.
 */
export class FasterCodes extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function app.refuse_unknown_codes() returns trigger language plpgsql security definer set search_path = '' as $$
      declare
        written jsonb := pg_catalog.to_jsonb(new);
        stated jsonb;
        unknown text;
      begin
        for i in 0 .. tg_nargs - 1 by 2 loop
          stated := written -> tg_argv[i];
          continue when stated is null or stated in ('null', '[]', '{}');
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
    `);
  }
}
