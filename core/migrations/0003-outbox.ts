import { Migration } from '@mikro-orm/migrations';

/** The events of committed writes on their way to the queues, and the sign of life of each worker process. */
export class Outbox extends Migration {
  override up(): void {
    this.addSql(`
      create table outbox_event (
        id bigint generated always as identity primary key,
        kind text not null,
        payload jsonb not null,
        occurred_at timestamptz not null default now(),
        -- Null until the relay has handed it on.
        dispatched_at timestamptz,
        -- Why the relay could not read it; null for all that it could. Such a row stays until a person has looked.
        refused text,
        check (dispatched_at is null or refused is null)
      );
      create index outbox_event_pending on outbox_event (id) where dispatched_at is null and refused is null;
      create index outbox_event_dispatched on outbox_event (dispatched_at) where dispatched_at is not null;

      -- Whoever inserts wakes the relay: once a transaction, at its commit.
      create function app.wake_outbox_relay() returns trigger language plpgsql set search_path = '' as $$
      begin
        perform pg_catalog.pg_notify('concord_outbox', '');
        return null;
      end $$;
      create trigger outbox_event_wakes_relay after insert on outbox_event
        for each statement execute function app.wake_outbox_relay();

      create table worker_heartbeat (
        process_id text primary key,
        at timestamptz not null,
        waiting int not null,
        active int not null,
        failed int not null
      );

      grant insert on outbox_event to concord_app;
      grant select on worker_heartbeat to concord_app;
      grant select, insert, update, delete on outbox_event, worker_heartbeat to concord_worker;
    `);
  }
}
