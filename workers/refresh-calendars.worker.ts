import type { FetchingService } from '../core/feeds/fetching.service.ts';
import { type FetchOptions, fetchOutside } from '../platform/fetch-outside.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

/** Looks at subscribed calendars that are due. What fails is tried again when the subscription says, not by the queue. */
export function refreshCalendars(fetching: FetchingService, options: FetchOptions): WorkerDefinition {
  return defineWorker({
    queue: 'refresh-calendars',
    handle: async ({ subscriptionId = null }, { transaction, log, signal }) => {
      for (const due of await transaction((work) => fetching.claim(work, subscriptionId))) {
        signal.throwIfAborted();
        const outcome = await fetchOutside(due.url, due, options);
        const code = await transaction((work) => fetching.keep(work, due.id, outcome));
        if (code !== null) log.debug({ id: due.id, code }, 'calendar not read');
      }
      return done;
    },
  });
}
