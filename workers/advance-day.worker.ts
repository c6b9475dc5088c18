import { announceExpired } from '../core/footprints/announce.ts';
import type { TellingService } from '../core/notifications/telling.service.ts';
import { refreshPresence } from '../core/presence/refresh-presence.ts';
import type { ComposingService } from '../core/suggestions/composing.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

/** Does what the mere passing of days asks for: vettings expire, every scope is composed as of today, once a week presence is told anew, and people are told of what is due. */
export function advanceDay(composing: ComposingService, telling: TellingService): WorkerDefinition {
  return defineWorker({
    queue: 'advance-day',
    handle: async (_payload, { transaction, log }) => {
      await transaction(announceExpired);
      const presence = await transaction(refreshPresence);
      const scopes = await transaction((work) => composing.touchOutdated(work));
      const count = await transaction((work) => telling.tellDay(work));
      log.info({ scopes, presence, count }, 'the day has turned');
      return done;
    },
  });
}
