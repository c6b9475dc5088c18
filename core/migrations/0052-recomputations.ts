import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

/** Whole recomputations of what is derived, the worker's alone. */
export class Recomputations extends Migration {
  override up(): void {
    this.addSql(`
      create table recomputation (
        id text collate "C" primary key,
        started_at timestamptz not null,
        -- Null: under way, or given up.
        finished_at timestamptz,
        -- Every transaction before this one had ended when it started: what those wrote has been compared when it is finished.
        since xid8 not null,
        -- What contents follow from beside footprints. A vocabulary that changed meanwhile: null, and nothing counts as compared.
        vocabulary_version text,
        rules_version int not null,
        release text not null
      );
      create index recomputation_since on recomputation (since);
      grant select, insert, update, delete on recomputation to concord_worker;
      ${secure('recomputation', { app: {}, worker: EVERY_ROW })}
    `);
  }
}
