import type { IncomingMessage } from 'node:http';

/** What the console sends with every request of its own; another site's page cannot, without asking this server first. */
export const PAGE_HEADER = 'concord-session';
const HARMLESS = new Set(['GET', 'HEAD']);
/** What a form of another site could send: such a body is never taken for one of ours. */
const FORM_TYPES = /^(?:$|text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)/i;

/**
 * Whether a request that a cookie came with was made by a page of this hub. SameSite alone does not say so: pages on other ports and
 * sibling hosts are of the same site.
 */
export function isOfOwnPage(request: IncomingMessage, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (request.headers.origin !== undefined && !hasOwnOrigin(request, publicUrl)) return false;
  if (HARMLESS.has(request.method ?? '')) return true;
  const isDelete = request.method === 'DELETE';
  return (
    request.headers[PAGE_HEADER] !== undefined && (isDelete || !FORM_TYPES.test(request.headers['content-type'] ?? ''))
  );
}

/** Whether a browser says that a page of this hub asks; WebSockets have no headers of their own, so there it must. */
export function hasOwnOrigin({ headers }: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host || origin === new URL(publicUrl).origin;
}
