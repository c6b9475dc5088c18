import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

const isMember = '(select app.is_member())';
const curates = '(select app.is_operator()) or (select app.is_coordinator())';

/** What people made of suggestions bears on the order of those like them: visibly, within bounds, and so that it can be taken back. */
export class Ranking extends Migration {
  override up(): void {
    this.addSql(`
      -- One row for each kind of suggestion in each scope. Only what everybody sees is counted: dismissals, and what became of a
      -- suggestion for all. Never an answer, which is private.
      create table ranking (
        scope text collate "C" not null references composition,
        kind text not null,
        dismissed int not null check (dismissed >= 0),
        agreed int not null check (agreed >= 0),
        factor float8 not null check (factor > 0),
        -- What was decided before does not count any more; null: everything counts.
        since timestamptz,
        version int not null default 1 check (version > 0),
        primary key (scope, kind)
      );

      alter table suggestion
        add column dismissed_code text check (dismissed_code in ('NOT_RELEVANT', 'ALREADY_DONE', 'WRONG_DATES', 'WRONG_PARTNERS', 'OTHER')),
        add column dismissed_at timestamptz,
        -- score × factor.
        add column rank float8 not null default 0 check (rank >= 0);
      update suggestion set rank = score, dismissed_at = case when status = 'DISMISSED' then updated_at end,
        dismissed_code = case when status = 'DISMISSED' then 'OTHER' end;
      alter table suggestion
        add check ((status = 'DISMISSED') = (dismissed_code is not null)),
        add check ((status = 'DISMISSED') = (dismissed_at is not null));
      create index suggestion_rank on suggestion (rank, id);
      create index suggestion_status_rank on suggestion (status, rank, id);
      create index suggestion_kind_rank on suggestion (kind, rank, id);
      create index suggestion_corridor_rank on suggestion (corridor, rank, id) where corridor is not null;
      create index suggestion_decided on suggestion (scope, kind, status) where status in ('DISMISSED', 'AGREED');

      insert into ranking (scope, kind, dismissed, agreed, factor) select distinct scope, kind, 0, 0, 1 from suggestion;
      insert into outbox_event (kind, payload)
        select distinct 'scope.touched', jsonb_build_object('scope', scope) from suggestion where status = 'DISMISSED';

      ${secure('ranking', { app: { select: isMember, update: curates }, worker: EVERY_ROW })}
      grant select, update (since, version) on ranking to concord_app;
      grant select, insert, update on ranking to concord_worker;
      grant select (dismissed_code, dismissed_at, rank), update (dismissed_code, dismissed_at) on suggestion to concord_app;
    `);
  }
}
