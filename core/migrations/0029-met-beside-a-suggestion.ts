import { Migration } from '@mikro-orm/migrations';

/** What could be met beside a suggestion, without those who are in it: who they are stays in the database. */
export class MetBesideASuggestion extends Migration {
  override up(): void {
    this.addSql(`
      create function app.released_met_by(given jsonb, suggestion text) returns setof jsonb language sql stable security definer set search_path = '' as $$
        with seated as (select coalesce(array_agg(subject_id), '{}') as ids from app.suggestion_participant where suggestion_id = $2)
        select released from app.released_met_by($1) as released, seated
        where released ->> 'subject_id' <> all (ids) and not released -> 'ancestors' ?| ids $$;
      revoke execute on function app.released_met_by(jsonb, text) from public;
      grant execute on function app.released_met_by(jsonb, text) to concord_app;
    `);
  }
}
