/** Subscriptions that a key may have open on one server, over all transports. */
export const SUBSCRIPTIONS_OF_KEY = 5;
/** WebSockets that it may have open, whatever is on them. */
export const CONNECTIONS_OF_KEY = 10;

/** Counts what each key has open. */
export class OpenOfKey {
  private readonly open = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** A place for one more, given back by calling what is returned, once; null when the key has all of its own. */
  enter(keyId: string): (() => void) | null {
    const before = this.open.get(keyId) ?? 0;
    if (before >= this.most) return null;
    this.open.set(keyId, before + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = (this.open.get(keyId) ?? 0) - 1;
      if (now > 0) this.open.set(keyId, now);
      else this.open.delete(keyId);
    };
  }
}
