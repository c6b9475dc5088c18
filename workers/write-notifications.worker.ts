import type { TellingService } from '../core/notifications/telling.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

/** Writes notifications: of what is due by name, else of whatever has happened since the last look. */
export function writeNotifications(telling: TellingService): WorkerDefinition {
  return defineWorker({
    queue: 'write-notifications',
    handle: async ({ due }, { transaction, log }) => {
      const count = await transaction((work) => (due ? telling.tell(work, [due]) : telling.tellNews(work)));
      log.debug({ count }, 'told');
      return done;
    },
  });
}
