import type { RevealingService } from '../core/suggestions/revealing.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done } from './runtime/outcome.ts';

/** Reveals those who endorsed a suggestion to each other. Its log says nothing of what was answered. */
export function revealEndorsers(revealing: RevealingService): WorkerDefinition {
  return defineWorker({
    queue: 'reveal-endorsers',
    handle: async ({ suggestionId }, { transaction }) => {
      const isKnown = await transaction((work) => revealing.revealEndorsers(work, suggestionId));
      return isKnown ? done : discard(`no suggestion ${suggestionId}`);
    },
  });
}
