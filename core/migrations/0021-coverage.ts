import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

/** That others cover something by what not everybody sees, told only where there are three of them; see docs/decisions/0020. */
export class Coverage extends Migration {
  override up(): void {
    this.addSql(`
      -- Who works on what by records that not every member sees, as their released forms say and as of the last refresh of presence: no
      -- more of them than it takes to know that there are enough.
      create table coverage_owner (
        area text collate "C" not null check (area ~ '^(corridor|country):'),
        facet text not null check (facet in ('audience', 'theme', 'channel', 'language')),
        code text not null,
        quarter_start date not null check (extract(day from quarter_start) = 1 and extract(month from quarter_start) in (1, 4, 7, 10)),
        owner_id text not null references actor,
        primary key (area, facet, code, quarter_start, owner_id)
      );
      create index coverage_owner_owner on coverage_owner (owner_id);

      -- The cells of an area in which three others are, whoever asks; never how many. As in app.presence(), what the viewer's own actor
      -- registers does not count.
      create function app.covered_by_others(asked_area text, asked_facet text) returns table (code text, quarter_start date)
        language sql stable security definer set search_path = '' as $$
        select o.code, o.quarter_start from app.coverage_owner o
        where (select app.is_member()) and o.area = asked_area and o.facet = asked_facet
          and o.owner_id not in (select id from app.actor where app.actor_id() in (id, merged_into_id))
        group by o.code, o.quarter_start having count(*) >= 3 $$;

      ${secure('coverage_owner', { app: {}, worker: EVERY_ROW })}
      grant select, insert, delete on coverage_owner to concord_worker;
      revoke execute on function app.covered_by_others(text, text) from public;
      grant execute on function app.covered_by_others(text, text) to concord_app;
    `);
  }
}
