import type { EntityManager } from '@mikro-orm/postgresql';
import type { QueueName } from '../core/jobs/contract.ts';
import { backlog } from '../core/outbox/outbox.ts';
import type { Clock } from '../platform/clock.ts';
import type { HubQueueEvents, Queues } from '../platform/queue/queues.ts';
import { loadOf } from './load.ts';
import { Pulse } from './runtime/pulse.ts';

/** Jobs due within this count as work at hand: longer than any pause between the attempts of matching or composing. */
const SOON_MS = 30_000;
/** Looked at again after this even without a signal, for what gives none, such as an event being handed on. */
const LOOK_AGAIN_MS = 250;

export interface QuietDeps {
  readonly queues: Queues;
  /** The queues that have a worker somewhere; jobs in others would never end. */
  readonly worksOn: readonly QueueName[];
  /** On the worker login. */
  readonly em: EntityManager;
  readonly clock: Clock;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves when everything committed before the call has been worked off, and all that followed from it: no event to hand on,
 * no job waiting, active or due soon. Failed jobs count as worked off. Looks whenever a job ends.
 * @throws the signal's reason when it aborts first.
 */
export async function quiet(deps: QuietDeps): Promise<void> {
  const { queues, worksOn, signal = new AbortController().signal } = deps;
  const pulse = new Pulse();
  const ring = (): void => {
    pulse.ring();
  };
  const readers = worksOn.map((name) => queues.events(name));
  for (const reader of readers) {
    reader.on('completed', ring);
    reader.on('failed', ring);
    reader.on('drained', ring);
  }
  try {
    while (!(await isQuiet(deps))) {
      await pulse.wait(LOOK_AGAIN_MS, signal);
      signal.throwIfAborted();
    }
  } finally {
    await Promise.all(readers.map(closeReader));
  }
}

/** A reader that is closed while it connects would leave its connection behind, and the process alive. */
async function closeReader(reader: HubQueueEvents): Promise<void> {
  await reader.waitUntilReady().catch(() => undefined);
  await reader.close();
}

/**
 * Outbox and queues cannot be read at one instant, and work moves both ways: an event becomes a job (added before the event is
 * marked), a job appends events (committed before it ends). Hence outbox, queues, outbox: if both looks at the outbox find
 * nothing pending and the same last id, no event came into being in between, so nothing could have moved past the look at the queues.
 */
async function isQuiet({ queues, worksOn, em, clock }: QuietDeps): Promise<boolean> {
  const before = await backlog(em);
  if (before.pending > 0) return false;
  const load = await loadOf(queues, worksOn, clock.now() + SOON_MS);
  if (load.waiting + load.active + load.dueSoon > 0) return false;
  const after = await backlog(em);
  return after.pending === 0 && after.lastId === before.lastId;
}
