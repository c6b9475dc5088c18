import { Migration } from '@mikro-orm/migrations';

/** Composing looks for work that ended shortly before other work begins. */
export class CellsByEnd extends Migration {
  override up(): void {
    this.addSql('create index footprint_cell_end on footprint_cell (face, cell, end_day)');
  }
}
