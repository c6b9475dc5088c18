import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { happenings } from './consent-commands.ts';
import { Scene } from './consent-scene.ts';
import { Eyes } from './consent-sight.ts';
import { type ConsentWorld, consentWorld, COUNTRIES, elsewhere } from './consent-world.ts';

/** Who wants everything from the start; often too few, or of one country. */
const willing = fc.oneof(fc.subarray([...COUNTRIES.keys()]), fc.constantFrom(['a'], ['b', 'c'], ['a', 'b']));

/** 2,000 for the full figure of S9. */
const RUNS = Number(process.env['CONCORD_S9_RUNS'] ?? 40);

let world: ConsentWorld;
let eyes: Eyes;
beforeAll(async () => {
  world = await consentWorld();
  eyes = await Eyes.open(world);
});
afterAll(async () => {
  await eyes.close();
  await world.close();
});

test(
  'whatever happens in whatever order, nobody reads more or less of anybody than both consented to',
  { timeout: 60_000 + RUNS * 3_000 },
  async () => {
    let withConsent = 0;
    await fc.assert(
      fc.asyncProperty(willing, happenings, async (letters, commands) => {
        const { models, scene } = await Scene.open(world, eyes, letters);
        try {
          await fc.asyncModelRun(() => ({ model: models, real: scene }), commands);
        } finally {
          await scene.close();
        }
        if (models.some(({ everConcerned }) => everConcerned.size > 0)) withConsent += 1;
      }),
      { numRuns: RUNS },
    );
    // Without consent there is nothing that could be disclosed too early.
    expect(withConsent).toBeGreaterThan(RUNS / 10);
    console.info(`S9: ${String(RUNS)} runs, 0 early disclosures (consent came about in ${String(withConsent)})`);
  },
);

describe('at the same time', () => {
  const CAST = ['a', 'b', 'c', 'd'];
  const endorse = (letter: string, id: string) =>
    world.answers.endorse(world.viewer(letter), { id, expectedVersion: 1 });
  const withdraw = (letter: string, id: string) =>
    world.answers.withdraw(world.viewer(letter), { id, expectedVersion: 1 });
  const knownTo = async (letter: string, id: string): Promise<string[]> => {
    const { revelations } = await eyes.look(world.viewer(letter), [id]);
    return revelations
      .filter((seen) => seen.startsWith(id) && seen.endsWith(`to ${letter}`))
      .map((seen) => seen.split(' ')[1] ?? '');
  };
  /** What is stored, whoever may see it: `a to b`, with `ended` where it is. */
  const stored = (id: string): Promise<string[]> =>
    withClient(world.database.adminUrl, async (client) => {
      const { rows } = await client.query<{ from: string; to: string; ended: boolean }>(
        `select from_actor_id as from, to_actor_id as to, ended_at is not null as ended from app.revelation where suggestion_id = $1`,
        [id],
      );
      return rows
        .map(({ from, to, ended }) => `${world.letterOf(from)} to ${world.letterOf(to)}${ended ? ' ended' : ''}`)
        .sort();
    });

  test('two who endorse, each with a job of its own, meet once and are never missed', async () => {
    for (let time = 0; time < 20; time += 1) {
      const id = await world.open('JOINT_CAMPAIGN', CAST);
      const each = async (letter: string): Promise<void> => {
        await endorse(letter, id);
        await world.introduce(id);
      };
      await Promise.all([each('a'), each('b')]);
      expect(await stored(id)).toEqual(['a to b', 'b to a']);
      await world.expire(id);
    }
  });

  test('one actor that answers twice has one answer', async () => {
    const id = await world.open('JOINT_CAMPAIGN', CAST);
    const outcomes = await Promise.all(['a', 'a', 'a', 'a'].map((letter) => endorse(letter, id)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['saved', 'saved', 'saved', 'saved']);
    const { rows } = await world.worker.unitOfWork.run(HUB_VIEWER, ({ em }) =>
      sql`select from answer where suggestion_id = ${id}`.execute(em.getKysely()),
    );
    expect(rows).toHaveLength(1);
  });

  test('a withdrawal before the worker looks leaves nothing to reveal', async () => {
    const id = await world.open('JOINT_CAMPAIGN', CAST);
    await endorse('a', id);
    await endorse('b', id);
    await withdraw('a', id);
    await world.introduce(id);
    expect(await stored(id)).toEqual([]);
  });

  test('a withdrawal after the worker looked and before it commits is never seen through', async () => {
    const id = await world.open('JOINT_CAMPAIGN', CAST);
    await endorse('a', id);
    await endorse('b', id);
    await world.introduce(id, () => withdraw('a', id));
    expect(await stored(id)).toEqual(['a to b', 'b to a']);
    expect([await knownTo('a', id), await knownTo('b', id)]).toEqual([[], []]);
    await world.introduce(id);
    expect(await stored(id)).toEqual(['a to b ended', 'b to a ended']);
  });

  test('a withdrawal under way does not hold the worker up, and hides when it commits', async () => {
    const id = await world.open('JOINT_CAMPAIGN', CAST);
    await endorse('a', id);
    await endorse('b', id);
    await world.app.unitOfWork.run(world.viewer('a'), async ({ em, now }) => {
      await sql`update answer set withdrawn_at = ${now} where suggestion_id = ${id}`.execute(em.getKysely());
      await elsewhere(() => world.introduce(id));
      expect(await elsewhere(() => knownTo('b', id))).toEqual(['a']);
    });
    expect([await knownTo('a', id), await knownTo('b', id)]).toEqual([[], []]);
  });

  test('an answer and its withdrawal at once end as either, and what is shown agrees with it', async () => {
    for (let time = 0; time < 10; time += 1) {
      const id = await world.open('JOINT_CAMPAIGN', CAST);
      await endorse('b', id);
      const [, withdrawn] = await Promise.all([endorse('a', id), withdraw('a', id), world.introduce(id)]);
      await world.introduce(id);
      expect(await knownTo('b', id)).toEqual(withdrawn.kind === 'saved' ? [] : ['a']);
      await world.expire(id);
    }
  });

  test('who endorsed what is being changed meanwhile has endorsed something else', async () => {
    const id = await world.open('JOINT_CAMPAIGN', CAST);
    await endorse('a', id);
    await endorse('b', id);
    // Composing holds the suggestion: the worker waits, and then finds another version.
    let introduced: Promise<void> = Promise.resolve();
    await world.revise(id, 'JOINT_CAMPAIGN', CAST, async () => {
      introduced = world.introduce(id);
      await world.somebodyWaits();
    });
    await introduced;
    expect(await stored(id)).toEqual([]);
  });
});

describe('who is suspended', () => {
  test('is shown to nobody it was revealed to, at once, and is not revealed while it is', async () => {
    const id = await world.open('JOINT_CAMPAIGN', ['a', 'b', 'c', 'd']);
    const sees = async (letter: string) => (await eyes.look(world.viewer(letter), [id])).actors;
    for (const letter of ['a', 'b']) await world.answers.endorse(world.viewer(letter), { id, expectedVersion: 1 });
    await world.introduce(id);
    expect(await sees('a')).toEqual(['a', 'b']);
    await withClient(world.database.adminUrl, (client) =>
      client.query(`update app.actor set vetting = 'suspended' where id = $1`, [world.idOf('b')]),
    );
    expect(await sees('a')).toEqual(['a']);
    await world.answers.endorse(world.viewer('c'), { id, expectedVersion: 1 });
    await world.introduce(id);
    expect(await sees('c')).toEqual(['a', 'c']);
  });
});
