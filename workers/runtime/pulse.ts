/**
 * A bell that one loop waits for. Ringing while nobody waits is remembered once, so that what happened between
 * looking and waiting is not slept over.
 */
export class Pulse {
  private rung = false;
  private waiting: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.waiting?.();
  }

  /** Resolves when rung (now or since the last wait), after `limitMs`, or when the signal aborts. One waiter at a time. */
  async wait(limitMs: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', finish);
          resolve();
        };
        const timer = setTimeout(finish, limitMs);
        this.waiting = finish;
        signal.addEventListener('abort', finish, { once: true });
      });
    }
    this.waiting = null;
    this.rung = false;
  }
}
