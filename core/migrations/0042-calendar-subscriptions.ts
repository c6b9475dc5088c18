import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const ours = 'actor_id = (select app.actor_id())';
const isWriter = '(select app.is_writer())';
const isOfOurs = 'exists (select from calendar_subscription s where s.id = subscription_id)';

/** Calendars kept elsewhere, looked at again and again, whose events become entries of a campaign. */
export class CalendarSubscriptions extends Migration {
  override up(): void {
    this.addSql(`
      create table calendar_subscription (
        id text collate "C" primary key,
        actor_id text not null references actor,
        campaign_id text not null references campaign,
        -- Often secret: whoever knows it reads the calendar. Shown to the actor's own people alone.
        url text not null check (length(url) <= 2000),
        -- The key, or the user and as what they acted, with whose rights entries are written.
        subscribed_by text collate "C" not null,
        role text not null,
        created_at timestamptz not null,
        paused_at timestamptz,
        removed_at timestamptz,
        -- When it is looked at next; also how long nobody else looks, while one does.
        next_at timestamptz not null,
        -- When it was last seen whole, changed or not.
        last_fetched_at timestamptz,
        etag text check (length(etag) <= 500),
        last_modified text check (length(last_modified) <= 100),
        -- What went wrong when it was last looked at, as a code; null: nothing did.
        last_error text check (last_error ~ '^[a-z0-9-]{1,40}$'),
        -- Since when nobody could be found in whose name entries are written.
        stopped_at timestamptz,
        -- Looks in a row that failed.
        failures int not null default 0
      );
      create index calendar_subscription_actor on calendar_subscription (actor_id, created_at) where removed_at is null;
      create index calendar_subscription_due on calendar_subscription (next_at) where removed_at is null and paused_at is null;
      create unique index calendar_subscription_once on calendar_subscription (actor_id, campaign_id, url) where removed_at is null;

      -- What a calendar said last of each of its events, and what was made of it.
      create table calendar_subscription_item (
        subscription_id text collate "C" not null references calendar_subscription,
        -- UID, and the day of an occurrence that was changed.
        key text collate "C" not null check (length(key) <= 2000),
        sequence int not null,
        content jsonb not null,
        -- Whether it is no longer there.
        gone boolean not null default false,
        -- Whether the registry has yet to be told.
        pending boolean not null default true,
        -- What the registry was told last; null: nothing yet.
        applied jsonb,
        entry_id text collate "C",
        -- Why it was refused, in a sentence; null: it was not.
        refused text check (length(refused) <= 1000),
        primary key (subscription_id, key)
      );
      create index calendar_subscription_item_pending on calendar_subscription_item (subscription_id, key) where pending;

      -- Subscriptions with something to be told to the registry, and as what whoever subscribed may act now: a role of null says that
      -- they may not any more. The hub asks, for nobody.
      create function app.find_pending_subscriptions(only_id text, at timestamptz)
        returns table (id text, subscribed_by text, user_id text, role text, actor_id text, label text)
        language sql stable security definer set search_path = '' as $$
        select s.id, s.subscribed_by, w.user_id, w.role, s.actor_id, w.label from app.calendar_subscription s
        left join lateral (select * from app.standing_of(s.subscribed_by, s.role, s.actor_id, $2) f
          where f.actor_id = s.actor_id and f.role in ('editor', 'planner')) w on true
        where ($1 is null or s.id = $1) and s.removed_at is null and s.paused_at is null and s.stopped_at is null
          and exists (select from app.calendar_subscription_item i where i.subscription_id = s.id and i.pending)
        order by s.id limit 100 $$;
      create function app.stop_subscription(stopped text, at timestamptz) returns void language sql security definer set search_path = '' as $$
        update app.calendar_subscription set stopped_at = coalesce(stopped_at, $2) where id = $1 $$;

      ${secure('calendar_subscription', {
        app: {
          select: `${isWriter} and ${ours}`,
          insert: `${isWriter} and ${ours} and subscribed_by = (select app.key_id())`,
          update: `${isWriter} and ${ours}`,
        },
        worker: { select: 'true', update: 'true' },
      })}
      ${secure('calendar_subscription_item', {
        app: { select: isOfOurs, update: isOfOurs },
        worker: { select: 'true', insert: 'true', update: 'true' },
      })}
      grant select, insert, update (subscribed_by, role, paused_at, removed_at, next_at, stopped_at) on calendar_subscription to concord_app;
      grant select, update (pending, applied, entry_id, refused) on calendar_subscription_item to concord_app;
      grant select, update (next_at, last_fetched_at, etag, last_modified, last_error, failures) on calendar_subscription to concord_worker;
      grant select, insert, update (sequence, content, gone, pending) on calendar_subscription_item to concord_worker;
      revoke execute on function app.find_pending_subscriptions(text, timestamptz), app.stop_subscription(text, timestamptz) from public;
      grant execute on function app.find_pending_subscriptions(text, timestamptz), app.stop_subscription(text, timestamptz) to concord_app;
    `);
  }
}
