import type { IncomingMessage, ServerResponse } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * The cookie that a session travels in. Scripts cannot read it, other sites' pages cannot send it, and browsers bind `__Host-` to
 * this very host over https. Plain http on loopback is the one exception: there is no https to demand on the machine itself, and
 * not every browser takes a Secure cookie from it.
 */
export class SessionCookie {
  readonly name: string;
  private readonly attributes: string;

  constructor(host: string, publicUrl: string) {
    const isPlain = LOOPBACK.has(host) && !publicUrl.startsWith('https:');
    this.name = isPlain ? 'concord-session' : '__Host-concord-session';
    this.attributes = `Path=/; HttpOnly; SameSite=Strict${isPlain ? '' : '; Secure'}`;
  }

  /** What a request presents; null where it presents none. */
  read({ headers }: IncomingMessage): string | null {
    for (const pair of (headers.cookie ?? '').split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && pair.slice(0, at).trim() === this.name) return pair.slice(at + 1).trim() || null;
    }
    return null;
  }

  give(response: ServerResponse, token: string, lifeMs: number): void {
    const seconds = String(Math.floor(lifeMs / 1000));
    response.setHeader('set-cookie', `${this.name}=${token}; ${this.attributes}; Max-Age=${seconds}`);
  }

  take(response: ServerResponse): void {
    response.setHeader('set-cookie', `${this.name}=; ${this.attributes}; Max-Age=0`);
  }
}
