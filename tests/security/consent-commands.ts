import fc from 'fast-check';
import { expect } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import type { ConsentModel } from './consent-model.ts';
import { KINDS, type Models, participantsOf, type Scene } from './consent-scene.ts';
import { EVERYBODY } from './consent-sight.ts';

/** Something that happens to one of the suggestions: to its model and to the hub alike. Then everybody looks. */
class Happening implements fc.AsyncCommand<Models, Scene> {
  constructor(
    private readonly words: string,
    private readonly index: number,
    private readonly body: (model: ConsentModel, scene: Scene, id: string) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(models: Models, scene: Scene): Promise<void> {
    const model = models[this.index];
    const id = scene.ids[this.index];
    if (!model || id === undefined) throw new Error(`no suggestion ${String(this.index)}`);
    await this.body(model, scene, id);
    await scene.collect();
    await scene.check();
  }

  toString(): string {
    return `${this.words} ${KINDS[this.index] ?? ''}`;
  }
}

const which = fc.nat({ max: KINDS.length - 1 });
const somebody = fc.constantFrom(...EVERYBODY);

/** Several at once, each from a connection of its own. */
const endorse = fc.tuple(fc.subarray([...EVERYBODY], { minLength: 1, maxLength: 3 }), which).map(
  ([letters, index]) =>
    new Happening(`${letters.join(' and ')} endorse`, index, async (model, { world }, id) => {
      const input = { id, expectedVersion: model.version };
      const outcomes = await Promise.all(letters.map((letter) => world.answers.endorse(world.viewer(letter), input)));
      expect(outcomes.map(({ kind }) => kind)).toEqual(letters.map((letter) => model.answer(letter, 'endorse')));
    }),
);

const declineOrWithdraw = fc.tuple(fc.constantFrom('decline', 'withdraw'), somebody, which).map(
  ([verb, letter, index]) =>
    new Happening(`${letter} ${verb}s`, index, async (model, { world }, id) => {
      const input = { id, expectedVersion: model.version };
      const outcome = await world.answers[verb](world.viewer(letter), input);
      expect(outcome.kind).toBe(verb === 'withdraw' ? model.withdraw(letter) : model.answer(letter, verb));
    }),
);

const answerLate = fc.tuple(somebody, which).map(
  ([letter, index]) =>
    new Happening(`${letter} endorses what it read before`, index, async (model, { world }, id) => {
      const input = { id, expectedVersion: model.version - 1 };
      const outcome = await world.answers.endorse(world.viewer(letter), input);
      expect(outcome.kind).toBe(model.participants.has(letter) ? 'stale' : 'forbidden');
    }),
);

/** A job may run late, after younger ones, twice, and once more although it was done. */
const work = fc
  .tuple(fc.nat(), fc.boolean(), fc.boolean(), which)
  .map(
    ([pick, twice, again, index]) =>
      new Happening(
        `a job runs${twice ? ' twice' : ''}${again ? ', not for the last time,' : ''}`,
        index,
        (_model, scene) => scene.work(pick, { times: twice ? 2 : 1, again }),
      ),
  );

const workAll = fc.tuple(fc.boolean(), which).map(
  ([backwards, index]) =>
    new Happening(`all jobs run${backwards ? ' backwards' : ''}`, index, async (_model, scene) => {
      while (scene.pending.length > 0)
        await scene.work(backwards ? scene.pending.length - 1 : 0, { times: 1, again: false });
    }),
);

const change = fc.tuple(fc.nat({ max: 2 }), which).map(
  ([variant, index]) =>
    new Happening(`composing makes variant ${String(variant)} of`, index, async (model, { world }, id) => {
      if (model.status !== 'OPEN') return;
      const participants = participantsOf(index, variant);
      await world.revise(id, KINDS[index] ?? 'JOINT_CAMPAIGN', [...participants.keys()]);
      model.change(participants);
    }),
);

/** Nothing of what was endorsed is different: the model does not change. */
const restate = which.map(
  (index) =>
    new Happening('composing restates', index, async (model, { world }, id) => {
      if (model.status !== 'OPEN') return;
      await world.restate(id, KINDS[index] ?? 'JOINT_CAMPAIGN', [...model.participants.keys()]);
    }),
);

const close = fc.tuple(fc.constantFrom('DISMISSED', 'EXPIRED'), which).map(
  ([status, index]) =>
    new Happening(status, index, async (model, { world }, id) => {
      if (model.status !== 'OPEN') return;
      if (status === 'EXPIRED') await world.expire(id);
      else await world.suggestions.dismiss(HUB_VIEWER, { id, expectedVersion: model.version, reason: 'for a test' });
      model.close(status);
    }),
);

/** Mostly answers and jobs, so that consent often comes about before something undoes it. */
export const happenings = fc.commands<Models, Scene, false>(
  [
    endorse,
    endorse,
    endorse,
    declineOrWithdraw,
    declineOrWithdraw,
    answerLate,
    work,
    work,
    workAll,
    workAll,
    change,
    restate,
    restate,
    close,
  ],
  {
    maxCommands: 24,
    size: '+1',
  },
);
