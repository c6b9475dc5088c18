import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { storedFootprints } from '../../core/footprints/footprint.service.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import type { OutboxEvent } from '../../core/outbox/events.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';
import { expectWhatTheDomainSays } from '../support/overlap-worlds.ts';
import { recomputeAll } from '../support/recomputing.ts';
import { chooser, growRegistry, type Registry, registerActors, step } from '../support/registry-steps.ts';

let world: MatchingWorld;

beforeAll(async () => {
  world = await matchingWorld();
});
afterAll(() => world.close());

/** Fails unless what is stored is what a computation from nothing gives; returns how many overlaps that is. */
async function expectTruth(): Promise<number> {
  return world.worker.unitOfWork.run(HUB_VIEWER, async (work) => {
    expect(await storedFootprints(work.em)).toEqual(await world.worker.footprints.expected(work));
    const overlaps = await storedOverlaps(work.em);
    expect(overlaps).toEqual(await world.worker.overlaps.expected(work));
    return overlaps.size;
  });
}

/** Fails unless lists, kinds and scores are those that the domain's words give. */
async function expectDomain(): Promise<void> {
  await world.worker.unitOfWork.run(HUB_VIEWER, async (work) => {
    const overlaps = [...(await storedOverlaps(work.em)).values()];
    const terrain = (await world.worker.vocabulary.current(work.em)).terrain();
    expectWhatTheDomainSays(await storedFootprints(work.em), overlaps, terrain);
  });
}

/** Every row of the table with the transaction that wrote it: equal before and after when nothing was written. */
async function imprint(): Promise<unknown> {
  const { rows } = await sql`select id, xmin::text, change_xid::text from overlap order by id`.execute(
    world.worker.orm.em.fork().getKysely(),
  );
  return rows;
}

async function verified(actorKind: string): Promise<string> {
  const id = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example actor', kind: actorKind }));
  return savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
}

/** A footprint that meets all others made so, and the less the more audiences it names. */
const inThailand = (...audiences: string[]): Record<string, unknown> => ({
  days: { start: '2029-03-01', end: '2029-03-31' },
  places: ['TH'],
  themes: ['people_smuggling'],
  audiences: ['prospective_migrant', ...audiences],
});

const planned = async (
  owner: string,
  footprint: Record<string, unknown>,
  programme: string | null = null,
): Promise<string> =>
  savedId(await world.campaigns.plan(HUB_VIEWER, { name: 'Example campaign', owner, footprint, programme }));

/** The stored pairs both sides of which are among these, each and all in order. */
async function pairsAmong(ids: readonly string[]): Promise<string[][]> {
  const overlaps = await storedOverlaps(world.worker.orm.em.fork());
  const pairs = [...overlaps.values()].filter(({ view }) => view === 'released').map(({ a_id, b_id }) => [a_id, b_id]);
  return pairs.filter((pair) => pair.every((id) => ids.includes(id))).sort();
}

test('after whatever happened to the registry, in whatever order its jobs ran, the stored overlaps are those of a computation from nothing', async () => {
  const choose = chooser(seededRandomness('steps'));
  const registry: Registry = await registerActors(world, 13);
  await growRegistry(world, registry, choose, 130);
  await world.settle((events) => choose.shuffled(events));
  expect(await expectTruth()).toBeGreaterThan(300);
  const kinds = new Set<string>();
  for (let round = 0; round < 25; round += 1) {
    for (let i = choose.below(4); i >= 0; i -= 1) kinds.add(await step(world, registry, choose));
    await world.settle((events) => choose.shuffled(events));
    await expectTruth();
  }
  await expectDomain();
  expect(kinds.size).toBeGreaterThan(8);
}, 120_000);

test('a programme that a campaign leaves is listed again with those whom only the campaign told of', async () => {
  const [mine, other] = [await verified('national_ngo'), await verified('media')];
  const theirs = await planned(other, inThailand());
  const input = { name: 'Example programme', owner: mine, footprint: inThailand() };
  const programme = savedId(await world.programmes.register(HUB_VIEWER, input));
  const campaign = await planned(mine, inThailand(), programme);
  await world.settle();
  expect(await pairsAmong([programme, campaign, theirs])).toEqual([[campaign, theirs].sort()]);
  await world.campaigns.revise(HUB_VIEWER, { id: campaign, expectedVersion: 1, programme: null });
  await world.settle();
  expect(await pairsAmong([programme, campaign, theirs])).toEqual(
    [[campaign, theirs].sort(), [programme, theirs].sort()].sort(),
  );
  await expectTruth();
});

test('a list that is made anew for another change does not hide what the change of its own footprint makes room for', async () => {
  const [one, many, others] = [await verified('media'), await verified('media'), await verified('media')];
  await planned(one, inThailand());
  await planned(many, inThailand());
  await planned(many, inThailand());
  const weakened = await planned(many, inThailand());
  await planned(many, inThailand('student'));
  await planned(others, inThailand());
  await planned(others, inThailand());
  const cancelled = await planned(others, inThailand());
  await world.settle();
  const audiences = ['student', 'returnee', 'diaspora'];
  await world.campaigns.revise(HUB_VIEWER, { id: weakened, expectedVersion: 1, footprint: inThailand(...audiences) });
  await world.campaigns.cancel(HUB_VIEWER, { id: cancelled, expectedVersion: 1 });
  const cancelledFirst = (event: OutboxEvent): number =>
    'subjectIds' in event && event.subjectIds.includes(cancelled) ? 0 : 1;
  await world.settle((events) => events.toSorted((a, b) => cancelledFirst(a) - cancelledFirst(b)));
  await expectTruth();
});

test('a second recomputation, a repeated and a late job write nothing', async () => {
  await recomputeAll(world);
  await expectTruth();
  const before = await imprint();
  await world.takeEvents();
  await recomputeAll(world);
  const placed = await storedFootprints(world.worker.orm.em.fork());
  for (const { footprint } of placed.slice(0, 10)) {
    const late = { subjectIds: [footprint.subject_id] };
    await world.worker.unitOfWork.run(HUB_VIEWER, (work) => world.worker.overlaps.matchFootprint(work, late));
  }
  expect(await imprint()).toEqual(before);
  expect((await world.takeEvents()).filter(({ kind: of }) => of !== 'scope.touched')).toEqual([]);
});
