import type { ComposingService } from '../core/suggestions/composing.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done } from './runtime/outcome.ts';

/** Composes the suggestions of a scope anew. */
export function composeSuggestions(composing: ComposingService): WorkerDefinition {
  return defineWorker({
    queue: 'compose-suggestions',
    handle: async ({ scope }, { transaction, log }) => {
      const outcome = await transaction((work) => composing.compose(work, scope));
      if (outcome.kind === 'unknown-scope') return discard(`no ${scope} in the vocabulary`);
      log.debug({ scope, changed: outcome.changed }, 'composed');
      return done;
    },
  });
}
