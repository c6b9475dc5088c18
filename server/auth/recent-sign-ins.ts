import type { Viewer } from '../../core/access/viewer.ts';
import type { Credentials } from './credentials.ts';

/** How long somebody let in needs not be looked up again: half of the second within which a revocation must hold. */
const KEPT_MS = 500;
const KEPT_AT_MOST = 1_000;

/**
 * Who was let in just now, so that the many requests of one page look up their key once. All of it is forgotten after half a
 * second, and at once when this process writes anything: what it revokes itself, it no longer lets in.
 */
export class RecentSignIns {
  private readonly viewers = new Map<string, Viewer>();
  private clearing: NodeJS.Timeout | null = null;

  find(credentials: Credentials): Viewer | undefined {
    return this.viewers.get(keyOf(credentials));
  }

  remember(credentials: Credentials, viewer: Viewer): void {
    if (this.viewers.size >= KEPT_AT_MOST) return;
    this.viewers.set(keyOf(credentials), viewer);
    this.clearing ??= setTimeout(() => this.forget(), KEPT_MS).unref();
  }

  forget(): void {
    if (this.clearing) clearTimeout(this.clearing);
    this.clearing = null;
    this.viewers.clear();
  }
}

/** No header holds a line feed. */
function keyOf({ token, actor, session }: Credentials): string {
  return `${token ?? ''}\n${actor ?? ''}\n${session ?? ''}`;
}
