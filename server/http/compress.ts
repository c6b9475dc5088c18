import compression from 'compression';
import { PAGE_HEADER } from '../auth/own-page.ts';

/** One packet of a network: less than that comes no sooner. */
const SMALLEST_BYTES = 1_400;

/**
 * Sends answers to the console compressed, for a slow line: a quarter of the bytes. Programs with a key get theirs as they are: they are
 * near, and each answer would cost more to compress than to find. What opens the hub, a new key, is in answers too small to be
 * compressed; and nobody else's page can have a browser ask for any, so that lengths tell nothing of what is inside.
 */
export const compressForPages = compression({
  threshold: SMALLEST_BYTES,
  filter: (request, response) => request.headers[PAGE_HEADER] !== undefined && compression.filter(request, response),
});
