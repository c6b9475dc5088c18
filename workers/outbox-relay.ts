import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Log } from '../platform/log.ts';
import { type KeyedJob, addJobs } from '../core/jobs/add-jobs.ts';
import { outboxEventSchema } from '../core/outbox/events.ts';
import {
  OUTBOX_CHANNEL,
  type StoredEvent,
  forgetDispatched,
  markDispatched,
  refuse,
  takePending,
} from '../core/outbox/outbox.ts';
import { newsAfter, routeOf } from '../core/outbox/routes.ts';
import type { Clock } from '../platform/clock.ts';
import { listen } from '../platform/database/listen.ts';
import { NOTICE_CHANNEL, noticePayload } from '../platform/notices.ts';
import type { Queues } from '../platform/queue/queues.ts';
import { settleFailedJob } from './failed-jobs.ts';
import { describeFault } from './runtime/fault.ts';
import { Pulse } from './runtime/pulse.ts';

/** Enough to keep up with hundreds of writes a second, small enough that a failed batch is soon done again. */
const BATCH = 200;
/** How long an event waits at most when the notification of its commit was lost. */
const SWEEP_EVERY_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A day of handed-on events is kept for looking into what happened. */
const KEEP_HOURS = 24;
const FORGET_EVERY_MS = 60_000;
const FORGET_AT_ONCE = 5_000;

export interface RelayDeps {
  /** On the worker login. */
  readonly orm: MikroORM;
  readonly queues: Queues;
  readonly log: Log;
}

/**
 * Hands on one batch of events and returns how many it took: jobs first, then, in the transaction that marks the events,
 * the notices. A crash in between hands the same events on again, which adds no job twice (their keys come from the events).
 *
 * The queue is called inside the transaction, against the rule, because the row locks are what keeps a second relay
 * from the same events meanwhile; nobody but relays waits for them.
 */
export async function relayBatch({ orm, queues, log }: RelayDeps, limit = BATCH): Promise<number> {
  return orm.em.fork().transactional(async (em) => {
    const events = await takePending(em, limit);
    const jobs: KeyedJob[] = [];
    const notices: string[] = [];
    const handedOn: string[] = [];
    for (const event of events) {
      const parsed = outboxEventSchema.safeParse({ ...event.payload, kind: event.kind });
      if (!parsed.success) {
        await setAside(em, event, parsed.error.issues.map((issue) => issue.path.join('.')).join(', '), log);
        continue;
      }
      const route = routeOf(parsed.data);
      const { traceparent } = event;
      if (route.to === 'queue') jobs.push({ request: route.request, key: `outbox-${event.id}`, traceparent });
      else if (route.to === 'failed-job') await settleFailedJob(em, queues, route.id);
      else notices.push(...route.ids.map((id) => noticePayload(route.kind, id)));
      const news = newsAfter(parsed.data);
      if (news) jobs.push({ request: news, key: `news-${event.id}`, traceparent });
      handedOn.push(event.id);
    }
    await addJobs(queues, matchedTogether(jobs));
    if (notices.length > 0) {
      await sql`select pg_notify(${NOTICE_CHANNEL}, notice) from unnest(${notices}::text[]) with ordinality as n(notice, position)
        order by position`.execute(em.getKysely());
    }
    if (handedOn.length > 0) await markDispatched(em, handedOn);
    return events.length;
  });
}

/** Records that one job matches when each was written by itself. */
const MATCHED_TOGETHER = 50;

/**
 * The same jobs, but those that match records, and that nothing traces, together: a burst of writes is one job to add, take and end. Its
 * key names the first and the last of them, so that a batch that is done again and has become longer is not taken for the same.
 */
function matchedTogether(jobs: readonly KeyedJob[]): KeyedJob[] {
  const joined: KeyedJob[] = [];
  let open: { readonly at: number; readonly first: string; readonly subjectIds: readonly string[] } | null = null;
  for (const job of jobs) {
    const { request, key, traceparent = null } = job;
    if (request.queue !== 'match-footprint' || traceparent !== null) {
      joined.push(job);
      continue;
    }
    const { subjectIds } = request.payload;
    if (open === null || open.subjectIds.length + subjectIds.length > MATCHED_TOGETHER) {
      open = { at: joined.push(job) - 1, first: key, subjectIds };
      continue;
    }
    open = { ...open, subjectIds: [...new Set([...open.subjectIds, ...subjectIds])] };
    const last = key.slice(key.indexOf('-'));
    joined[open.at] = {
      request: { queue: 'match-footprint', payload: { subjectIds: open.subjectIds } },
      key: `${open.first}${last}`,
    };
  }
  return joined;
}

async function setAside(em: EntityManager, event: StoredEvent, fields: string, log: Log): Promise<void> {
  log.error({ event: event.id, kind: event.kind, reason: fields }, 'unreadable event set aside');
  await refuse(em, event.id, `unreadable: ${fields}`);
}

export interface OutboxRelay {
  /** Stops after the batch at hand. */
  close(): Promise<void>;
}

/**
 * Hands on events for as long as the process lives: woken by commits, and every 5 s in case a notification was lost.
 * Errors are logged and followed by a pause that doubles from 0.1 s to 5 s. Any number of relays may run side by side.
 */
export function startOutboxRelay(deps: RelayDeps & { readonly url: string; readonly clock: Clock }): OutboxRelay {
  const log = deps.log.child({ component: 'outbox-relay' });
  const stop = new AbortController();
  const pulse = new Pulse();
  const listening = listen({
    url: deps.url,
    channel: OUTBOX_CHANNEL,
    applicationName: 'concord-outbox-relay',
    onNotification: () => {
      pulse.ring();
    },
    onListening: () => {
      pulse.ring();
    },
    onLost: (cause) => {
      log.warn({ reason: describeFault(cause) }, 'not listening, sweeping only');
    },
  });
  const loop = relayUntil(stop.signal, pulse, { ...deps, log });
  return {
    close: async () => {
      stop.abort();
      await Promise.all([loop, listening.close()]);
    },
  };
}

async function relayUntil(stop: AbortSignal, pulse: Pulse, deps: RelayDeps & { readonly clock: Clock }): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  let forgetAt = 0;
  while (!stop.aborted) {
    try {
      const taken = await relayBatch(deps);
      pauseMs = FIRST_PAUSE_MS;
      if (taken === BATCH) continue;
      if (deps.clock.now() >= forgetAt) {
        forgetAt = deps.clock.now() + FORGET_EVERY_MS;
        await forgetDispatched(deps.orm.em.fork(), KEEP_HOURS, FORGET_AT_ONCE);
      }
      await pulse.wait(SWEEP_EVERY_MS, stop);
    } catch (error) {
      deps.log.error({ reason: describeFault(error) }, 'could not hand on events');
      await delay(pauseMs, undefined, { signal: stop }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}
