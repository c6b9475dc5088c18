import type { Log } from './log.ts';
import { BoundedStream } from './bounded-stream.ts';
import { listen } from './database/listen.ts';
import { messageOf } from './plain-error.ts';

/** The channel on which processes tell each other what changed. Payload: `kind:id`, never a value. */
export const NOTICE_CHANNEL = 'concord_notice';

/** How many notices one slow reader may be behind before it is told to read everything again. */
const DEFAULT_BACKLOG = 100;

export type Notice =
  | { readonly kind: 'changed'; readonly id: string }
  /** Some may have been missed (the connection was lost, or the reader was too slow): read again whatever you show. */
  | { readonly kind: 'resumed' };

export interface Notices {
  /** Calls the listener for every notice of a kind until the returned function is called. */
  subscribe(kind: string, listener: (notice: Notice) => void): () => void;
  /** The notices of some kinds from now on, in order of commit; ends when the signal aborts, `return()` is called, or on close. */
  stream(
    kinds: string | readonly string[],
    options?: { signal?: AbortSignal; backlog?: number },
  ): AsyncIterableIterator<Notice>;
  close(): Promise<void>;
}

/** The payload of one notice; `kind` must hold no colon. */
export function noticePayload(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/**
 * Listens for notices over ONE connection for the whole process, however many subscribers there are.
 * Resolves once notices arrive; a lost connection is made again, and every subscriber then gets `resumed`.
 */
export async function openNotices(options: { url: string; log: Log }): Promise<Notices> {
  const listeners = new Map<string, Set<(notice: Notice) => void>>();
  const streams = new Set<BoundedStream<Notice>>();

  const listening = listen({
    url: options.url,
    channel: NOTICE_CHANNEL,
    applicationName: 'concord-notices',
    onNotification: (payload) => {
      const colon = payload.indexOf(':');
      if (colon < 1) return;
      const notice: Notice = { kind: 'changed', id: payload.slice(colon + 1) };
      for (const tell of listeners.get(payload.slice(0, colon)) ?? []) tell(notice);
    },
    onListening: (resumed) => {
      if (!resumed) return;
      options.log.info('notices resumed');
      for (const ofKind of listeners.values()) for (const tell of ofKind) tell({ kind: 'resumed' });
    },
    onLost: (cause) => {
      options.log.warn({ reason: messageOf(cause) }, 'notices interrupted');
    },
  });

  const subscribe: Notices['subscribe'] = (kind, listener) => {
    const ofKind = listeners.get(kind) ?? new Set();
    listeners.set(kind, ofKind.add(listener));
    return () => {
      ofKind.delete(listener);
      if (ofKind.size === 0 && listeners.get(kind) === ofKind) listeners.delete(kind);
    };
  };

  await listening.ready;
  return {
    subscribe,
    stream: (kinds, { signal, backlog = DEFAULT_BACKLOG } = {}) => {
      const stream = new BoundedStream<Notice>(backlog, { kind: 'resumed' }, () => {
        for (const unsubscribe of unsubscribes) unsubscribe();
        streams.delete(stream);
      });
      const unsubscribes = [kinds].flat().map((kind, index) =>
        subscribe(kind, (notice) => {
          // What was missed is told to each kind, and need be heard but once.
          if (notice.kind === 'changed' || index === 0) stream.push(notice);
        }),
      );
      streams.add(stream);
      if (signal?.aborted) stream.end();
      signal?.addEventListener('abort', () => stream.end(), { once: true });
      return stream;
    },
    close: async () => {
      for (const stream of streams) stream.end();
      listeners.clear();
      await listening.close();
    },
  };
}
