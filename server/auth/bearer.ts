import type { IncomingMessage } from 'node:http';

/** The token of an `Authorization: Bearer …` header; null without one. */
export function bearerOf(request: IncomingMessage): string | null {
  return bearerIn(request.headers.authorization);
}

/** The token in the text of an authorization header or connection parameter. */
export function bearerIn(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const match = /^Bearer\s+(\S+)$/i.exec(text.trim());
  return match?.[1] ?? null;
}
