import { afterAll, beforeAll, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { storedFootprints } from '../../core/footprints/footprint.service.ts';
import { append } from '../../core/outbox/outbox.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLog } from '../../platform/log.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { matchFootprint } from '../../workers/match-footprint.worker.ts';
import { type RunningWorkers, startWorkers } from '../../workers/start-workers.ts';
import { chooser, growRegistry, registerActors, step, verifyAll } from '../support/registry-steps.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';
import { failures } from './world.ts';

let world: MatchingWorld;
let workers: RunningWorkers;

beforeAll(async () => {
  world = await matchingWorld();
  const { orm, unitOfWork, overlaps } = world.worker;
  const secret = new Uint8Array(32);
  workers = await startWorkers({
    url: world.database.workerUrl,
    orm,
    uow: unitOfWork,
    clock: systemClock,
    log: createLog('silent'),
    processId: 'test-matching',
    secrets: { pepper: secret, cursor: secret, derivedIds: secret, contacts: secret, signIns: secret },
    definitions: [matchFootprint(overlaps)],
  });
});
afterAll(async () => {
  await workers.close();
  await world.close();
});

test('while several write at once, jobs of all of them are matched; in the end what is stored is what the registry says', async () => {
  const registry = await registerActors(world, 9);
  await growRegistry(world, registry, chooser(seededRandomness('start')), 80);
  const writer = async (name: string): Promise<void> => {
    const choose = chooser(seededRandomness(name));
    for (let i = 0; i < 15; i += 1) await step(world, registry, choose);
  };
  await Promise.all(['one', 'two', 'three', 'four'].map(writer));
  await verifyAll(world, registry);
  await matched();
  await world.worker.unitOfWork.run(HUB_VIEWER, async (work) => {
    expect(await storedFootprints(work.em)).toEqual(await world.worker.footprints.expected(work));
    const overlaps = await storedOverlaps(work.em);
    expect(overlaps.size).toBeGreaterThan(20);
    expect(overlaps).toEqual(await world.worker.overlaps.expected(work));
  });
  expect(await failures(workers.queues.queue('match-footprint'))).toEqual([]);
}, 60_000);

test('a job about a record that is none is discarded with the reason', async () => {
  await world.app.unitOfWork.run(HUB_VIEWER, ({ em }) =>
    append(em, { kind: 'record.changed', subjectIds: ['cmp_none'] }),
  );
  await matched();
  expect(await failures(workers.queues.queue('match-footprint'))).toEqual(['no record cmp_none']);
});

/** Resolves when everything written so far is matched. */
const matched = (): Promise<void> => workers.quiet(AbortSignal.timeout(30_000));
