import { setTimeout as delay } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';

const MINUTE_S = 60;
/** How long each request of a key waits once too many of its were refused; long enough that sending more of them costs others nothing. */
const PAUSE_MS = 1_000;
/** More of them do not wait: they are refused. */
const MOST_WAITING = 8;

/**
 * Whoever sends wrong requests over and over, by a fault of theirs or on purpose, is slowed down, so that refusing them takes no time from
 * others. Each server counts for itself: what is bounded is its own time.
 */
export class Refusals {
  private readonly refused: RateLimiterMemory;
  private readonly waiting = new Map<string, number>();

  /** @param allowed how many refused requests a key may send in a minute without being slowed down */
  constructor(
    private readonly allowed: number,
    private readonly pauseMs = PAUSE_MS,
  ) {
    this.refused = new RateLimiterMemory({ points: allowed, duration: MINUTE_S });
  }

  /** A request of this key was refused. */
  note(keyId: string): void {
    void this.refused.penalty(keyId);
  }

  /** Resolves when this key's next request is to be looked at: with true, or with false when too many of its wait already. */
  async turn(keyId: string): Promise<boolean> {
    const made = await this.refused.get(keyId);
    if (!made || made.consumedPoints < this.allowed) return true;
    const waiting = this.waiting.get(keyId) ?? 0;
    if (waiting >= MOST_WAITING) return false;
    this.waiting.set(keyId, waiting + 1);
    await delay(this.pauseMs);
    const left = (this.waiting.get(keyId) ?? 1) - 1;
    if (left === 0) this.waiting.delete(keyId);
    else this.waiting.set(keyId, left);
    return true;
  }
}

/** To whoever does not get a turn. */
export const TOO_MANY_REFUSED =
  'Too many requests of your key were refused within a minute, and others of it wait: look at the errors, and send fewer at once.';
