import type { MikroORM } from '@mikro-orm/postgresql';
import type { Log } from '../platform/log.ts';
import { type HubFigures, beat, beatAgain, farewell } from '../core/jobs/heartbeat.ts';
import { queueNames } from '../core/jobs/contract.ts';
import type { Clock } from '../platform/clock.ts';
import type { Queues } from '../platform/queue/queues.ts';
import { showFailedJobs } from './failed-jobs.ts';
import { hubFigures } from './figures.ts';
import { dueSoonOf, loadFrom } from './load.ts';
import { describeFault } from './runtime/fault.ts';
import { Pulse } from './runtime/pulse.ts';

/** Who asks whether the hub is ready takes a process for gone after 1.7 s of silence: three beats. */
const EVERY_MS = 500;
/** The queues are counted at every second beat, since that costs them some twenty questions. */
const COUNTED_EVERY = 2;
/** What coordinators see of failed jobs is brought up to date at every fourth. */
const SHOWN_EVERY = 4;

export interface HeartbeatDeps {
  /** On the worker login. */
  readonly orm: MikroORM;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly log: Log;
  /** Differs between all processes that live at the same time, on whatever machine. */
  readonly processId: string;
}

/** Says that this process lives and how much there is to do, so that the server can tell without access to the queues. */
export async function beatOnce(deps: HeartbeatDeps): Promise<HubFigures> {
  const { orm, queues, clock, processId } = deps;
  const em = orm.em.fork();
  const figures = await hubFigures(em, queues);
  // Only what is delayed can come due: usually nothing is asked for.
  const delayed = queueNames.filter((name) => figures.queues.some((queue) => queue.name === name && queue.delayed > 0));
  const load = loadFrom(figures.queues, await dueSoonOf(queues, delayed, clock.now()));
  const waiting = load.waiting + load.dueSoon + figures.outbox.pending;
  await beat(em, { processId, waiting, active: load.active, failed: load.failed }, figures);
  return figures;
}

/** Says that this process lives and reaches its queues. */
async function beatLightly({ orm, queues, processId }: HeartbeatDeps): Promise<void> {
  await queues.queue('match-footprint').getActiveCount();
  await beatAgain(orm.em.fork(), processId);
}

/** Beats until closed; the first beat is stored when the promise resolves. Later failures are logged once per silence. */
export async function startHeartbeat(deps: HeartbeatDeps): Promise<{ close(): Promise<void> }> {
  await showFailedJobs(deps.orm.em.fork(), deps.queues, (await beatOnce(deps)).queues);
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
  for (let count = 1; !stop.aborted; count += 1) {
    await never.wait(EVERY_MS, stop);
    if (stop.aborted) return;
    try {
      if (silent || count % COUNTED_EVERY === 0) {
        const { queues } = await beatOnce(deps);
        if (count % SHOWN_EVERY === 0) await showFailedJobs(deps.orm.em.fork(), deps.queues, queues);
      } else await beatLightly(deps);
      silent = false;
    } catch (error) {
      if (!silent) deps.log.warn({ reason: describeFault(error) }, 'no heartbeat');
      silent = true;
    }
  }
}
