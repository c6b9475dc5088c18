import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

/** Whoever sent a file, as the party that idempotency keys count too: an actor's writers, a coordinator, the hub itself. */
const ours = `party = (select app.party())
  and ((select app.is_writer()) or (select app.is_coordinator()) or (select app.is_operator()))`;
/** Where a record comes from is its owner's to know, and of whoever may enter records for it. */
const ofOwner = `(select app.is_writer()) and owner_id = (select app.actor_id())
  or (select app.is_coordinator()) or (select app.is_operator())`;
const every = (rule: string) => ({ select: rule, insert: rule, update: rule, delete: rule });

/** Files that people send, what became of every row of them, and where records come from. */
export class Imports extends Migration {
  override up(): void {
    this.addSql(`
      create table import_run (
        id text collate "C" primary key,
        party text not null,
        -- In whose name it is worked on: the viewer that sent it.
        sender_key text not null,
        sender_user text,
        sender_role text not null check (sender_role in ('operator', 'coordinator', 'editor', 'planner')),
        sender_actor text references actor,
        sender_scopes text[] not null,
        file_name text not null check (length(file_name) between 1 and 200),
        -- SHA-256 in hexadecimal.
        digest text not null check (digest ~ '^[0-9a-f]{64}$'),
        bytes int not null check (bytes >= 0),
        -- What the content showed it to be; null until it was read.
        format text,
        -- What the sender says of it: period, country, mapping, vouch, whom names mean.
        options jsonb not null default '{}' check (jsonb_typeof(options) = 'object'),
        -- How its columns were understood, as the reader found or was told.
        mapping jsonb,
        state text not null check (state in ('UPLOADED', 'READING', 'READY', 'APPLYING', 'APPLIED', 'ROLLING_BACK', 'ROLLED_BACK', 'FAILED')),
        done int not null default 0,
        total int not null default 0,
        rows int not null default 0,
        differing int not null default 0,
        records int not null default 0,
        created int not null default 0,
        changed int not null default 0,
        unchanged int not null default 0,
        merged int not null default 0,
        refused int not null default 0,
        registered int not null default 0,
        -- Names that a person should look at: as written, what they are taken for, and what else they might mean.
        matches jsonb not null default '[]' check (jsonb_typeof(matches) = 'array'),
        -- Why it failed, in a sentence.
        failure text check ((failure is not null) = (state = 'FAILED')),
        version int not null default 1,
        created_at timestamptz not null,
        applied_at timestamptz,
        rolled_back_at timestamptz,
        change_xid xid8 not null default pg_current_xact_id(),
        -- Every row of a file is accounted for.
        check (rows = created + changed + unchanged + merged + refused),
        unique (id, party)
      );
      create index import_run_party on import_run (party, created_at, id);
      create index import_run_change on import_run (change_xid);
      create trigger import_run_stamp before update on import_run for each row execute function app.stamp_change();
      -- The bytes as they came, for as long as they may still be read.
      create table import_file (
        run_id text collate "C" primary key references import_run,
        party text not null,
        content bytea not null check (length(content) <= 10485760),
        expires_on date not null,
        foreign key (run_id, party) references import_run (id, party)
      );
      create index import_file_expires on import_file (expires_on);
      -- What one thing in a file became, or would become: a record and the rows that say it, or rows that say none.
      create table import_item (
        id text collate "C" primary key,
        run_id text collate "C" not null,
        party text not null,
        position int not null,
        rows int[] not null,
        outcome text not null check (outcome in ('CREATED', 'CHANGED', 'UNCHANGED', 'REFUSED')),
        kind text check (kind in ('programme', 'campaign', 'calendar_entry')),
        source_key text,
        name text,
        -- Null while nothing was written, and of refused ones.
        record_id text,
        -- Of a changed one: which fields.
        fields text[] not null default '{}',
        remarks jsonb not null default '[]' check (jsonb_typeof(remarks) = 'array'),
        -- What a changed one said before, to be given back.
        before jsonb,
        -- The version that the import made.
        made_version int,
        undone text check (undone in ('WITHDRAWN', 'RESTORED', 'KEPT')),
        undone_because text check (undone_because is null or undone is not null),
        unique (run_id, position),
        foreign key (run_id, party) references import_run (id, party)
      );
      create index import_item_outcome on import_item (run_id, outcome, position);
      create index import_item_record on import_item (record_id) where record_id is not null;
      -- What a record says because a file said it: field by field the run, the row, the column, and a digest of the value.
      create table import_provenance (
        owner_id text not null references actor,
        kind text not null check (kind in ('programme', 'campaign', 'calendar_entry')),
        source_key text not null,
        record_id text not null,
        run_id text collate "C" not null,
        fields jsonb not null check (jsonb_typeof(fields) = 'object'),
        primary key (owner_id, kind, source_key)
      );
      create index import_provenance_record on import_provenance (record_id);
      create index import_provenance_run on import_provenance (run_id);
      -- How a party had columns understood, by the headers of the sheet.
      create table import_mapping (
        party text not null,
        headers text not null check (length(headers) <= 64),
        mapping jsonb not null,
        updated_at timestamptz not null,
        primary key (party, headers)
      );

      -- Whether whoever sent a file is still let in, with the same rights: the work goes on when they are gone.
      create function app.sender_is_let_in(key text, role text, actor text) returns boolean
        language sql stable security definer set search_path = '' as $$
        select $1 = 'hub' and $2 = 'operator'
          or exists (select from app.api_key own cross join lateral app.find_api_key(own.public_id) k
            where own.id = $1 and k.role = $2 and k.actor_id is not distinct from $3
              and k.revoked_at is null and k.expires_at > pg_catalog.now())
          or exists (select from app.hub_user u join app.membership m on m.user_id = u.id
            where u.id = $1 and u.suspended_at is null and m.revoked_at is null and m.role = $2
              and m.actor_id is not distinct from $3
              and not exists (select from app.actor a where a.id = m.actor_id and a.vetting = 'suspended')) $$;
      revoke execute on function app.sender_is_let_in(text, text, text) from public;
      grant execute on function app.sender_is_let_in(text, text, text) to concord_worker;

      ${secure('import_run', {
        app: {
          select: ours,
          insert: `${ours} and sender_key = (select app.key_id()) and sender_role = (select app.viewer_role())
            and sender_actor is not distinct from (select app.actor_id())`,
          update: ours,
        },
        worker: { select: 'true', update: 'true' },
      })}
      ${secure('import_file', { app: every(ours), worker: { select: 'true', delete: 'expires_on < (select app.today())' } })}
      ${secure('import_item', { app: every(ours), worker: {} })}
      ${secure('import_provenance', { app: every(ofOwner), worker: {} })}
      ${secure('import_mapping', { app: every(ours), worker: {} })}
      grant select, insert, update on import_run to concord_app;
      grant select, insert, delete on import_file to concord_app;
      grant select, insert, update, delete on import_item, import_provenance, import_mapping to concord_app;
      -- Never what a file says: in whose name to work on it, and that it failed.
      grant select (id, party, sender_key, sender_user, sender_role, sender_actor, sender_scopes, state, version) on import_run to concord_worker;
      grant update (state, failure, version, change_xid) on import_run to concord_worker;
      grant select (run_id, expires_on), delete on import_file to concord_worker;
    `);
  }
}
