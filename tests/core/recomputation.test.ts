import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { storedFootprints } from '../../core/footprints/footprint.service.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { generatedWorld } from '../support/generated-world.ts';
import { type MatchingWorld, matchingWorld } from '../support/matching.ts';
import { beginRecomputing, hubOf, recomputeAll, recomputingOf } from '../support/recomputing.ts';
import { chooser, growRegistry, type Registry, registerActors, step } from '../support/registry-steps.ts';

const MINUTES = 60_000;

const tamper = (world: MatchingWorld, statement: string): Promise<unknown> =>
  withClient(world.database.adminUrl, (client) => client.query(`set search_path = app, public; ${statement}`));

/** Fails unless footprints and overlaps are, row by row, what a computation from nothing gives; returns how many overlaps that is. */
async function expectTruth(world: MatchingWorld): Promise<number> {
  return world.worker.unitOfWork.run(HUB_VIEWER, async (work) => {
    expect(await storedFootprints(work.em)).toEqual(await world.worker.footprints.expected(work));
    const overlaps = await storedOverlaps(work.em);
    expect(overlaps).toEqual(await world.worker.overlaps.expected(work));
    return overlaps.size;
  });
}

/** Every row of the table with the transaction that wrote it: equal before and after when nothing was written. */
async function imprint(world: MatchingWorld): Promise<readonly unknown[]> {
  const em = world.worker.orm.em.fork();
  return (await sql`select id, xmin::text from overlap order by id`.execute(em.getKysely())).rows;
}

describe('a whole recomputation of a generated world', () => {
  let world: MatchingWorld;

  beforeAll(async () => {
    world = await generatedWorld(11, 0.4);
  }, 5 * MINUTES);
  afterAll(() => world.close());

  test('stores from nothing what a computation from nothing gives, and then writes nothing more', async () => {
    await tamper(world, 'delete from overlap');
    await recomputeAll(world);
    expect(await expectTruth(world)).toBeGreaterThan(500);
    const before = await imprint(world);
    await recomputeAll(world);
    expect(await imprint(world)).toEqual(before);
  });

  test('restores whatever somebody tampered with, also what earlier ones have compared', async () => {
    await recomputeAll(world);
    const some = (of: number): string => `(select id from overlap where hashtext(id) % 7 = ${String(of)})`;
    await tamper(
      world,
      `alter table overlap disable trigger overlap_stamp;
       update overlap set listed_by_a = true, listed_by_b = true where view = 'released' and id in ${some(1)};
       alter table overlap enable trigger overlap_stamp;
       delete from overlap where id in ${some(2)};
       update overlap set strength = strength / 2 where id in ${some(3)};
       update overlap set explanation = 'Something else', kind = 'CO_PRESENCE' where id in ${some(4)};
       update footprint set channels = '{0}', released = null where hashtext(subject_id) % 11 = 3 and matches`,
    );
    await recomputeAll(world);
    expect(await expectTruth(world)).toBeGreaterThan(500);
  });

  test('sees that a list holds too much, though all that it holds has been compared before', async () => {
    await recomputeAll(world);
    await tamper(
      world,
      `alter table overlap disable trigger overlap_stamp;
       update overlap set listed_by_a = true, listed_by_b = true where view = 'released' and hashtext(id) % 5 = 1;
       alter table overlap enable trigger overlap_stamp`,
    );
    await expect(expectTruth(world)).rejects.toThrow();
    await recomputeAll(world);
    await expectTruth(world);
  });

  test('looks again at what earlier ones have compared when it is to be thorough', async () => {
    await recomputeAll(world);
    await tamper(
      world,
      `alter table overlap disable trigger overlap_stamp;
       update overlap set explanation = 'Something else' where hashtext(id) % 5 = 1;
       alter table overlap enable trigger overlap_stamp`,
    );
    const { worker } = world;
    await worker.unitOfWork.run(HUB_VIEWER, (work) =>
      recomputingOf(world).begin(work, 'rec_thorough', { thorough: true }),
    );
    await recomputeAll(world);
    await expectTruth(world);
  });

  test('tells what has changed though it is as strong as before', async () => {
    await recomputeAll(world);
    await tamper(world, `update calendar_entry set status = 'tentative' where hashtext(id) % 3 = 0`);
    await recomputeAll(world);
    await expectTruth(world);
    const { rows } = await sql`select count(*)::int > 50 as many from overlap where tentative`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    expect(rows).toEqual([{ many: true }]);
  });

  test('heeds who excludes whom, who is a guest in a programme, and who left one', async () => {
    await tamper(
      world,
      `set session_replication_role = replica;
       insert into exclusion (subject_id, owner_id, mark)
         select id, owner_id, 'kind:' || (array['media', 'ingo', 'national_ngo'])[1 + abs(hashtext(id)) % 3] from campaign
         where hashtext(id) % 3 = 0 on conflict do nothing;
       update campaign set owner_id = (select id from actor where vetting = 'verified' order by md5(actor.id || campaign.id) limit 1)
         where programme_id is not null and hashtext(id) % 2 = 0`,
    );
    await recomputeAll(world);
    expect(await expectTruth(world)).toBeGreaterThan(300);
    const { rows } = await sql`select count(*)::int > 3 as many from footprint part
      join footprint host on host.subject_id = any(part.ancestors) and host.owner_id <> part.owner_id where part.matches and host.matches`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    expect(rows).toEqual([{ many: true }]);
  });

  test('is killed after some of its blocks and begun again, with the same result', async () => {
    const before = await storedOverlaps(world.worker.orm.em.fork());
    await tamper(world, `delete from overlap where hashtext(id) % 2 = 0`);
    const killed = recomputingOf(world);
    const { blocks } = await beginRecomputing(world, killed);
    for (const block of blocks.slice(0, 3)) await killed.replaceLists(hubOf(world), block);
    expect(await storedOverlaps(world.worker.orm.em.fork())).not.toEqual(before);
    await recomputeAll(world);
    await recomputeAll(world, killed);
    expect(await storedOverlaps(world.worker.orm.em.fork())).toEqual(before);
    await expectTruth(world);
  });
});

describe('a recomputation beside what is written meanwhile', () => {
  let world: MatchingWorld;

  beforeEach(async () => {
    world = await matchingWorld();
    return () => world.close();
  });

  test.for([1, 2, 3])('leaves what a computation from nothing gives (%i)', { timeout: 2 * MINUTES }, async (seed) => {
    const choose = chooser(seededRandomness(`meanwhile ${String(seed)}`));
    const registry: Registry = await registerActors(world, 13);
    await growRegistry(world, registry, choose, 110);
    await world.settle();
    await tamper(world, `delete from overlap where hashtext(id) % 3 = 0`);
    // The moment that the first block reads is held for all of them: what changes after it is caught up with.
    const service = recomputingOf(world, 15);
    const { blocks } = await beginRecomputing(world, service);
    for (const block of choose.shuffled(blocks)) {
      for (let i = choose.below(3); i >= 0; i -= 1) await step(world, registry, choose);
      if (choose.below(2) === 0) await world.settle((events) => choose.shuffled(events));
      await service.replaceLists(hubOf(world), block);
    }
    await world.settle((events) => choose.shuffled(events));
    expect(await expectTruth(world)).toBeGreaterThan(200);
  });
});
