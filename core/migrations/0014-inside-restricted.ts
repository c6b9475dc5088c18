import { Migration } from '@mikro-orm/migrations';

const me = '(select app.actor_id())';
const isWriter = '(select app.is_writer())';

/**
 * Whoever is named for a restricted programme works inside it. What is named reaches down from the rows that are stored, so it does
 * not know a row that is being written: that one is judged by what it is written into.
 */
export class InsideRestricted extends Migration {
  override up(): void {
    for (const [table, parent] of [
      ['campaign', 'programme_id'],
      ['calendar_entry', 'campaign_id'],
    ] as const) {
      const inside = `owner_id = ${me} and ${parent} in (select app.named_records())`;
      const change = `${isWriter} and ${inside}`;
      this.addSql(`
        create policy app_select_inside on ${table} for select to concord_app using (${inside});
        create policy app_update_inside on ${table} for update to concord_app using (${change}) with check (${change});
      `);
    }
  }
}
