import { setTimeout as delay } from 'node:timers/promises';
import type { QueueName } from '../../core/jobs/contract.ts';
import type { QueuePolicy } from '../../core/jobs/policies.ts';

/** After work that gives way, others go first for nine times as long as it took: of a busy process each kind of it gets a tenth. */
const REST_PER_WORK = 9;
/** However long it took. */
const LONGEST_REST_MS = 10_000;

/**
 * Who goes first in one process, whose jobs share an event loop and a database: what somebody waits for goes before what follows from
 * it and can be done once for many changes. Nothing waits for ever: while others go first all the time, work that gives way is done after a rest.
 */
export class RightOfWay {
  private goingFirst = 0;
  private clear = Promise.withResolvers<void>();
  /** How long each kind of work rests next time, in ms. */
  private readonly rests = new Map<QueueName, number>();

  /** Does work when it is its turn. @param stopping after which nothing waits */
  async inTurn<T>(
    { queue, policy: { way } }: { readonly queue: QueueName; readonly policy: QueuePolicy },
    stopping: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    if (way === 'first') return this.goFirst(work);
    return way === 'gives' ? this.giveWay(queue, stopping, work) : work();
  }

  private async goFirst<T>(work: () => Promise<T>): Promise<T> {
    this.goingFirst += 1;
    try {
      return await work();
    } finally {
      this.goingFirst -= 1;
      if (this.goingFirst === 0) {
        this.clear.resolve();
        this.clear = Promise.withResolvers<void>();
      }
    }
  }

  /** At once when nothing goes first, else as soon as nothing does or it has rested. */
  private async giveWay<T>(queue: QueueName, stopping: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.goingFirst > 0 && !stopping.aborted) await this.rest(this.rests.get(queue) ?? 0, stopping);
    const beganAt = performance.now();
    try {
      return await work();
    } finally {
      this.rests.set(queue, Math.min(LONGEST_REST_MS, REST_PER_WORK * (performance.now() - beganAt)));
    }
  }

  private async rest(ms: number, stopping: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, stopping]);
    await Promise.race([this.clear.promise, delay(ms, undefined, { signal }).catch(() => undefined)]);
    over.abort();
  }
}
