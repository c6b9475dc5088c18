import type { MikroORM } from '@mikro-orm/postgresql';
import { type Meter, createNoopMeter } from '@opentelemetry/api';
import type { Log } from '../platform/log.ts';
import type { HubSecrets } from '../core/access/hub-secrets.ts';
import type { UnitOfWork } from '../core/access/unit-of-work.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Queues, openQueues } from '../platform/queue/queues.ts';
import { startAuditSealer } from './audit-sealer.ts';
import { scheduleDays, scheduleDigests, scheduleRefreshes, scheduleRetention } from './day-schedule.ts';
import { startHeartbeat } from './heartbeat.ts';
import { hubWorkers } from './index.ts';
import { measureHub, measureJobs } from './job-metrics.ts';
import { NO_OUTBOUND, type Outbound } from './outbound.ts';
import { startOutboxRelay } from './outbox-relay.ts';
import { quiet } from './quiet.ts';
import type { WorkerDefinition } from './runtime/define-worker.ts';
import { startQueueWorkers } from './runtime/start-queue-workers.ts';

export interface WorkersDeps {
  /** The worker login, for LISTEN and for the queues in PostgreSQL. */
  readonly url: string;
  readonly redisUrl?: string | undefined;
  /** Defaults to the schema that the worker login owns. */
  readonly queueSchema?: string;
  /** On the worker login, migrated. The caller closes it, after the workers. */
  readonly orm: MikroORM;
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
  /** Differs between all processes that live at the same time, on whatever machine. */
  readonly processId: string;
  readonly secrets: HubSecrets;
  /** Defaults to reaching nobody. */
  readonly outbound?: Outbound;
  /** On the app login; left out: imports are left to other processes. */
  readonly inSendersName?: UnitOfWork;
  /** Where jobs are counted; left out: nowhere. */
  readonly meter?: Meter;
  /** Defaults to every worker of the hub; work for other queues is left to other processes. */
  readonly definitions?: readonly WorkerDefinition[];
}

export interface RunningWorkers {
  readonly queues: Queues;
  /** Resolves when all that was committed so far, and what followed from it, is worked off; see quiet.ts. */
  quiet(signal?: AbortSignal): Promise<void>;
  /** Hands on no more events, takes no more jobs, waits at most 10 s for those at work. */
  close(): Promise<void>;
}

/** Starts all background work of one process: queue consumers, the day schedule, the outbox relay, the sealing of the audit, the heartbeat. */
export async function startWorkers(deps: WorkersDeps): Promise<RunningWorkers> {
  const { url, redisUrl, orm, uow, clock, log, processId } = deps;
  const { outbound = NO_OUTBOUND, meter = createNoopMeter() } = deps;
  const definitions =
    deps.definitions ?? hubWorkers({ secrets: deps.secrets, outbound, inSendersName: deps.inSendersName ?? null });
  const worksOn = definitions.map(({ queue }) => queue);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    // All at once: whoever may take new work must stop now, not when another has finished.
    const [queues, ...users] = closers.splice(0);
    await Promise.all(users.map((closeOne) => closeOne()));
    await queues?.();
  };
  try {
    const queues = await openQueues({ url, redisUrl, schema: deps.queueSchema ?? 'queue', log });
    closers.push(() => queues.close());
    const consumers = await startQueueWorkers(definitions, queues, { uow, clock, log, record: measureJobs(meter) });
    measureHub(meter, () => orm.em.fork(), queues);
    closers.push(() => consumers.close());
    if (worksOn.includes('advance-day')) await scheduleDays(queues, clock);
    if (worksOn.includes('plan-digests')) await scheduleDigests(queues, clock, outbound.digestHour);
    if (worksOn.includes('apply-retention')) await scheduleRetention(queues, clock);
    if (worksOn.includes('refresh-calendars')) await scheduleRefreshes(queues);
    const relay = startOutboxRelay({ url, orm, queues, clock, log });
    closers.push(() => relay.close());
    const sealer = startAuditSealer({ uow, log });
    closers.push(() => sealer.close());
    const heartbeat = await startHeartbeat({ orm, queues, clock, log, processId });
    closers.push(() => heartbeat.close());
    return {
      queues,
      // BullMQ dates jobs by the machine's clock, whatever day the hub believes it is.
      quiet: (signal) => quiet({ queues, worksOn, em: orm.em.fork(), clock: systemClock, ...(signal && { signal }) }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
