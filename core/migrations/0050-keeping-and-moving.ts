import { Migration } from '@mikro-orm/migrations';

/** How long a table's rows are kept at least, whatever a rule of retention says: a mistake there must not empty it. */
const LEAST_DAYS = 30;
const OLD_ENOUGH = `(select app.today()) - ${String(LEAST_DAYS)}`;

/** Keys and feeds know the pepper that they are hashed with, and the hub itself forgets what it need not keep (core/retention). */
export class KeepingAndMoving extends Migration {
  override up(): void {
    this.addSql(`
      -- The id of the pepper, which tells nothing of it; see core/access/peppers.ts.
      alter table api_key add column pepper text not null default 'first';
      alter table calendar_feed add column pepper text not null default 'first';
      grant select (pepper) on calendar_feed to concord_app;

      -- Only who knows the hash that stands there can replace it: a second process that came first is not undone.
      create function app.hash_key_anew(id text, known text, fresh text, pepper text) returns void
        language sql security definer set search_path = '' as $$
        update app.api_key k set secret_hash = $3, pepper = $4 where k.id = $1 and k.secret_hash = $2 $$;
      create function app.hash_feed_anew(known text, fresh text, pepper text) returns void
        language sql security definer set search_path = '' as $$
        update app.calendar_feed f set token_hash = $2, pepper = $3 where app.is_operator() and f.token_hash = $1 $$;

      -- For the operator, who sees neither feeds nor the audit by a request's login.
      create function app.count_feeds_by_pepper(at timestamptz) returns table (pepper text, keys bigint, feeds bigint)
        language sql stable security definer set search_path = '' as $$
        select f.pepper, 0, count(*) from app.calendar_feed f, app.standing_of(f.issued_by, f.role, f.actor_id, $1)
        where app.is_operator() and f.revoked_at is null group by f.pepper $$;
      create function app.told_peppers() returns table (action text, pepper text)
        language sql stable security definer set search_path = '' as $$
        select a.action, pg_catalog.substr(a.subject_id, 5) from app.audit a
        where app.is_operator() and a.subject_id >= 'pep_' and a.subject_id < 'pep\`' order by a.id $$;
      revoke execute on function app.hash_key_anew(text, text, text, text), app.hash_feed_anew(text, text, text),
        app.count_feeds_by_pepper(timestamptz), app.told_peppers() from public;
      grant execute on function app.hash_key_anew(text, text, text, text), app.hash_feed_anew(text, text, text),
        app.count_feeds_by_pepper(timestamptz), app.told_peppers() to concord_app;
    `);
    this.addSql(`
      create index idempotency_at on idempotency (at);
      create index probe_budget_day on probe_budget (day);
      create index outbox_event_refused on outbox_event (occurred_at) where refused is not null;
      create index import_run_created on import_run (created_at);
      create index calendar_subscription_removed on calendar_subscription (removed_at) where removed_at is not null;

      alter policy worker_select on idempotency using (at < ${OLD_ENOUGH});
      alter policy worker_delete on idempotency using (at < ${OLD_ENOUGH});
      grant select (party, mutation_key, at), delete on idempotency to concord_worker;

      -- The worker still reads nothing of what a file said.
      alter policy worker_select on import_item using (exists (select from import_run r where r.id = run_id));
      alter policy worker_delete on import_item using (exists (
        select from import_run r where r.id = run_id and r.state in ('FAILED', 'READY', 'ROLLED_BACK') and r.created_at < ${OLD_ENOUGH}));
      grant select (id, run_id), delete on import_item to concord_worker;
      grant select (created_at) on import_run to concord_worker;

      alter policy worker_delete on calendar_subscription_item using (exists (
        select from calendar_subscription s where s.id = subscription_id and s.removed_at < ${OLD_ENOUGH}));
      grant delete on calendar_subscription_item to concord_worker;
      alter policy worker_delete on calendar_subscription using (removed_at < ${OLD_ENOUGH});
      grant delete on calendar_subscription to concord_worker;
    `);
  }
}
