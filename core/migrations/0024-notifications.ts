import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, readable, secure } from './secure.ts';

const me = '(select app.actor_id())';
const isCoordinator = '(select app.is_coordinator())';
const isWriter = '(select app.is_writer())';

const KINDS = `array['NEW_OVERLAP', 'NEW_SUGGESTION', 'SUGGESTION_REVEALED', 'INVITATION', 'APPROVAL_NEEDED', 'ENDS_SOON',
  'NOT_CONFIRMED', 'CONTRADICTION', 'REVIEW_DUE']`;

/** Its own, and for coordinators what is addressed to them. */
const addressed = `(actor_id = ${me} or actor_id is null and ${isCoordinator})`;

/** What a notification is about is there for the reader, and still what it was told for: else there is no notification. */
const subjectIsSeen = `case left(subject_id, 4)
    when 'ovl_' then exists (select from overlap o where o.id = notification.subject_id
      and (notification.kind <> 'CONTRADICTION' or jsonb_typeof(o.contradiction) = 'object'))
    when 'sug_' then exists (select from suggestion s where s.id = notification.subject_id)
      and (kind <> 'SUGGESTION_REVEALED' or exists (select from revelation r
        where r.suggestion_id = notification.subject_id and r.to_actor_id = ${me} and r.ended_at is null))
    when 'gui_' then exists (select from guidance_section g where g.id = notification.subject_id)
    when 'act_' then exists (select from actor a where a.id = notification.subject_id
      and (notification.kind <> 'APPROVAL_NEEDED' or a.vetting = 'pending'))
    else ${readable('notification.subject_id')} end`;

/** Inboxes: who is to be told of what, in ids and codes. Its words are made when it is read, under the rights of the reader. */
export class Notifications extends Migration {
  override up(): void {
    this.addSql(`
      create table notification (
        -- Derived from the natural key, so that nobody can guess it.
        id text collate "C" primary key,
        -- Null: the coordinators.
        actor_id text references actor,
        kind text not null check (kind = any (${KINDS})),
        -- A record, an overlap, a suggestion, an actor or a section of the guidance.
        subject_id text collate "C" not null,
        -- What makes it worth telling once more of the same subject: a day, a version.
        occasion text not null check (length(occasion) <= 64),
        created_at timestamptz not null,
        read_at timestamptz,
        change_xid xid8 not null default pg_current_xact_id(),
        unique nulls not distinct (actor_id, kind, subject_id, occasion)
      );
      create trigger notification_stamp before update on notification for each row execute function app.stamp_change();
      create index notification_listed on notification (actor_id, created_at, id);
      create index notification_unread on notification (actor_id) where read_at is null;
      create index notification_kind on notification (actor_id, kind);
      create index notification_change on notification (change_xid);
      create index notification_created on notification (created_at);
      create index notification_subject on notification (subject_id);

      -- Up to where the worker has looked for news: what this snapshot had not seen is new.
      create table notification_mark (
        only_row boolean primary key default true check (only_row),
        seen pg_snapshot not null
      );
      insert into notification_mark (seen) values (pg_current_snapshot());

      ${secure('notification', {
        app: {
          select: `${addressed} and ${subjectIsSeen}`,
          update: `${addressed} and (${isWriter} or ${isCoordinator})`,
        },
        worker: { select: 'true', insert: 'true', delete: 'true' },
      })}
      ${secure('notification_mark', { app: {}, worker: EVERY_ROW })}
      grant select, update (read_at) on notification to concord_app;
      grant select, insert, delete on notification to concord_worker;
      grant select, update on notification_mark to concord_worker;
    `);
  }
}
