import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

const ours = 'actor_id = (select app.actor_id())';
const isWriter = '(select app.is_writer())';
const isEditor = '(select app.is_editor())';

const KINDS = `array['NEW_OVERLAP', 'NEW_SUGGESTION', 'SUGGESTION_REVEALED', 'INVITATION', 'APPROVAL_NEEDED', 'ENDS_SOON',
  'NOT_CONFIRMED', 'CONTRADICTION', 'REVIEW_DUE']`;

/** What leaves the hub about notifications: mails to contacts, and calls of webhooks. */
export class DigestsAndWebhooks extends Migration {
  override up(): void {
    this.addSql(`
      -- How visible a record is, if it is this owner's; null also where it is restricted: that leaves by no door.
      create function app.shown_of(record text, owner text) returns text language sql stable set search_path = '' as $$
        select nullif(shown, 'restricted') from (
          select shown from app.programme where id = $1 and owner_id = $2
          union all select shown from app.campaign where id = $1 and owner_id = $2
          union all select shown from app.calendar_entry where id = $1 and owner_id = $2) as own $$;

      -- Whether an actor may still be told of something where nobody asks for its rights any more, in a mail or a call: how visible
      -- what it is about is, or null. It asks for less than the policies do: of restricted records nobody is told.
      create function app.told_outside(subject text, kind text, actor text) returns text language sql stable set search_path = '' as $$
        select case
          when not exists (select from app.actor a where a.id = $3 and a.vetting <> 'suspended' and a.merged_into_id is null) then null
          when left($1, 4) = 'ovl_' then (select app.shown_of(o.a_id, $3) from app.overlap o
            where o.id = $1 and o.view = 'own' and o.a_owner_id = $3 and app.actor_is_listed($3)
              and ($2 <> 'CONTRADICTION' or pg_catalog.jsonb_typeof(o.contradiction) = 'object'))
          when left($1, 4) = 'sug_' then (select 'members' from app.suggestion s where s.id = $1 and app.actor_is_listed($3)
            and ($2 <> 'SUGGESTION_REVEALED' or s.status = 'OPEN' and exists (select from app.revelation r
              join app.answer f on f.id = r.from_answer_id and f.withdrawn_at is null
              join app.answer t on t.id = r.to_answer_id and t.withdrawn_at is null
              where r.suggestion_id = s.id and r.suggestion_version = s.version and r.to_actor_id = $3 and r.ended_at is null
                and app.actor_is_listed(r.from_actor_id))))
          when left($1, 4) = 'act_' then (select a.visibility from app.actor a where a.id = $1 and a.id = $3)
          else app.shown_of($1, $3) end $$;
    `);
    this.addSql(`
      create table notification_preference (
        actor_id text primary key references actor,
        -- Of what a digest tells.
        kinds text[] not null check (kinds <@ ${KINDS}),
        digest text not null check (digest in ('DAILY', 'WEEKLY', 'NONE')),
        -- 1 is Monday.
        weekday int not null check (weekday between 1 and 7),
        -- BCP 47; reserved: mails are in English.
        language text not null,
        version int not null default 1,
        updated_at timestamptz not null
      );
      -- To whom digests go: contacts of the actor, so that whoever is erased there gets none.
      create table digest_recipient (
        actor_id text not null references notification_preference,
        contact_id text not null references contact,
        -- How often in a row a mail server said that there is no such address.
        refusals int not null default 0,
        -- Asked not to get any more, or could not be reached.
        stopped_at timestamptz,
        stopped_by text check (stopped_by in ('RECIPIENT', 'REFUSALS')),
        check ((stopped_at is null) = (stopped_by is null)),
        primary key (actor_id, contact_id)
      );
      create index digest_recipient_contact on digest_recipient (contact_id);
      -- One mail: of a period to a recipient there is one, whatever fails. What it said is kept nowhere.
      create table digest (
        id text collate "C" primary key,
        actor_id text not null,
        contact_id text not null,
        -- The day on which it was due.
        period date not null,
        -- Of what it tells: notifications written after since, until it was planned.
        since timestamptz not null,
        created_at timestamptz not null,
        -- UNKNOWN: it was begun, and whether it arrived cannot be known: it is not sent again.
        state text not null check (state in ('PLANNED', 'SENDING', 'SENT', 'EMPTY', 'DROPPED', 'REFUSED', 'FAILED', 'UNKNOWN')),
        attempts int not null default 0,
        -- What the mail server said last, as a code.
        code text check (code ~ '^[A-Za-z0-9 _.-]{1,40}$'),
        ended_at timestamptz,
        unique (actor_id, contact_id, period)
      );
      create index digest_created on digest (created_at);
      create index digest_contact on digest (contact_id);

      -- The worker has no right to contacts, but for the one that a mail goes to.
      create function app.digest_contact(actor text, contact text, out sealed bytea, out wrapped bytea) returns setof record
        language sql stable security definer set search_path = '' as $$
        select c.sealed, k.wrapped from app.digest_recipient r
        join app.contact c on c.id = r.contact_id and c.owner_id = r.actor_id and c.erased_at is null
        join app.contact_key k on k.contact_id = c.id
        where r.actor_id = $1 and r.contact_id = $2 and r.stopped_at is null $$;
      -- For whoever proves by the link of a mail that it got it; there is no session then.
      create function app.stop_digest(actor text, contact text, at timestamptz) returns void
        language sql security definer set search_path = '' as $$
        update app.digest_recipient set stopped_at = $3, stopped_by = 'RECIPIENT'
        where actor_id = $1 and contact_id = $2 and stopped_at is null $$;

      ${secure('notification_preference', {
        app: {
          select: `${isWriter} and ${ours}`,
          insert: `${isEditor} and ${ours}`,
          update: `${isEditor} and ${ours}`,
        },
        worker: { select: 'true' },
      })}
      ${secure('digest_recipient', {
        app: {
          select: `${isWriter} and ${ours}`,
          insert: `${isEditor} and ${ours} and exists (select from contact c where c.id = contact_id and c.owner_id = digest_recipient.actor_id)`,
          delete: `${isEditor} and ${ours}`,
        },
        worker: { select: 'true', update: 'true' },
      })}
      ${secure('digest', { app: {}, worker: EVERY_ROW })}
      grant select, insert, update on notification_preference to concord_app;
      grant select, insert, delete on digest_recipient to concord_app;
      grant select on notification_preference, digest_recipient to concord_worker;
      grant update (refusals, stopped_at, stopped_by) on digest_recipient to concord_worker;
      grant select, insert, update, delete on digest to concord_worker;
      grant execute on function app.shown_of(text, text), app.told_outside(text, text, text), app.digest_contact(text, text) to concord_worker;
      grant execute on function app.stop_digest(text, text, timestamptz) to concord_app;
    `);
    this.addSql(`
      create table webhook (
        id text collate "C" primary key,
        actor_id text not null references actor,
        url text not null check (length(url) <= 500),
        kinds text[] not null check (kinds <@ ${KINDS} and kinds <> '{}'),
        -- Deliveries in a row that failed for good.
        failures int not null default 0,
        -- Since when it is called no more because it failed too often; a ping that is answered ends that.
        disabled_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null
      );
      create index webhook_actor on webhook (actor_id, created_at) where revoked_at is null;
      -- What its calls are signed with: AES-256-GCM under a key that follows from the hub's secret.
      create table webhook_secret (
        webhook_id text collate "C" primary key references webhook,
        sealed bytea not null
      );
      -- One thing to tell to one webhook. A ping is of no notification.
      create table webhook_delivery (
        id text collate "C" primary key,
        webhook_id text collate "C" not null references webhook,
        notification_id text collate "C",
        kind text not null check (kind = 'PING' or kind = any (${KINDS})),
        subject_id text collate "C" not null,
        occurred_at timestamptz not null,
        -- DROPPED: what it would tell of is no longer to be told.
        state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED', 'DROPPED')),
        attempts int not null default 0,
        -- What became of the last attempt, as a code: http-500, timeout, …
        last_result text check (last_result ~ '^[a-z0-9-]{1,40}$'),
        last_attempt_at timestamptz,
        unique (webhook_id, notification_id),
        check ((kind = 'PING') = (notification_id is null))
      );
      create index webhook_delivery_latest on webhook_delivery (webhook_id, occurred_at, id);
      create index webhook_delivery_occurred on webhook_delivery (occurred_at);
      create unique index webhook_delivery_ping on webhook_delivery (webhook_id) where kind = 'PING' and state = 'PENDING';

      ${secure('webhook', {
        app: {
          select: `${isEditor} and ${ours}`,
          insert: `${isEditor} and ${ours} and failures = 0 and disabled_at is null`,
          update: `${isEditor} and ${ours}`,
        },
        worker: { select: 'true', update: 'true' },
      })}
      ${secure('webhook_secret', {
        app: {
          select: `exists (select from webhook w where w.id = webhook_id)`,
          insert: `exists (select from webhook w where w.id = webhook_id)`,
          delete: `exists (select from webhook w where w.id = webhook_id)`,
        },
        worker: { select: 'true' },
      })}
      ${secure('webhook_delivery', {
        app: {
          select: 'exists (select from webhook w where w.id = webhook_id)',
          insert: `kind = 'PING' and state = 'PENDING' and exists (select from webhook w where w.id = webhook_id)`,
        },
        worker: EVERY_ROW,
      })}
      grant select, insert, update (revoked_at) on webhook to concord_app;
      -- Its text is shown once, when it is made: no request reads it back.
      grant select (webhook_id), insert, delete on webhook_secret to concord_app;
      grant select, insert on webhook_delivery to concord_app;
      grant select, update (failures, disabled_at) on webhook to concord_worker;
      grant select on webhook_secret to concord_worker;
      grant select, insert, update, delete on webhook_delivery to concord_worker;
    `);
  }
}
