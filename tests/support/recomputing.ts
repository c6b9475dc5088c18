import { HUB_VIEWER } from '../../core/access/viewer.ts';
import type { IdRange } from '../../core/footprints/registry.rows.ts';
import { RecomputingService } from '../../core/recomputation/recomputing.service.ts';
import type { MatchingWorld } from './matching.ts';

/** Recomputing in small blocks, so that small worlds have several. */
export function recomputingOf({ worker }: MatchingWorld, block = 20): RecomputingService {
  return new RecomputingService(worker.vocabulary, worker.overlaps, { threads: 2, block });
}

/** Units of work of a world as the hub itself. */
export const hubOf = ({
  worker: { unitOfWork },
}: MatchingWorld): Parameters<RecomputingService['replaceLists']>[0] => ({
  transaction: (body) => unitOfWork.run(HUB_VIEWER, body),
  look: (body) => unitOfWork.look(HUB_VIEWER, body),
});

let begun = 0;

/** Begins one, and does its first stage. */
export async function beginRecomputing(
  world: MatchingWorld,
  service: RecomputingService,
): Promise<{ id: string; blocks: IdRange[] }> {
  const { unitOfWork } = world.worker;
  const id = `rec_${String((begun += 1))}`;
  const records = await unitOfWork.run(HUB_VIEWER, (work) => service.begin(work, id));
  for (const block of records) await unitOfWork.run(HUB_VIEWER, (work) => service.rewriteFootprints(work, block));
  return { id, blocks: await unitOfWork.run(HUB_VIEWER, (work) => service.overlapBlocks(work)) };
}

/** Makes all footprints and overlaps anew, one block after the other, without queues. */
export async function recomputeAll(world: MatchingWorld, service = recomputingOf(world)): Promise<void> {
  const { id, blocks } = await beginRecomputing(world, service);
  for (const block of blocks) await service.replaceLists(hubOf(world), block);
  await world.worker.unitOfWork.run(HUB_VIEWER, (work) => service.end(work, id));
}
