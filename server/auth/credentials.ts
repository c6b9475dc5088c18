import type { IncomingMessage } from 'node:http';
import { hasOwnOrigin } from './own-page.ts';
import type { OwnCookie } from './own-cookie.ts';

/** With what somebody asks to be let in. */
export interface Credentials {
  /** A key of ours, or a token of the configured issuer. */
  readonly token: string | null;
  /** For whom a person with several memberships acts; null when it was not said. */
  readonly actor: string | null;
  /** The token of a session, where nothing else is presented. */
  readonly session: string | null;
}

/** How a browser comes: with which cookie, and from which address. */
export interface BrowserAccess {
  readonly cookie: OwnCookie;
  /** Where people reach the hub. */
  readonly publicUrl: string;
}

/** What the headers of a request present: `Authorization: Bearer …` and `Concord-Actor`, else the cookie of a session. */
export function credentialsOf(request: IncomingMessage, { cookie }: BrowserAccess): Credentials {
  return credentialsIn(request.headers, cookie.read(request));
}

/** The same from the parameters of a WebSocket connection, and what they leave out from the request that opened it. */
export function credentialsOfConnection(
  parameters: Readonly<Record<string, unknown>>,
  request: IncomingMessage,
  { cookie, publicUrl }: BrowserAccess,
): Credentials {
  const lowerCased = Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value] as const);
  const session = hasOwnOrigin(request, publicUrl) ? cookie.read(request) : null;
  return credentialsIn({ ...request.headers, ...Object.fromEntries(lowerCased) }, session);
}

function credentialsIn(named: Readonly<Record<string, unknown>>, session: string | null): Credentials {
  const token = bearerIn(named['authorization']);
  return { token, actor: textIn(named['concord-actor']), session: token === null ? session : null };
}

function bearerIn(value: unknown): string | null {
  return /^Bearer\s+(\S+)$/i.exec(textIn(value) ?? '')?.[1] ?? null;
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
