import { afterAll, beforeAll, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { OverlapService } from '../../core/overlaps/overlap.service.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';
import { chooser, growRegistry, registerActors, step, verifyAll } from '../support/registry-steps.ts';

let world: MatchingWorld;

beforeAll(async () => {
  world = await matchingWorld();
});
afterAll(() => world.close());

/** Another process that matches: it knows nothing of what the first has in memory. */
function anotherProcess(): OverlapService {
  const { vocabulary, footprints } = world.worker;
  return new OverlapService(vocabulary, footprints, new Uint8Array(32).fill(3));
}

test('what processes remember of matching is true, whoever had a turn in between and however it ended', async () => {
  const choose = chooser(seededRandomness('turns'));
  const processes = [world.worker.overlaps, anotherProcess(), anotherProcess()];
  const undone = new Error('the turn is undone');
  const matchWhatWaits = async (): Promise<void> => {
    for (const event of await world.takeEvents()) {
      if (event.kind !== 'record.changed') continue;
      const overlaps = choose.oneOf(processes);
      const match = (fails: boolean): Promise<void> =>
        world.worker.unitOfWork.run(HUB_VIEWER, async (work) => {
          await overlaps.matchFootprint(work, event);
          if (fails) throw undone;
        });
      if (choose.below(6) === 0) await expect(match(true)).rejects.toBe(undone);
      await match(false);
    }
  };
  const registry = await registerActors(world, 9);
  await growRegistry(world, registry, choose, 90);
  await matchWhatWaits();
  await verifyAll(world, registry);
  await matchWhatWaits();
  for (let at = 0; at < 60; at += 1) {
    await step(world, registry, choose);
    await matchWhatWaits();
  }
  await world.worker.unitOfWork.run(HUB_VIEWER, async (work) => {
    const stored = await storedOverlaps(work.em);
    expect(stored.size).toBeGreaterThan(30);
    expect(stored).toEqual(await world.worker.overlaps.expected(work));
  });
}, 120_000);
