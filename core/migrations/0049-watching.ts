import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

const isCurator = '(select app.is_operator()) or (select app.is_coordinator())';

/** What operators see of the hub at work: where an event came from, whether the queues are worked on, and the jobs that failed. */
export class Watching extends Migration {
  override up(): void {
    this.addSql(`
      -- The W3C traceparent of what wrote the event; null where nothing traces. By default that of the session, so that events
      -- which functions of the database write carry it too.
      alter table outbox_event add column traceparent text
        check (traceparent ~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');
      alter table outbox_event alter column traceparent set default nullif(current_setting('app.traceparent', true), '');

      alter table worker_heartbeat
        -- How long the oldest event has waited to be handed on.
        add column outbox_pending int not null default 0,
        add column outbox_lag_ms bigint not null default 0,
        -- Jobs of each queue by state: [{"name", "waiting", "active", "delayed", "failed"}].
        add column queues jsonb not null default '[]',
        add column audit_sealed_at timestamptz,
        add column audit_unsealed int not null default 0;
    `);
    this.addSql(`
      -- Jobs that used up their attempts, as the worker finds them in its queues: requests cannot look there. No payloads.
      create table failed_job (
        id text primary key check (id = queue || '.' || job_id),
        queue text not null,
        job_id text not null,
        -- Of our own faults and codes; ids of records are blanked.
        reason text not null,
        attempts int not null,
        added_at timestamptz not null,
        failed_at timestamptz not null,
        -- What a coordinator has asked for and the worker has not done yet.
        asked text check (asked in ('retry', 'discard')),
        asked_at timestamptz,
        check ((asked is null) = (asked_at is null))
      );
      create index failed_job_failed_at on failed_job (failed_at, id);
      create index failed_job_queue on failed_job (queue);
      ${secure('failed_job', { app: { select: isCurator, update: isCurator }, worker: EVERY_ROW })}
      grant select, update (asked, asked_at) on failed_job to concord_app;
      grant select, insert, update, delete on failed_job to concord_worker;
    `);
    this.addSql(`
      -- For whoever asks whether the hub is ready, without a context: whether a migration has run, and how long the workers, or one
      -- of them, have been silent. Null: there is none.
      create function app.readiness(needed text, process text)
        returns table (migrated boolean, silent_ms bigint) language sql volatile security definer set search_path = '' as $$
        select exists (select from app.migration m where m.name = needed),
          (select (extract(epoch from pg_catalog.clock_timestamp() - max(h.at)) * 1000)::bigint from app.worker_heartbeat h
           where process is null or h.process_id = process) $$;
      revoke execute on function app.readiness(text, text) from public;
      grant execute on function app.readiness(text, text) to concord_app, concord_worker;

      -- Looking at the queues, and trying again what failed. Who could do everything before still can. What is there satisfied a narrower
      -- check, so nothing has to be looked at.
      alter table api_key drop constraint api_key_scopes_check,
        add constraint api_key_scopes_check check (scopes <@ '{write,vet,keys,operate}') not valid,
        alter column scopes set default '{write,vet,keys,operate}';
      update api_key set scopes = '{write,vet,keys,operate}' where role = 'coordinator' and scopes @> '{write,vet,keys}';
    `);
  }
}
