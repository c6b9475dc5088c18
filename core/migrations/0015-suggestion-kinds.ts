import { Migration } from '@mikro-orm/migrations';

/** All kinds of suggestions, and what one is about where its participants do not say it: a gap, or a practice to replicate. */
export class SuggestionKinds extends Migration {
  override up(): void {
    this.addSql(`
      alter table suggestion
        drop constraint suggestion_kind_check,
        add constraint suggestion_kind_check check (kind in ('JOINT_CAMPAIGN', 'ALIGN_DATES', 'AVOID_DUPLICATION',
          'RESOLVE_CONTRADICTION', 'LEVERAGE_CHANNEL', 'FILL_GAP', 'REPLICATE_PRACTICE')),
        add column about text collate "C" check (about <> '');
    `);
  }
}
