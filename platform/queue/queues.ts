import {
  type BackendClasses,
  type FlowProducer,
  type IQueueBackend,
  type JobProgress,
  type Processor,
  type Queue,
  type QueueEvents,
  type Telemetry,
  type Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import type { Log } from '../log.ts';
import { messageOf } from '../plain-error.ts';
import { isTracing } from '../telemetry/tracing.ts';
import { postgresBackend, prepareSchema } from './postgres-backend.ts';
import { redisBackend } from './redis-backend.ts';

export type HubQueue<Payload = unknown> = Queue<
  Payload,
  unknown,
  string,
  Payload,
  unknown,
  string,
  IQueueBackend,
  string
>;
export type HubWorker = Worker<unknown, unknown, string, IQueueBackend, JobProgress, string>;
export type HubQueueEvents = QueueEvents<unknown, IQueueBackend, string>;
export type HubFlowProducer = FlowProducer<IQueueBackend, string>;
export type HubWorkerOptions = Omit<WorkerOptions<string>, 'connection' | 'prefix'>;

export interface QueuesOptions {
  /** A login that owns the schema of the queues; used when no Redis is given. */
  readonly url: string;
  /** With it the jobs live in Redis and PostgreSQL holds none. */
  readonly redisUrl?: string | undefined;
  /** PostgreSQL schema, or prefix of all Redis keys: hubs with different ones do not see each other's jobs. */
  readonly schema: string;
  readonly log: Log;
}

/** BullMQ on the one backend this hub uses. Nothing here knows what a queue is for. */
export interface Queues {
  readonly backend: 'postgres' | 'redis';
  /** The producer side of a queue, one object a name. */
  queue(name: string): HubQueue;
  /** A new consumer of a queue; the caller closes it. */
  worker(name: string, processor: Processor<unknown, unknown>, options: HubWorkerOptions): HubWorker;
  /** A new reader of a queue's event stream; the caller closes it. */
  events(name: string): HubQueueEvents;
  /** The producer of job trees: a parent runs when all its children are done. */
  flows(): HubFlowProducer;
  /** Closes the producers. */
  close(): Promise<void>;
}

/** How many lines of a queue's event stream are kept: enough for a reader that is a moment behind, each costs storage. */
const KEPT_EVENTS = 1_000;

/**
 * Opens the queue backend: Redis when `redisUrl` is given, else PostgreSQL, whose tables are brought up to date first.
 * @throws when the backend cannot be reached or its schema is newer than this BullMQ.
 */
export async function openQueues(options: QueuesOptions): Promise<Queues> {
  const { redisUrl, schema } = options;
  if (redisUrl === undefined) await prepareSchema(options.url, schema);
  const classes: BackendClasses<IQueueBackend, string> = withBackend(
    redisUrl === undefined ? postgresBackend(schema) : redisBackend,
  );
  const telemetry = await queueTelemetry();
  const base = { connection: redisUrl ?? options.url, prefix: schema, ...(telemetry && { telemetry }) };
  const producers = new Map<string, HubQueue>();
  let flowProducer: HubFlowProducer | null = null;
  let closed = false;

  const reporting = <T extends Faulty>(name: string, faulty: T): T => {
    const report = oncePerSecond((error: unknown) => {
      // BullMQ lets go of some connections only after it has said that it is closed.
      if (closed) return;
      options.log.warn({ queue: name, reason: messageOf(error) }, 'queue connection trouble');
    });
    // Without a listener an 'error' event would end the process; BullMQ itself tries again.
    faulty.on('error', report);
    return faulty;
  };

  return {
    backend: redisUrl === undefined ? 'postgres' : 'redis',
    queue: (name) => {
      const known = producers.get(name);
      if (known) return known;
      const queue = reporting(name, new classes.Queue(name, { ...base, streams: { events: { maxLen: KEPT_EVENTS } } }));
      producers.set(name, queue);
      return queue;
    },
    worker: (name, processor, workerOptions) =>
      reporting(name, new classes.Worker(name, processor, { ...workerOptions, ...base })),
    events: (name) => reporting(name, new classes.QueueEvents(name, base)),
    flows: () => (flowProducer ??= reporting('flows', new classes.FlowProducer(base))),
    close: async () => {
      closed = true;
      await Promise.all([...producers.values()].map((queue) => queue.close()));
      await flowProducer?.close();
    },
  };
}

/** BullMQ's own spans, which travel with a job from whoever added it to whoever works on it; null where nothing traces. */
async function queueTelemetry(): Promise<Telemetry | null> {
  if (!isTracing()) return null;
  const { BullMQOtel } = await import('bullmq-otel');
  return new BullMQOtel({ tracerName: 'concord' });
}

interface Faulty {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Lets one call a second through: a database that is away makes BullMQ report the same error thousands of times. */
function oncePerSecond(report: (error: unknown) => void): (error: unknown) => void {
  let silentUntil = 0;
  return (error) => {
    const now = performance.now();
    if (now < silentUntil) return;
    silentUntil = now + 1_000;
    report(error);
  };
}
