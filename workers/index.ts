import type { WorkerDefinition } from './runtime/define-worker.ts';

/** Every worker of the hub, one per queue. */
export const workerDefinitions: readonly WorkerDefinition[] = [];
