import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { queueNames } from '../../core/jobs/contract.ts';
import { backlog } from '../../core/outbox/outbox.ts';
import { createLog } from '../../platform/log.ts';
import { type Queues, openQueues } from '../../platform/queue/queues.ts';
import { loadOf } from '../../workers/load.ts';
import { type FaultHub, openWorkerOrm } from './hub.ts';

type Hub = Pick<FaultHub, 'logins'>;

/** Jobs due within this count as work at hand: longer than any pause between the attempts of matching or composing. */
const SOON_MS = 30_000;
const LOOK_EVERY_MS = 50;
/** Work moves from the outbox to a queue and back: only several looks that find nothing say that there is none. */
const LOOKS = 3;

/** What was still to be done when patience ended. */
export interface Unsettled {
  readonly events: number;
  readonly jobs: number;
  readonly unsealed: number;
}

/**
 * Waits until all that was committed is worked off: no event to hand on, no job waiting, at work or due soon, no row of the audit
 * unsealed. Bears a database that is away. @returns null when it is, else what was left after `withinMs`
 */
export async function settle(hub: Hub, withinMs: number, redisUrl?: string): Promise<Unsettled | null> {
  const orm = await openWorkerOrm(hub);
  const queues = await openQueuesOf(hub, redisUrl);
  try {
    let last: Unsettled = { events: -1, jobs: -1, unsealed: -1 };
    let quietLooks = 0;
    for (const deadline = Date.now() + withinMs; Date.now() < deadline; await delay(LOOK_EVERY_MS)) {
      try {
        const em = orm.em.fork();
        const { pending } = await backlog(em);
        const { rows } = await sql<{ unsealed: number }>`select count(*)::int as unsealed from audit_unsealed`.execute(
          em.getKysely(),
        );
        const load = await loadOf(queues, queueNames, Date.now() + SOON_MS);
        const jobs = load.waiting + load.active + load.dueSoon;
        last = { events: pending, jobs, unsealed: rows[0]?.unsealed ?? 0 };
      } catch {
        quietLooks = 0;
        continue;
      }
      quietLooks = last.events + last.jobs + last.unsealed === 0 ? quietLooks + 1 : 0;
      if (quietLooks === LOOKS) return null;
    }
    return last;
  } finally {
    await queues.close();
    await orm.close();
  }
}

/** The queues of the hub, for looking into them. */
export function openQueuesOf({ logins }: Hub, redisUrl?: string): Promise<Queues> {
  return openQueues({ url: logins.workerUrl, redisUrl, schema: 'queue', log: createLog('silent') });
}
