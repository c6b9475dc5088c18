import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** What a worker process last said of itself and of the queues it works on. */
export interface Heartbeat {
  readonly processId: string;
  /** By the clock of the database, which is the same for all processes. */
  readonly ageMs: number;
  /** Events not yet handed on and jobs not yet started, in the whole hub. */
  readonly waiting: number;
  /** Jobs being worked on, in the whole hub. */
  readonly active: number;
  /** Jobs that used up their attempts and wait for a person, in the whole hub. */
  readonly failed: number;
}

/** How one queue stands. */
export interface QueueFigures {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  /** To be started later: the next attempt of one that failed, or a schedule. */
  readonly delayed: number;
  readonly failed: number;
}

/** How the hub stands behind the server, which cannot look there itself. */
export interface HubFigures {
  readonly queues: readonly QueueFigures[];
  readonly outbox: { readonly pending: number; readonly lagMs: number };
  readonly audit: { readonly unsealed: number; readonly sealedAt: Date | null; readonly lagMs: number };
}

/** A process silent for longer than this is gone. */
const FORGOTTEN_AFTER_S = 60;

/** Stores the sign of life of one process and what it found, and forgets those long silent. */
export async function beat(em: EntityManager, life: Omit<Heartbeat, 'ageMs'>, figures?: HubFigures): Promise<void> {
  const { queues = [], outbox = { pending: 0, lagMs: 0 }, audit = { unsealed: 0, sealedAt: null } } = figures ?? {};
  await sql`
    with gone as (delete from worker_heartbeat where at < now() - make_interval(secs => ${FORGOTTEN_AFTER_S}))
    insert into worker_heartbeat (process_id, at, waiting, active, failed, queues, outbox_pending, outbox_lag_ms, audit_unsealed, audit_sealed_at)
    values (${life.processId}, now(), ${life.waiting}, ${life.active}, ${life.failed}, ${JSON.stringify(queues)}::jsonb,
      ${outbox.pending}, ${Math.round(outbox.lagMs)}, ${audit.unsealed}, ${audit.sealedAt})
    on conflict (process_id) do update set at = excluded.at, waiting = excluded.waiting, active = excluded.active, failed = excluded.failed,
      queues = excluded.queues, outbox_pending = excluded.outbox_pending, outbox_lag_ms = excluded.outbox_lag_ms,
      audit_unsealed = excluded.audit_unsealed, audit_sealed_at = excluded.audit_sealed_at
  `.execute(em.getKysely());
}

/** Says that the process lives and nothing more. */
export async function beatAgain(em: EntityManager, processId: string): Promise<void> {
  await sql`update worker_heartbeat set at = now() where process_id = ${processId}`.execute(em.getKysely());
}

/** Removes the sign of life of a process that stops in good order. */
export async function farewell(em: EntityManager, processId: string): Promise<void> {
  await sql`delete from worker_heartbeat where process_id = ${processId}`.execute(em.getKysely());
}

/** The known worker processes, youngest sign of life first; empty when none has run within a minute or so. */
export async function heartbeats(em: EntityManager): Promise<Heartbeat[]> {
  const { rows } = await sql<Heartbeat>`
    select process_id as "processId", waiting, active, failed,
      (extract(epoch from clock_timestamp() - at) * 1000)::int as "ageMs"
    from worker_heartbeat order by at desc, process_id
  `.execute(em.getKysely());
  return rows;
}
