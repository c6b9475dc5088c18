import type { OverlapService } from '../core/overlaps/overlap.service.ts';
import type { ComposingService } from '../core/suggestions/composing.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

/** Looks again at everything that rests on what insights say of some audiences: what kind overlaps are, then gaps and suggestions. */
export function applyInsights(overlaps: OverlapService, composing: ComposingService): WorkerDefinition {
  return defineWorker({
    queue: 'apply-insights',
    handle: async ({ audiences }, { transaction, log }) => {
      await transaction((work) => overlaps.reclassify(work, audiences));
      const scopes = await transaction((work) => composing.touchAll(work));
      log.info({ scopes }, 'insights changed');
      return done;
    },
  });
}
