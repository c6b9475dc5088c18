import { failRun } from '../core/imports/import-run.rows.ts';
import { type Importer, senderOf } from '../core/imports/importer.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done } from './runtime/outcome.ts';
import { queuePolicies } from '../core/jobs/policies.ts';

/** Reads, applies and rolls back files that people sent, in their name. Its log says nothing of what they hold. */
export function workOnImport(importer: Importer): WorkerDefinition {
  return defineWorker({
    queue: 'work-on-import',
    handle: async ({ runId }, { transaction, signal, attempt, log }) => {
      const sender = await transaction((work) => senderOf(work, runId));
      if (sender === null) return discard(`no import ${runId}`);
      const { viewer } = sender;
      if (viewer === null) {
        await transaction((work) => failRun(work, runId, 'Whoever sent it is not let in any more.'));
        return discard(`whoever sent ${runId} is not let in any more`);
      }
      try {
        const worked = await importer.work(viewer, runId, signal);
        log.info({ id: runId, worked }, 'worked on an import');
      } catch (error) {
        if (attempt >= queuePolicies['work-on-import'].attempts) await importer.giveUp(viewer, runId);
        throw error;
      }
      return done;
    },
  });
}
