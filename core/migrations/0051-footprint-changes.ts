import { Migration } from '@mikro-orm/migrations';

/** Which transaction wrote a footprint last: so that lists that were found a moment ago can be told what has changed since. */
export class FootprintChanges extends Migration {
  override up(): void {
    this.addSql(`
      alter table footprint add column change_xid xid8 not null default pg_current_xact_id();
      create trigger footprint_stamp before update on footprint for each row execute function app.stamp_change();
      create index footprint_change on footprint (change_xid);
    `);
  }
}
