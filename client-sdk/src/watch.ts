import type { CallOptions, Calls } from './calls.ts';
import type { TypedDocument } from './document.ts';
import { ConcordProtocolError, ConcordTransportError } from './errors.ts';
import { openEventStream } from './event-stream.ts';
import type { Pages } from './pages.ts';
import { isPassing, waitBefore } from './retry.ts';

/** How to follow what happens. */
export interface WatchOptions extends CallOptions {
  /** A `changeToken` kept from before: what was written since then comes first. Default: from now on. */
  readonly changedAfter?: string | undefined;
  /** Told whenever the line to the hub is there, and whenever it is lost; what was missed comes once it is back. */
  readonly onLine?: ((isOpen: boolean) => void) | undefined;
}

/** A subscription whose field is called `event`, and the list in which to look up what it missed. */
export interface Watched<T, Variables> {
  readonly document: TypedDocument<{ readonly event: T }, Variables>;
  readonly variables: Variables;
  /** What was written since a token; null for a token to begin with. */
  missed(changedAfter: string | null): Pages<T>;
}

/** So many records are remembered, not to deliver them twice. */
const REMEMBERED = 1_000;

/**
 * What happens from now on, for ever: over a line that is opened again whenever it breaks, and what was written meanwhile looked up.
 * Each change is delivered at least once; a record that looks as when it was last delivered is not delivered again.
 * @throws what does not pass by waiting: a key that opens nothing any more, a filter that names nothing
 */
export async function* watch<T extends { readonly id: string }, Variables>(
  calls: Calls,
  watched: Watched<T, Variables>,
  { signal, changedAfter, onLine }: WatchOptions = {},
): AsyncGenerator<T, void, undefined> {
  const { wait, random } = calls.surroundings;
  const isNew = newcomers<T>();
  // Taken before there is a line, so that nothing falls between the two.
  let token = changedAfter ?? (await watched.missed(null).page({ signal })).changeToken;
  let retry = 0;
  for (;;) {
    try {
      for await (const { record, caughtUpWith } of overOneLine(calls, watched, token, { signal, onLine })) {
        if (caughtUpWith !== undefined) {
          token = caughtUpWith;
          retry = 0;
        } else if (isNew(record)) yield record;
      }
      await wait(waitBefore(retry++, LOST, random), signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(error) && !isFaultOfHub(error)) throw error;
      await wait(waitBefore(retry++, error instanceof ConcordTransportError ? error : LOST, random), signal);
    }
  }
}

const LOST = new ConcordTransportError('The hub ended the stream of events.');

type Step<T> =
  { readonly record: T; readonly caughtUpWith?: never } | { readonly record?: never; readonly caughtUpWith: string };

/** What was missed, then the token up to which that is everything, then what happens until the line breaks. */
async function* overOneLine<T, Variables>(
  calls: Calls,
  { document, variables, missed }: Watched<T, Variables>,
  token: string,
  { signal, onLine }: WatchOptions,
): AsyncGenerator<Step<T>, void, undefined> {
  const stream = await openEventStream(calls, { query: document.toString(), variables }, signal);
  try {
    onLine?.(true);
    let caughtUpWith: string | undefined;
    for await (const { nodes, changeToken } of missed(token).pages({ signal })) {
      // Of the first page: the later ones were read later, when something may have been written that the first had shown.
      caughtUpWith ??= changeToken;
      for (const record of nodes) yield { record };
    }
    yield { caughtUpWith: caughtUpWith ?? token };
    for await (const data of stream.events) yield { record: (data as { event: T }).event };
  } finally {
    stream.close();
    onLine?.(false);
  }
}

/** Tells whether a record looks otherwise than when this was last asked about it. */
function newcomers<T extends { readonly id: string }>(): (record: T) => boolean {
  const seen = new Map<string, string>();
  return (record) => {
    const looks = JSON.stringify(record);
    if (seen.get(record.id) === looks) return false;
    // Deleted first, so that the oldest is the one not heard of for longest.
    seen.delete(record.id);
    seen.set(record.id, looks);
    const [oldest] = seen.keys();
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}

/** An event that the hub could not read is not lost: it is looked up once the line is open again. */
function isFaultOfHub(error: unknown): boolean {
  return error instanceof ConcordProtocolError && error.code === 'INTERNAL';
}
