import type { SpendingWindow } from '../../core/access/spending.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';

/** Points that one key may spend; what costs how many is in schema/limits/cost.ts. */
export interface Budget {
  readonly perMinute: number;
  readonly perHour: number;
  /** Requests of it that may be refused before it is slowed down (refusals.ts). */
  readonly refusedPerMinute: number;
}

/** What keys have spent on all servers together: adds, and tells how much that makes. */
export interface Ledger {
  add(keyId: string, window: SpendingWindow, points: number): Promise<number>;
}

export type Charge =
  | { readonly kind: 'granted'; readonly window: string; readonly remaining: number; readonly resetsInS: number }
  | { readonly kind: 'refused'; readonly window: string; readonly allowed: number; readonly retryAfterS: number };

/** How often servers tell each other what was spent. */
const SETTLED_EVERY_MS = 1_000;
/** Of a minute's budget: whoever has spent so much since is settled at once. */
const SETTLED_EARLY = 0.05;

interface Account {
  readonly window: SpendingWindow;
  readonly allowed: number;
  readonly endsAtMs: number;
  /** By all servers, when last heard. */
  known: number;
  /** Here since then. */
  unsettled: number;
}

/**
 * What keys may still spend. Charging asks nobody: each server counts for itself, and in the background adds that to what all know. So
 * no request waits for a count, and a ledger that does not answer stops nobody: each server then counts alone. The price: with n servers
 * a key may spend up to (n − 1) times what one of them grants between two settlements beyond its budget.
 */
export class Budgets {
  private readonly accounts = new Map<string, { minute: Account; hour: Account }>();
  private readonly settling: NodeJS.Timeout;
  private underWay: Promise<void> | null = null;
  private isLedgerDown = false;

  constructor(
    private readonly budget: Pick<Budget, 'perMinute' | 'perHour'>,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.settling = setInterval(() => void this.settle(), SETTLED_EVERY_MS).unref();
  }

  /** Takes points from the budgets of a key, or from none of them. */
  charge(keyId: string, points: number): Charge {
    const { minute, hour } = this.accountsOf(keyId);
    for (const account of [minute, hour]) {
      if (spentOf(account) + points > account.allowed) return this.refusal(account);
    }
    minute.unsettled += points;
    hour.unsettled += points;
    if (minute.unsettled > SETTLED_EARLY * minute.allowed) void this.settle();
    const tighter = minute.allowed - spentOf(minute) <= hour.allowed - spentOf(hour) ? minute : hour;
    const { window, allowed } = tighter;
    const remaining = allowed - spentOf(tighter);
    return { kind: 'granted', window: window.name, remaining, resetsInS: this.secondsLeftOf(tighter) };
  }

  /** Tells the others what was spent here, and hears what they spent. Resolves when all has been told, or could not be. */
  settle(): Promise<void> {
    this.underWay ??= this.settleAll().finally(() => {
      this.underWay = null;
    });
    return this.underWay;
  }

  async close(): Promise<void> {
    clearInterval(this.settling);
    await this.underWay;
    await this.settle();
  }

  private accountsOf(keyId: string): { minute: Account; hour: Account } {
    const now = this.clock.now();
    const known = this.accounts.get(keyId);
    if (known && now < known.minute.endsAtMs) return known;
    const hour = known && now < known.hour.endsAtMs ? known.hour : accountOf('hour', 3_600, this.budget.perHour, now);
    const made = { minute: accountOf('minute', 60, this.budget.perMinute, now), hour };
    this.accounts.set(keyId, made);
    return made;
  }

  private refusal(account: Account): Charge {
    const { window, allowed } = account;
    return { kind: 'refused', window: window.name, allowed, retryAfterS: this.secondsLeftOf(account) };
  }

  private secondsLeftOf({ endsAtMs }: Account): number {
    return Math.max(1, Math.ceil((endsAtMs - this.clock.now()) / 1_000));
  }

  private async settleAll(): Promise<void> {
    const now = this.clock.now();
    for (const [keyId, { minute, hour }] of this.accounts) {
      try {
        await this.settleOne(keyId, minute);
        await this.settleOne(keyId, hour);
        this.isLedgerDown = false;
      } catch (error) {
        if (!this.isLedgerDown) this.log.warn({ err: error }, 'what keys spend is counted by this server alone');
        this.isLedgerDown = true;
        return;
      }
      if (now >= hour.endsAtMs) this.accounts.delete(keyId);
    }
  }

  private async settleOne(keyId: string, account: Account): Promise<void> {
    const points = account.unsettled;
    if (points === 0) return;
    const total = await this.ledger.add(keyId, account.window, points);
    // What was spent here meanwhile is told the next time.
    account.unsettled -= points;
    account.known = total;
  }
}

const spentOf = ({ known, unsettled }: Account): number => known + unsettled;

function accountOf(name: string, lengthS: number, allowed: number, nowMs: number): Account {
  const number = Math.floor(nowMs / (lengthS * 1_000));
  const endsAtMs = (number + 1) * lengthS * 1_000;
  return {
    window: { name, lengthS, number },
    allowed,
    endsAtMs,
    known: 0,
    unsettled: 0,
  };
}
