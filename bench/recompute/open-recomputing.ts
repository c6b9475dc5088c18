import { randomUUID } from 'node:crypto';
import { UnitOfWork, type Work } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { FootprintService } from '../../core/footprints/footprint.service.ts';
import { queuePolicies } from '../../core/jobs/policies.ts';
import { OverlapService } from '../../core/overlaps/overlap.service.ts';
import { RECOMPUTING, RecomputingService } from '../../core/recomputation/recomputing.service.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import type { BenchHub } from '../world/hub.ts';

/** The same in every run, so that ids are. */
export const SECRET = new Uint8Array(32).fill(7);

/** The services that make footprints and overlaps, on the worker login, without queues. */
export async function openRecomputing(hub: BenchHub, threads: number) {
  const orm = await openOrm({ url: hub.logins.workerUrl, entities, applicationName: 'bench-recompute' });
  const unitOfWork = new UnitOfWork(orm, systemClock, systemRandomness);
  const vocabulary = new VocabularyService();
  const overlaps = new OverlapService(vocabulary, new FootprintService(vocabulary), SECRET);
  const recomputing = new RecomputingService(vocabulary, overlaps, { ...RECOMPUTING, threads });
  const units = {
    transaction: <T>(body: (work: Work) => Promise<T>): Promise<T> => unitOfWork.run(HUB_VIEWER, body),
    look: <T>(body: (work: Work) => Promise<T>): Promise<T> => unitOfWork.look(HUB_VIEWER, body),
  };
  return {
    orm,
    unitOfWork,
    vocabulary,
    overlaps,
    ...units,
    /** Has all footprints made, and then all lists, as many blocks at a time as in a worker; says how far it is. */
    footprints: async (say: (words: string) => void): Promise<void> => {
      const blocks = await units.transaction((work) => recomputing.begin(work, randomUUID()));
      for (const [at, block] of blocks.entries()) {
        await units.transaction((work) => recomputing.rewriteFootprints(work, block));
        if (at % 10 === 9) say(`footprints: block ${String(at + 1)} of ${String(blocks.length)}`);
      }
    },
    lists: async (say: (words: string) => void): Promise<void> => {
      const id = randomUUID();
      await units.transaction((work) => recomputing.begin(work, id));
      const blocks = await units.transaction((work) => recomputing.overlapBlocks(work));
      const left = blocks.entries();
      const takeOver = async (): Promise<void> => {
        for (const [at, block] of left) {
          await recomputing.replaceLists(units, block);
          if (at % 10 === 9) say(`lists: block ${String(at + 1)} of ${String(blocks.length)}`);
        }
      };
      await Promise.all(Array.from({ length: queuePolicies['recompute-block'].concurrency }, takeOver));
      await units.transaction((work) => recomputing.end(work, id));
    },
    close: () => orm.close(true),
  };
}

export type Recomputing = Awaited<ReturnType<typeof openRecomputing>>;
