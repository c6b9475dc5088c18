import type { Queues } from '../../platform/queue/queues.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import { HUB_VIEWER } from '../access/viewer.ts';
import { addStage } from './add-stage.ts';
import type { RecomputingDepth, RecomputingService } from './recomputing.service.ts';

/** Has everything derived made anew by whichever workers there are. @param unitOfWork on the worker login @returns its id */
export async function startRecomputation(
  unitOfWork: UnitOfWork,
  queues: Queues,
  recomputing: RecomputingService,
  depth: RecomputingDepth = {},
): Promise<string> {
  const { id, blocks } = await unitOfWork.run(HUB_VIEWER, async (work) => {
    const run = `run-${String(work.now.getTime())}`;
    return { id: run, blocks: await recomputing.begin(work, run, depth) };
  });
  await addStage(queues, id, 'footprints', blocks);
  return id;
}
