import { setTimeout as delay } from 'node:timers/promises';
import type { QueuePolicy } from '../../core/jobs/policies.ts';

/** After work that gives way, others go first for nine times as long as it took: of a busy process it gets a tenth. */
const REST_PER_WORK = 9;
/** However long it took. */
const LONGEST_REST_MS = 10_000;
/** A process is busy until nothing has gone first for so long: between two of many that follow each other it does not count as free. */
const FREE_AFTER_MS = 100;

/**
 * Who goes first in one process, whose jobs share an event loop and a database: what somebody waits for goes before what follows from
 * it and can be done once for many changes. Nothing waits for ever: while others go first all the time, work that gives way is done one
 * at a time, with rests in between.
 */
export class RightOfWay {
  private goingFirst = 0;
  /** Since when nothing goes first, in ms of `performance.now()`. */
  private nothingSince = -Infinity;
  /** Resolves when something has ended that others wait for. */
  private ended = Promise.withResolvers<undefined>();
  /** Resolves when the last of those that give way has its turn. */
  private lastInLine: Promise<undefined> = Promise.resolve(undefined);
  /** Until then work that gives way rests, in ms of `performance.now()`. */
  private restsUntil = 0;

  /** Does work when it is its turn. @param stopping after which nothing waits */
  async inTurn<T>({ way }: Pick<QueuePolicy, 'way'>, stopping: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (way === 'first') return this.goFirst(work);
    return way === 'gives' ? this.giveWay(stopping, work) : work();
  }

  private async goFirst<T>(work: () => Promise<T>): Promise<T> {
    this.goingFirst += 1;
    try {
      return await work();
    } finally {
      this.goingFirst -= 1;
      this.nothingSince = performance.now();
      if (this.goingFirst === 0) this.tellEnded();
    }
  }

  private async giveWay<T>(stopping: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.takePlace(stopping);
    const beganAt = performance.now();
    try {
      return await work();
    } finally {
      const now = performance.now();
      this.restsUntil = now + Math.min(LONGEST_REST_MS, REST_PER_WORK * (now - beganAt));
      this.tellEnded();
    }
  }

  /** One after the other, as they came: only the first of those that wait looks whether it is its turn. */
  private async takePlace(stopping: AbortSignal): Promise<void> {
    const before = this.lastInLine;
    const taken = Promise.withResolvers<undefined>();
    this.lastInLine = taken.promise;
    await before;
    for (let left = this.leftToRest(); left > 0 && !stopping.aborted; left = this.leftToRest()) {
      await this.endedWithin(left, stopping);
    }
    this.restsUntil = Infinity;
    taken.resolve(undefined);
  }

  private leftToRest(): number {
    const now = performance.now();
    const free = this.goingFirst === 0 ? this.nothingSince + FREE_AFTER_MS : Infinity;
    return Math.min(this.restsUntil, free) - now;
  }

  private tellEnded(): void {
    this.ended.resolve(undefined);
    this.ended = Promise.withResolvers<undefined>();
  }

  private async endedWithin(ms: number, stopping: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, stopping]);
    const rested = delay(Math.min(ms, LONGEST_REST_MS), undefined, { signal }).catch(() => undefined);
    await Promise.race([this.ended.promise, rested]);
    over.abort();
  }
}
