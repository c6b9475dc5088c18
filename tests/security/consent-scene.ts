import { expect } from 'vitest';
import { ConsentModel } from './consent-model.ts';
import { type Eyes, EVERYBODY, permitted, uninvolved } from './consent-sight.ts';
import { type ConsentWorld, COUNTRIES } from './consent-world.ts';

export const KINDS = ['JOINT_CAMPAIGN', 'AVOID_DUPLICATION', 'REPLICATE_PRACTICE'] as const;
/** Who takes part in the suggestion of each kind, and who does when it has changed. */
const CASTS = [
  ['abcd', 'abc', 'bcd'],
  ['bc', 'ab', 'bc'],
  // First in one country, where two are enough.
  ['bc', 'abc', 'bc'],
] as const;

/** One model a suggestion. */
export type Models = readonly ConsentModel[];

export function participantsOf(index: number, variant: number): ReadonlyMap<string, string> {
  const letters = [...(CASTS[index]?.[variant] ?? '')];
  return new Map(letters.map((letter) => [letter, COUNTRIES.get(letter) ?? '']));
}

/** Suggestions that share participants, and the jobs that answers left behind. */
export class Scene {
  /** The suggestions that jobs are about. */
  readonly pending: string[] = [];
  private looks = 0;
  private readonly models: ReadonlyMap<string, ConsentModel>;

  private constructor(
    readonly world: ConsentWorld,
    private readonly eyes: Eyes,
    readonly ids: readonly string[],
    models: Models,
  ) {
    this.models = new Map(models.map((model, index) => [ids[index] ?? '', model]));
  }

  /** @param willing those who endorsed everything they take part in, before anybody looks; no job has run. */
  static async open(
    world: ConsentWorld,
    eyes: Eyes,
    willing: readonly string[],
  ): Promise<{ models: Models; scene: Scene }> {
    const ids: string[] = [];
    for (const [index, kind] of KINDS.entries()) ids.push(await world.open(kind, [...participantsOf(index, 0).keys()]));
    const models = KINDS.map((kind, index) => new ConsentModel(kind, participantsOf(index, 0)));
    const scene = new Scene(world, eyes, ids, models);
    for (const [id, model] of scene.models)
      for (const letter of willing)
        if (model.answer(letter, 'endorse') === 'saved')
          await world.answers.endorse(world.viewer(letter), { id, expectedVersion: model.version });
    await scene.collect();
    return { models, scene };
  }

  /** Nothing of this scene may be seen in the next. */
  async close(): Promise<void> {
    for (const [id, { status }] of this.models) {
      if (status === 'OPEN') await this.world.expire(id);
      await this.world.introduce(id);
    }
    await this.world.takeEvents();
  }

  /** Runs one of the jobs that wait, if any does; `again`: it will be run once more some time, as a queue may. */
  async work(pick: number, { times, again }: { readonly times: number; readonly again: boolean }): Promise<void> {
    const at = pick % this.pending.length;
    const id = this.pending[at];
    if (id === undefined) return;
    for (let time = 0; time < times; time += 1) await this.world.introduce(id);
    this.models.get(id)?.introduce();
    if (!again) this.pending.splice(at, 1);
  }

  /** Takes what was announced: answers become jobs, and who is told of a revelation has to be concerned by it. */
  async collect(): Promise<void> {
    for (const event of await this.world.takeEvents()) {
      if (event.kind === 'answer.given') this.pending.push(event.suggestionId);
      if (event.kind !== 'suggestion.revealed') continue;
      const letter = this.world.letterOf(event.actorId);
      expect([...(this.models.get(event.id)?.everConcerned ?? [])], `told to ${letter}`).toContain(letter);
    }
  }

  /** Compares what each party can read with what the models allow. */
  async check(): Promise<void> {
    const { world, eyes, ids, models } = this;
    for (const letter of EVERYBODY)
      expect(await eyes.look(world.viewer(letter), ids), `seen by ${letter}`).toEqual(permitted(models, letter));
    // In turn, a coordinator who acts for a participant, and a colleague of a participant who may only read.
    this.looks += 1;
    const [letter, role, actors] =
      this.looks % 2 === 0 ? (['a', 'coordinator', EVERYBODY] as const) : (['b', 'viewer', ['b']] as const);
    expect(await eyes.look(world.viewer(letter, role), ids), `seen by a ${role}`).toEqual(uninvolved(models, actors));
  }
}
