import type { IncomingMessage, ServerResponse } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Where the hub listens, and where people reach it. */
interface Place {
  readonly host: string;
  readonly publicUrl: string;
}

/**
 * A cookie of the hub's own. Scripts cannot read it, other sites' pages cannot send it, and browsers bind `__Host-` to
 * this very host over https. Plain http on loopback is the one exception: there is no https to demand on the machine itself, and
 * not every browser takes a Secure cookie from it.
 */
export class OwnCookie {
  readonly name: string;
  private readonly attributes: string;

  /** @param sameSite `Lax` is also sent when a link or redirect of another site leads here, `Strict` never */
  constructor(name: string, sameSite: 'Strict' | 'Lax', { host, publicUrl }: Place) {
    const isPlain = LOOPBACK.has(host) && !publicUrl.startsWith('https:');
    this.name = isPlain ? name : `__Host-${name}`;
    this.attributes = `Path=/; HttpOnly; SameSite=${sameSite}${isPlain ? '' : '; Secure'}`;
  }

  /** What a request presents; null where it presents none. */
  read({ headers }: IncomingMessage): string | null {
    for (const pair of (headers.cookie ?? '').split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && pair.slice(0, at).trim() === this.name) return pair.slice(at + 1).trim() || null;
    }
    return null;
  }

  give(response: ServerResponse, value: string, lifeMs: number): void {
    const seconds = String(Math.floor(lifeMs / 1000));
    response.appendHeader('set-cookie', `${this.name}=${value}; ${this.attributes}; Max-Age=${seconds}`);
  }

  take(response: ServerResponse): void {
    response.appendHeader('set-cookie', `${this.name}=; ${this.attributes}; Max-Age=0`);
  }
}
