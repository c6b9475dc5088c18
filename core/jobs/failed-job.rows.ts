import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { QueueName } from './contract.ts';

/** A job that used up its attempts, as coordinators see it: without its payload. */
export interface FailedJobRow {
  readonly queue: string;
  readonly jobId: string;
  readonly reason: string;
  readonly attempts: number;
  readonly addedAt: Date;
  readonly failedAt: Date;
}

export type Ask = 'retry' | 'discard';

/** Keeps what is to be shown in one process at a time. Any number that nothing else locks. */
const MIRROR_LOCK = 0x66_61_69_6c; // "fail"

/** Whoever asked for something reads it back: for so long it stays, though the job may be gone. */
const ANSWERED_WITHIN = sql`interval '3 seconds'`;

/** Makes the table hold these jobs and no others, but for what was asked for just now. Nothing when another process does it right now. */
export async function storeFailedJobs(em: EntityManager, jobs: readonly FailedJobRow[]): Promise<void> {
  await em.transactional(async (tx) => {
    const db = tx.getKysely();
    const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${MIRROR_LOCK}) as held`.execute(db);
    if (lock.rows[0]?.held !== true) return;
    const rows = JSON.stringify(
      jobs.map((job) => ({
        id: failedJobId(job.queue, job.jobId),
        queue: job.queue,
        job_id: job.jobId,
        reason: job.reason,
        attempts: job.attempts,
        added_at: job.addedAt,
        failed_at: job.failedAt,
      })),
    );
    await sql`
      with found as (select * from jsonb_to_recordset(${rows}::jsonb)
          as f (id text, queue text, job_id text, reason text, attempts int, added_at timestamptz, failed_at timestamptz)),
        gone as (delete from failed_job j where not exists (select from found f where f.id = j.id)
          and (asked_at is null or asked_at < now() - ${ANSWERED_WITHIN}))
      insert into failed_job (id, queue, job_id, reason, attempts, added_at, failed_at)
      select id, queue, job_id, reason, attempts, added_at, failed_at from found
      on conflict (id) do update set reason = excluded.reason, attempts = excluded.attempts, failed_at = excluded.failed_at, asked = null, asked_at = null
        where failed_job.failed_at <> excluded.failed_at`.execute(db);
  });
}

/** Unique among the failed jobs of all queues. */
export function failedJobId(queue: string, jobId: string): string {
  return `${queue}.${jobId}`;
}

/** Whether any are stored. */
export async function hasFailedJobs(em: EntityManager): Promise<boolean> {
  const { rows } = await sql`select from failed_job limit 1`.execute(em.getKysely());
  return rows.length > 0;
}

/** What was asked for of one; null when it is gone, or nothing was. */
export async function askedOf(
  em: EntityManager,
  id: string,
): Promise<{ readonly queue: QueueName; readonly jobId: string; readonly asked: Ask } | null> {
  const { rows } = await sql<{ queue: QueueName; jobId: string; asked: Ask }>`
    select queue, job_id as "jobId", asked from failed_job where id = ${id} and asked is not null`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}

/** Notes what is to be done with one; false when the viewer sees none. */
export async function askFor(em: EntityManager, id: string, ask: Ask): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update failed_job set asked = ${ask}, asked_at = now() where id = ${id}`.execute(em.getKysely());
  return numAffectedRows === 1n;
}
