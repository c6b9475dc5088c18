import { COMMON_WORDS } from './generic-words.ts';

/** Names that are assumed beside those there are, so that a handful of names does not make every word of them a rare one. */
const ASSUMED = 50;
const ASSUMED_COMMON_SHARE = 0.1;

/** How much a word tells: rare ones more. */
export type WordWeights = (word: string) => number;

/** Weighs words by how many of these names have them, as inverse document frequency; a word of none weighs most. */
export function weighWords(names: Iterable<readonly string[]>): WordWeights {
  const counts = new Map<string, number>();
  let total = ASSUMED;
  for (const words of names) {
    total += 1;
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const known = new Map<string, number>();
  return (word) => {
    const weight = known.get(word);
    if (weight !== undefined) return weight;
    const assumed = COMMON_WORDS.has(word) ? ASSUMED * ASSUMED_COMMON_SHARE : 0;
    const computed = Math.log((total + 1) / ((counts.get(word) ?? 0) + assumed + 0.5));
    if (known.size < 100_000) known.set(word, computed);
    return computed;
  };
}
