import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const byHub = '(select app.is_operator())';

/** What keys have spent of their budgets, shared by all servers; its columns are those of rate-limiter-flexible. */
export class CostSpent extends Migration {
  override up(): void {
    this.addSql(`
      create table cost_spent (
        -- The id of the key or user, the window and when it began.
        key text collate "C" primary key check (length(key) <= 255),
        points integer not null default 0,
        -- After this instant nobody asks for it: milliseconds since 1970.
        expire bigint
      );
      create index cost_spent_expire on cost_spent (expire);
      ${secure('cost_spent', { app: { select: byHub, insert: byHub, update: byHub, delete: byHub }, worker: {} })}
      grant select, insert, update, delete on cost_spent to concord_app;
    `);
  }
}
