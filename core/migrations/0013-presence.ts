import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

/** That others work on a corridor in a quarter, told only where there are three of them; see docs/decisions/0012. */
export class Presence extends Migration {
  override up(): void {
    this.addSql(`
      -- Who works on a corridor in a quarter, as of the last refresh: no more of them than it takes to know that there are enough.
      create table presence_owner (
        corridor text not null references corridor,
        quarter_start date not null check (extract(day from quarter_start) = 1 and extract(month from quarter_start) in (1, 4, 7, 10)),
        owner_id text not null references actor,
        -- By records that nobody learns of otherwise.
        hidden boolean not null,
        primary key (corridor, quarter_start, hidden, owner_id)
      );

      -- The Monday of the week of the last refresh.
      create table presence_week (
        only_row boolean primary key default true check (only_row),
        monday date not null check (extract(isodow from monday) = 1)
      );

      -- The cells in which three others work, whoever asks; never how many. Those whose records can be known otherwise and those whose
      -- records cannot are counted apart: were they added up, whoever sees two would learn of a single hidden third. What the
      -- viewer's own actor registers counts for neither, so that it changes nothing of what the viewer sees.
      create function app.presence() returns table (corridor text, year int, quarter int, starts_on date, ends_on date)
        language sql stable security definer set search_path = '' as $$
        select o.corridor, extract(year from o.quarter_start)::int, extract(quarter from o.quarter_start)::int,
          o.quarter_start, (o.quarter_start + interval '3 months' - interval '1 day')::date
        from app.presence_owner o
        where (select app.is_member())
          and o.owner_id not in (select id from app.actor where app.actor_id() in (id, merged_into_id))
        group by o.corridor, o.quarter_start
        having count(*) filter (where not o.hidden) >= 3 or count(*) filter (where o.hidden) >= 3 $$;
      create view presence_cell with (security_invoker = true) as select * from app.presence();

      ${secure('presence_owner', { app: {}, worker: EVERY_ROW })}
      ${secure('presence_week', { app: {}, worker: EVERY_ROW })}
      grant select, insert, delete on presence_owner to concord_worker;
      grant select, insert, update on presence_week to concord_worker;
      grant select on presence_cell to concord_app;
      grant execute on function app.presence() to concord_app;
    `);
  }
}
