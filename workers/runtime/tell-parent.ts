import type { Log } from '../../platform/log.ts';
import type { Queues } from '../../platform/queue/queues.ts';
import { describeFault } from './fault.ts';

/** How far a job is whose children do the work. */
export interface ChildrenDone {
  readonly done: number;
  readonly total: number;
}

/** The progress of a job that has children is how many of them are done. Nobody waits for it: that it could not be told is only logged. */
export async function tellParent(
  queues: Queues,
  { id, queueKey }: { readonly id: string; readonly queueKey: string },
  log: Log,
): Promise<void> {
  try {
    // The key of a queue ends with its name.
    const parent = await queues.queue(queueKey.slice(queueKey.lastIndexOf(':') + 1)).getJob(id);
    if (!parent) return;
    const { processed = 0, unprocessed = 0 } = await parent.getDependenciesCount({
      processed: true,
      unprocessed: true,
    });
    await parent.updateProgress({ done: processed, total: processed + unprocessed } satisfies ChildrenDone);
  } catch (error) {
    log.debug({ jobId: id, reason: describeFault(error) }, 'progress not told');
  }
}
