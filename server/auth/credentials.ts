import type { IncomingMessage } from 'node:http';

/** With what somebody asks to be let in. */
export interface Credentials {
  /** A key of ours, or a token of the configured issuer. */
  readonly token: string | null;
  /** For whom a person with several memberships acts; null when it was not said. */
  readonly actor: string | null;
}

/** What the headers of a request present: `Authorization: Bearer …` and `Concord-Actor`. */
export function credentialsOf(request: IncomingMessage): Credentials {
  return credentialsIn(request.headers);
}

/** The same from the parameters of a WebSocket connection, and what they leave out from the request that opened it. */
export function credentialsOfConnection(
  parameters: Readonly<Record<string, unknown>>,
  request: IncomingMessage,
): Credentials {
  const lowerCased = Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value] as const);
  return credentialsIn({ ...request.headers, ...Object.fromEntries(lowerCased) });
}

function credentialsIn(named: Readonly<Record<string, unknown>>): Credentials {
  return { token: bearerIn(named['authorization']), actor: textIn(named['concord-actor']) };
}

function bearerIn(value: unknown): string | null {
  return /^Bearer\s+(\S+)$/i.exec(textIn(value) ?? '')?.[1] ?? null;
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
