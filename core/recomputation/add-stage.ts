import type { Queues } from '../../platform/queue/queues.ts';
import type { IdRange } from '../footprints/registry.rows.ts';
import { addFamily } from '../jobs/add-family.ts';
import type { JobRequest } from '../jobs/contract.ts';
import type { KeyedJob } from '../jobs/add-jobs.ts';
import type { Scope } from '../jobs/scope.ts';

/** The stages of a recomputation, in order. */
export const STAGES = ['footprints', 'overlaps', 'suggestions'] as const;
export type Stage = (typeof STAGES)[number];

/** What follows when all jobs of a stage are done. */
const NEXT = { footprints: 'overlaps', overlaps: 'suggestions', suggestions: 'end' } as const;

/** The id of the job in the queue `recompute` that waits for the end of a stage; its progress is that of the stage. */
export const stageJobId = (runId: string, stage: Stage): string => `${runId}-after-${stage}`;

/**
 * Adds one job for each block or scope of a stage, and the one that begins the next stage when all of them are done. Added a second
 * time, nothing is worked on twice.
 */
export async function addStage(
  queues: Queues,
  runId: string,
  stage: Stage,
  parts: readonly IdRange[] | readonly Scope[],
): Promise<void> {
  const parent = {
    request: { queue: 'recompute', payload: { runId, next: NEXT[stage] } },
    key: stageJobId(runId, stage),
  } as const;
  await addFamily(
    queues,
    parent,
    parts.map((part, at): KeyedJob => ({ request: toRequest(stage, part), key: `${runId}-${stage}-${String(at)}` })),
  );
}

function toRequest(stage: Stage, part: IdRange | Scope): JobRequest {
  if (typeof part === 'string') return { queue: 'recompute-scope', payload: { scope: part } };
  if (stage === 'suggestions') throw new Error('suggestions are composed by scope');
  return { queue: 'recompute-block', payload: { stage, ...part } };
}
