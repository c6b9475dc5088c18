import type { QueueName } from '../core/jobs/contract.ts';
import type { Queues } from '../platform/queue/queues.ts';

/** Jobs of some queues by state. */
export interface Load {
  /** To be started: waiting, paused, or a parent waiting for its children. */
  readonly waiting: number;
  readonly active: number;
  /** Used up their attempts. */
  readonly failed: number;
  /** To be started before the given instant: the next attempt of a failed one, or a schedule that comes due. */
  readonly dueSoon: number;
}

/** Counts the jobs of the named queues; `dueBefore` is in epoch milliseconds. The queues are not counted at one instant. */
export async function loadOf(queues: Queues, names: readonly QueueName[], dueBefore: number): Promise<Load> {
  const counts = await Promise.all(
    names.map(async (name) => {
      const queue = queues.queue(name);
      const [states, dueSoon] = await Promise.all([
        queue.getJobCounts('waiting', 'prioritized', 'waiting-children', 'active', 'failed'),
        queue.getDelayedCount(dueBefore),
      ]);
      return { states, dueSoon };
    }),
  );
  const sum = (...states: string[]): number =>
    counts.reduce(
      (total, counted) => total + states.reduce((part, state) => part + (counted.states[state] ?? 0), 0),
      0,
    );
  return {
    waiting: sum('waiting', 'prioritized', 'waiting-children'),
    active: sum('active'),
    failed: sum('failed'),
    dueSoon: counts.reduce((total, { dueSoon }) => total + dueSoon, 0),
  };
}
