import { Migration } from '@mikro-orm/migrations';

/** See docs/decisions/0059. */
export class QuickerMatching extends Migration {
  override up(): void {
    // Composing looks for work that ended shortly before other work begins.
    this.addSql('create index footprint_cell_end on footprint_cell (face, cell, end_day)');
    // Whoever has the turn of matching takes the next number: so it knows whether anybody else had one since its last.
    this.addSql('create sequence matching_turn; grant usage on sequence matching_turn to concord_worker');
  }
}
