import type { EntityManager } from '@mikro-orm/postgresql';
import type { BatchObservableResult, Meter } from '@opentelemetry/api';
import type { QueueName } from '../core/jobs/contract.ts';
import type { Queues } from '../platform/queue/queues.ts';
import { hubFigures } from './figures.ts';
import type { JobOutcome } from './runtime/outcome.ts';

/** From one footprint to the time limits of the longest jobs, in seconds. */
const DURATIONS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30, 120];
const STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** Says how long one attempt of a job took, in seconds, and how it ended. */
export type RecordJob = (queue: QueueName, outcome: JobOutcome['kind'], seconds: number) => void;

/** Counts the jobs of this process. `match-footprint` is what people mean by matching. */
export function measureJobs(meter: Meter): RecordJob {
  const durations = meter.createHistogram('concord_job_duration_seconds', {
    description: 'How long attempts of jobs took, by queue, and how they ended.',
    advice: { explicitBucketBoundaries: DURATIONS_S },
  });
  return (queue, outcome, seconds) => {
    durations.record(seconds, { queue, outcome });
  };
}

/** Shows how the whole hub stands, counted anew whenever somebody looks: every worker process says the same. */
export function measureHub(meter: Meter, em: () => EntityManager, queues: Queues): void {
  const jobs = meter.createObservableGauge('concord_queue_jobs', { description: 'Jobs of each queue by state.' });
  const pending = meter.createObservableGauge('concord_outbox_pending', {
    description: 'Committed events that were not handed on yet.',
  });
  const outboxLag = meter.createObservableGauge('concord_outbox_lag_seconds', {
    description: 'For how long the next of them has waited.',
  });
  const unsealed = meter.createObservableGauge('concord_audit_unsealed', {
    description: 'Rows of the audit without a seal.',
  });
  const sealLag = meter.createObservableGauge('concord_audit_seal_lag_seconds', {
    description: 'For how long the first of them has waited.',
  });
  const look = async (result: BatchObservableResult): Promise<void> => {
    const figures = await hubFigures(em(), queues);
    for (const { name, ...counts } of figures.queues)
      for (const state of STATES) result.observe(jobs, counts[state], { queue: name, state });
    result.observe(pending, figures.outbox.pending);
    result.observe(outboxLag, figures.outbox.lagMs / 1_000);
    result.observe(unsealed, figures.audit.unsealed);
    result.observe(sealLag, figures.audit.lagMs / 1_000);
  };
  meter.addBatchObservableCallback(look, [jobs, pending, outboxLag, unsealed, sealLag]);
}
