import { ConcordTransportError } from './errors.ts';
import type { Surroundings } from './surroundings.ts';

/** The wait before the first retry is drawn from 0 to this, before the next from 0 to twice this … */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** Whoever is told to come back later than this is told so, instead of being kept waiting. */
const LONGEST_ASKED_MS = 60_000;
/** Too early, too much, or something between here and the hub: the same request may succeed later. */
const PASSING = [408, 425, 429, 502, 503, 504];

/** Whether the same request may succeed later. */
export function isPassing(error: unknown): error is ConcordTransportError {
  if (!(error instanceof ConcordTransportError)) return false;
  return error.status === null || PASSING.includes(error.status);
}

/**
 * How long to wait before retry number `retry` (from 0): exponential with full jitter, so that clients that failed together do
 * not come back together, and never sooner than the hub asked.
 */
export function waitBefore(retry: number, error: ConcordTransportError, random: Surroundings['random']): number {
  const jitter = random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry);
  return Math.round((error.retryAfterMs ?? 0) + jitter);
}

/** Does it again while it fails for passing reasons, at most `retries` times. Only for what is harmless to repeat. */
export async function withRetries<T>(
  { random, wait }: Surroundings,
  { retries, signal }: { readonly retries: number; readonly signal?: AbortSignal | undefined },
  attempt: () => Promise<T>,
): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (retry >= retries || !isPassing(error) || (error.retryAfterMs ?? 0) > LONGEST_ASKED_MS) throw error;
      await wait(waitBefore(retry, error, random), signal);
    }
  }
}
