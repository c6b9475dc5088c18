import type { EntityManager } from '@mikro-orm/postgresql';
import { sealingState } from '../core/audit/sealing.ts';
import { queueNames } from '../core/jobs/contract.ts';
import type { HubFigures } from '../core/jobs/heartbeat.ts';
import { backlog, outboxLagMs } from '../core/outbox/outbox.ts';
import type { Queues } from '../platform/queue/queues.ts';
import { figuresOf } from './load.ts';

/** How the hub stands: every queue, the outbox, the sealing of the audit. They are not counted at one instant. */
export async function hubFigures(em: EntityManager, queues: Queues): Promise<HubFigures> {
  const [ofQueues, { pending }, lagMs, audit] = await Promise.all([
    figuresOf(queues, queueNames),
    backlog(em),
    outboxLagMs(em),
    sealingState(em),
  ]);
  return { queues: ofQueues, outbox: { pending, lagMs }, audit };
}
