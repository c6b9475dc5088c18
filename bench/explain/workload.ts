import { setTimeout as delay } from 'node:timers/promises';
import { Drawing } from '../../tests/contract/draw-document.ts';
import { readSchema } from '../../tests/security/fields.ts';
import { messageOf } from '../../platform/plain-error.ts';
import { type Random, seeded } from '../world/random.ts';
import { type Ask, makeChanges } from './changes.ts';
import type { KnownRegistry } from './known.ts';
import { ordinaryQuestions, type Question } from './questions.ts';

export interface WorkloadOptions {
  readonly url: string;
  /** Who asks, each all the time; the first may write. */
  readonly keys: readonly string[];
  readonly known: KnownRegistry;
  readonly seed: number;
  readonly seconds: number;
}

/** What became of the work. */
export interface Worked {
  readonly answered: number;
  /** Refused by the hub: drawn documents may be too dear, or ask what an asker may not. */
  readonly refused: number;
  readonly changed: number;
}

/** Of so many questions one is ordinary less than the others: drawn over the whole schema, so that nothing goes without being asked. */
const ORDINARY_A_DRAWN = 2;
const LONGEST_MS = 20_000;
/** A party may look 200 times a day, and each of four changes is a look. */
const CHANGES_EVERY_MS = 4_000;

/** Asks and changes for so long, everybody side by side. @throws when the hub answers that it is at fault, or an ordinary question is refused */
export async function work({ url, keys, known, seed, seconds }: WorkloadOptions): Promise<Worked> {
  const schema = readSchema();
  const until = performance.now() + seconds * 1_000;
  const worked = { answered: 0, refused: 0, changed: 0 };
  const complaints = new Map<string, string>();
  const isOn = (): boolean => performance.now() < until;
  const reader = async (key: string, at: number): Promise<void> => {
    const random = seeded(seed + at);
    const ordinary = ordinaryQuestions(known, random);
    const drawing = new Drawing(schema, chooserOf(random), drawnFrom(known));
    for (let turn = 0; isOn(); turn += 1) {
      for (let next = 0; next < ORDINARY_A_DRAWN; next += 1) {
        const question = ordinary[(ORDINARY_A_DRAWN * turn + next) % ordinary.length]?.();
        if (!question) continue;
        await answerOf(url, key, question).then(
          () => (worked.answered += 1),
          (error: unknown) => complaints.set(question.query, messageOf(error)),
        );
      }
      const drawn = await send(url, key, drawing.draw());
      if (drawn.errors) worked.refused += 1;
      else worked.answered += 1;
    }
  };
  const writer = async (key: string): Promise<void> => {
    const random = seeded(seed + 100);
    const ask: Ask = (question) => answerOf(url, key, question);
    for (; isOn(); worked.changed += 4) {
      await makeChanges(ask, known, random);
      await delay(CHANGES_EVERY_MS);
    }
  };
  await Promise.all([...keys.map(reader), ...keys.slice(0, 1).map(writer)]);
  if (complaints.size > 0) throw new Error([...complaints.values()].join('\n'));
  return worked;
}

async function answerOf(url: string, key: string, question: Question): Promise<Readonly<Record<string, unknown>>> {
  const { data, errors } = await send(url, key, question);
  if (errors || !data)
    throw new Error(`${question.query} ${JSON.stringify(question.variables)}: ${JSON.stringify(errors)}`);
  return data;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

async function send(url: string, key: string, question: Question): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  return (await response.json()) as Answer;
}

const chooserOf = (random: Random): ConstructorParameters<typeof Drawing>[1] => {
  const shuffled = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, key: random.next() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ value }) => value);
  return {
    below: random.below,
    oneOf: random.of,
    shuffled,
    someOf: (values, most) => shuffled(values).slice(0, 1 + random.below(most)),
  };
};

const drawnFrom = (known: KnownRegistry): ConstructorParameters<typeof Drawing>[2] => ({
  ids: [known.programmes, known.campaigns, known.entries, known.overlaps, known.suggestions, known.actors].flatMap(
    (ids) => ids.slice(0, 20),
  ),
  texts: thoseThereAre({
    ...{
      first: [1, 5, 20, 50],
      language: ['en', 'bn'],
      languages: ['en', 'bn'],
      search: ['safe', 'harbour', 'lighthouse'],
    },
    ...{ corridor: known.corridors, corridors: known.corridors, code: known.corridors },
    ...{ country: known.countries, countries: known.countries, place: known.places, places: known.places },
    ...{ owners: known.actors, actors: known.actors, partners: known.actors, actor: known.actors },
    ...{ programmes: known.programmes, campaigns: known.campaigns, end: ['2031-12-31'] },
    ...{ themes: known.themes, audiences: known.audiences, channels: known.channels },
  }),
});

/** Of a hub that knows none of a kind nothing of it is asked. */
const thoseThereAre = (texts: Readonly<Record<string, readonly unknown[]>>): typeof texts =>
  Object.fromEntries(Object.entries(texts).filter(([, values]) => values.length > 0));
