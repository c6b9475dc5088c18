import type { MikroORM } from '@mikro-orm/postgresql';
import type { Log } from '../platform/log.ts';
import { beat, farewell } from '../core/jobs/heartbeat.ts';
import { queueNames } from '../core/jobs/contract.ts';
import { backlog } from '../core/outbox/outbox.ts';
import type { Clock } from '../platform/clock.ts';
import type { Queues } from '../platform/queue/queues.ts';
import { loadOf } from './load.ts';
import { describeFault } from './runtime/fault.ts';
import { Pulse } from './runtime/pulse.ts';

const EVERY_MS = 1_000;

export interface HeartbeatDeps {
  /** On the worker login. */
  readonly orm: MikroORM;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly log: Log;
  /** Differs between all processes that live at the same time, on whatever machine. */
  readonly processId: string;
}

/** Says once a second that this process lives and how much there is to do, so that the server can tell without access to the queues. */
export async function beatOnce({ orm, queues, clock, processId }: HeartbeatDeps): Promise<void> {
  const em = orm.em.fork();
  const [load, outbox] = await Promise.all([loadOf(queues, queueNames, clock.now()), backlog(em)]);
  const waiting = load.waiting + load.dueSoon + outbox.pending;
  await beat(em, { processId, waiting, active: load.active, failed: load.failed });
}

/** Beats until closed; the first beat is stored when the promise resolves. Later failures are logged once per silence. */
export async function startHeartbeat(deps: HeartbeatDeps): Promise<{ close(): Promise<void> }> {
  await beatOnce(deps);
  const stop = new AbortController();
  const loop = beatUntil(stop.signal, deps);
  return {
    close: async () => {
      stop.abort();
      await loop;
      await farewell(deps.orm.em.fork(), deps.processId).catch(() => undefined);
    },
  };
}

async function beatUntil(stop: AbortSignal, deps: HeartbeatDeps): Promise<void> {
  const never = new Pulse();
  let silent = false;
  while (!stop.aborted) {
    await never.wait(EVERY_MS, stop);
    if (stop.aborted) return;
    try {
      await beatOnce(deps);
      silent = false;
    } catch (error) {
      if (!silent) deps.log.warn({ reason: describeFault(error) }, 'no heartbeat');
      silent = true;
    }
  }
}
