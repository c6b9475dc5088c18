import { Migration } from '@mikro-orm/migrations';

/**
 * Parts of a record by the record above it and the one above that. Of an index on the whole array PostgreSQL believes that a thousand
 * ids find much, and read all footprints instead, twice for each change. That index stays for the release before, which asks it.
 */
export class PartsByLookUps extends Migration {
  override up(): void {
    this.addSql(`
      create index footprint_parent on footprint (parent_id) where parent_id is not null;
      create index footprint_grandparent on footprint ((ancestors[2])) where ancestors[2] is not null;
    `);
  }
}
