import type { Viewer } from '../../core/access/viewer.ts';
import type { Credentials } from './credentials.ts';

/** How long somebody let in needs not be looked up again: half of the second within which a revocation must hold. */
const KEPT_MS = 500;
const KEPT_AT_MOST = 1_000;

/**
 * Who was let in just now, so that the many requests of one page look up their key once. All of it is forgotten half a second after
 * the first of them was looked up, and at once when this process writes anything or hears that a right was taken away: what it
 * revokes itself, it no longer lets in.
 */
export class RecentSignIns {
  private viewers = new Map<string, Viewer>();
  private clearing: NodeJS.Timeout | null = null;

  find(credentials: Credentials): Viewer | undefined {
    return this.viewers.get(keyOf(credentials));
  }

  /**
   * To be called before somebody is looked up. @returns what remembers whom the look-up found; it does nothing when all was forgotten
   * meanwhile, because that may be a right which is over
   */
  lookingUp(credentials: Credentials): (found: Viewer) => void {
    const { viewers } = this;
    this.clearing ??= setTimeout(() => this.forget(), KEPT_MS).unref();
    return (found) => {
      if (viewers.size < KEPT_AT_MOST) viewers.set(keyOf(credentials), found);
    };
  }

  forget(): void {
    if (this.clearing) clearTimeout(this.clearing);
    this.clearing = null;
    // Another one: what was asked before writes into the old.
    this.viewers = new Map();
  }
}

/** No header holds a line feed. */
function keyOf({ token, actor, session }: Credentials): string {
  return `${token ?? ''}\n${actor ?? ''}\n${session ?? ''}`;
}
