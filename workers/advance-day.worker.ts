import { announceExpired } from '../core/footprints/announce.ts';
import { refreshPresence } from '../core/presence/refresh-presence.ts';
import type { ComposingService } from '../core/suggestions/composing.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

/** Does what the mere passing of days asks for: vettings expire, every scope is composed as of today, and once a week presence is told anew. */
export function advanceDay(composing: ComposingService): WorkerDefinition {
  return defineWorker({
    queue: 'advance-day',
    handle: async (_payload, { transaction, log }) => {
      await transaction(announceExpired);
      const presence = await transaction(refreshPresence);
      const scopes = await transaction((work) => composing.touchOutdated(work));
      log.info({ scopes, presence }, 'the day has turned');
      return done;
    },
  });
}
