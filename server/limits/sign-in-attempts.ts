import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Wrong keys, tokens and feed addresses that may come from one address in a minute. */
const WRONG_A_MINUTE = 30;
const HOUR_MS = 3_600_000;
const REMEMBERED = 2_000;

/**
 * Bounds what guessing costs us: whoever sends many wrong secrets from one address is answered without looking them up. Who came in with
 * a secret within the hour goes on coming in, so that nobody shuts out those who share an address with them, such as a proxy's.
 */
export class SignInAttempts {
  private readonly wrong = new RateLimiterMemory({ points: WRONG_A_MINUTE, duration: 60 });
  private readonly good = new LRUCache<string, true>({ max: REMEMBERED, ttl: HOUR_MS });

  /** For how many seconds nothing from this address is looked up; null: it is. */
  async blockedForS(address: string, secret: string): Promise<number | null> {
    const made = await this.wrong.get(networkOf(address));
    if (!made || made.consumedPoints < WRONG_A_MINUTE || this.good.has(digest(secret))) return null;
    return Math.max(1, Math.ceil(made.msBeforeNext / 1_000));
  }

  noteGood(secret: string): void {
    this.good.set(digest(secret), true);
  }

  async noteWrong(address: string): Promise<void> {
    await this.wrong.penalty(networkOf(address));
  }
}

/** Who has IPv6 has a whole network of it: its first half stands for all. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail = ''] = address.split('::').map((part) => part);
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64');
