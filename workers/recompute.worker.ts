import { addStage } from '../core/recomputation/add-stage.ts';
import type { RecomputingService } from '../core/recomputation/recomputing.service.ts';
import type { ComposingService } from '../core/suggestions/composing.service.ts';
import { assertNever } from '../core/outcome.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done } from './runtime/outcome.ts';

/** Begins the next stage of a recomputation when all jobs of the one before are done. */
export function recompute(recomputing: RecomputingService): WorkerDefinition {
  return defineWorker({
    queue: 'recompute',
    handle: async ({ runId, next }, { transaction, queues, log }) => {
      switch (next) {
        case 'overlaps':
          await addStage(queues, runId, 'overlaps', await transaction((work) => recomputing.overlapBlocks(work)));
          break;
        case 'suggestions':
          await addStage(queues, runId, 'suggestions', await transaction((work) => recomputing.scopes(work)));
          break;
        case 'end':
          await transaction((work) => recomputing.end(work, runId));
          break;
        default:
          return assertNever(next);
      }
      log.info({ runId, next }, 'recomputing');
      return done;
    },
  });
}

/** Makes the footprints or the best lists of a block anew. */
export function recomputeBlock(recomputing: RecomputingService): WorkerDefinition {
  return defineWorker({
    queue: 'recompute-block',
    handle: async ({ stage, ...block }, context) => {
      if (stage === 'footprints') await context.transaction((work) => recomputing.rewriteFootprints(work, block));
      else await recomputing.replaceLists(context, block);
      return done;
    },
  });
}

/** Composes the suggestions of a scope anew, when all overlaps are. */
export function recomputeScope(composing: ComposingService): WorkerDefinition {
  return defineWorker({
    queue: 'recompute-scope',
    handle: async ({ scope }, { transaction }) => {
      const outcome = await transaction((work) => composing.compose(work, scope));
      return outcome.kind === 'unknown-scope' ? discard(`no ${scope} in the vocabulary`) : done;
    },
  });
}
