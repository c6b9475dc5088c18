import type { QueueName } from '../core/jobs/contract.ts';
import type { QueueFigures } from '../core/jobs/heartbeat.ts';
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

/** How each of the named queues stands. */
export function figuresOf(queues: Queues, names: readonly QueueName[]): Promise<QueueFigures[]> {
  return Promise.all(
    names.map(async (name) => {
      const states = await queues
        .queue(name)
        .getJobCounts('waiting', 'prioritized', 'waiting-children', 'active', 'delayed', 'failed');
      const count = (...of: string[]): number => of.reduce((total, state) => total + (states[state] ?? 0), 0);
      return {
        name,
        waiting: count('waiting', 'prioritized', 'waiting-children'),
        active: count('active'),
        delayed: count('delayed'),
        failed: count('failed'),
      };
    }),
  );
}

/** The jobs of all these queues; `dueBefore` is in epoch milliseconds. The queues are not counted at one instant. */
export async function loadOf(queues: Queues, names: readonly QueueName[], dueBefore: number): Promise<Load> {
  const figures = await figuresOf(queues, names);
  return loadFrom(figures, await dueSoonOf(queues, names, dueBefore));
}

/** The sum of what was counted before. */
export function loadFrom(figures: readonly QueueFigures[], dueSoon: number): Load {
  const sum = (of: 'waiting' | 'active' | 'failed'): number => figures.reduce((total, queue) => total + queue[of], 0);
  return { waiting: sum('waiting'), active: sum('active'), failed: sum('failed'), dueSoon };
}

/** How many jobs of these queues come due before an instant, in epoch milliseconds. */
export async function dueSoonOf(queues: Queues, names: readonly QueueName[], dueBefore: number): Promise<number> {
  const due = await Promise.all(names.map((name) => queues.queue(name).getDelayedCount(dueBefore)));
  return due.reduce((total, count) => total + count, 0);
}
