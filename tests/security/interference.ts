import { seededRandomness } from '../../platform/ids.ts';
import { chooser } from '../support/registry-steps.ts';
import { type Curiosity, askAll, readAll, differences, probes, questions, takeAll } from './asking.ts';
import { type Asker, type BaseWorld, as } from './base-world.ts';
import { readSchema } from './fields.ts';
import { CODE, type Hidden, type Variation, type Varying, WORD } from './variations.ts';
import { securityWorld } from './world.ts';

export interface PairReport {
  readonly comparisons: number;
  readonly differences: readonly string[];
}

const UNKNOWN = {
  programme: `prg_${'2'.repeat(22)}`,
  campaign: `cmp_${'2'.repeat(22)}`,
  entry: `cal_${'2'.repeat(22)}`,
};
const schema = readSchema();

/** Makes two clones of a base world differ in what the asker may not see, asks both the same, and compares byte for byte. */
export async function comparePair(
  base: BaseWorld,
  variation: Variation,
  asker: Asker,
  seed: string,
): Promise<PairReport> {
  const right = await answersOf(base, variation.right, asker, seed);
  const left = variation.left
    ? await answersOf(base, variation.left, asker, seed, right.hidden)
    : await untouched(base, asker, seed, right.hidden);
  const found = differences(left.answers, right.answers);
  const broken = [...right.answers].filter(([, answer]) => answer.includes('"INTERNAL"'));
  return {
    comparisons: right.answers.size,
    differences: [
      ...found.map((text) => `${variation.name}, asked by ${asker} (${seed}): ${text}`),
      ...broken.map(([name, answer]) => `${variation.name}, asked by ${asker} (${seed}): ${name} fails: ${answer}`),
    ],
  };
}

/** What worlds answer in which nobody did anything, by what is asked: many variations compare with the same. */
const known = new Map<string, Promise<Asked>>();

function untouched(base: BaseWorld, asker: Asker, seed: string, hidden: Hidden): Promise<Asked> {
  const key = JSON.stringify([base.database.name, asker, seed, hidden]);
  const answers = known.get(key) ?? answersOf(base, () => Promise.resolve({}), asker, seed, hidden);
  known.set(key, answers);
  return answers;
}

interface Asked {
  readonly hidden: Hidden;
  readonly answers: ReadonlyMap<string, string>;
}

async function answersOf(
  base: BaseWorld,
  vary: (world: Varying) => Promise<Hidden>,
  asker: Asker,
  seed: string,
  asked?: Hidden,
): Promise<Asked> {
  const world = await securityWorld(base.database);
  try {
    const choose = chooser(seededRandomness(seed));
    const writing = { hub: world.hub, actors: base.actors, keys: base.keys };
    world.reseed(`hidden ${seed}`);
    const made = await vary({ ...writing, records: base.records, choose });
    // What is matched and composed because of it carries another time than what was before.
    world.clock.advance(1_000);
    await world.settle();
    await world.beginWeek();
    const hidden = asked ?? made;
    const curiosity = curiosityOf(base, asker, hidden, seed);
    const client = as(writing, asker);
    world.reseed(`asked ${seed}`);
    const before = await readAll(client, questions(schema, curiosity));
    const taken = await takeAll(world.hub.url, client);
    const probed = await askAll(client, probes(curiosity));
    await world.settle();
    const again = questions(schema, curiosity).filter(({ name }) => AGAIN.has(name));
    const after = [...(await readAll(client, again))].map(([name, answer]) => [`${name}, afterwards`, answer] as const);
    const answers = new Map([...before, ...taken, ...probed, ...after]);
    expectAnswered(answers);
    return { hidden, answers };
  } finally {
    await world.close();
  }
}

/** A question that is too large for anybody would compare nothing. */
function expectAnswered(answers: ReadonlyMap<string, string>): void {
  const refused = [...answers].filter(([, answer]) => answer.includes('LIMIT_EXCEEDED')).map(([name]) => name);
  if (refused.length > 0) throw new Error(`larger than an operation may be: ${refused.join(', ')}`);
}

/** What is asked once more when all that the viewer wrote was matched. */
const AGAIN = new Set([
  ...['programmes by name', 'overlaps by strength', 'suggestions by score', 'notifications', 'counts'],
]);

function curiosityOf(base: BaseWorld, asker: Asker, hidden: Hidden, seed: string): Curiosity {
  const choose = chooser(seededRandomness(`curiosity ${seed}`));
  const { records, actors } = base;
  return {
    hidden: { ...UNKNOWN, ...hidden },
    owner: actors.owner,
    visible: [records.subdivision, records.country, records['of other'], records['public of other'], records.own],
    own: asker === 'viewer' ? { actor: actors.viewer, programme: records.own } : null,
    word: WORD,
    code: CODE,
    place: choose.oneOf(['BD-11', 'BD-10', 'BD-13', 'BD-B', 'BD']),
    day: `2027-0${String(2 + choose.below(3))}-1${String(choose.below(9))}`,
    coordinates: asker === 'coordinator',
  };
}
