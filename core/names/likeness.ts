import { jaroWinkler } from './jaro-winkler.ts';
import type { ReadName } from './read-name.ts';
import type { WordWeights } from './word-weights.ts';

/** From here on two words count as one that somebody mistyped. */
const SAME_WORD = 0.88;
/** Shorter words are others when they differ. */
const SHORTEST_MISTYPED = 4;
/** How sure it is that `dev` is `development`. */
const ABBREVIATED = 0.9;
const SHORTEST_ABBREVIATION = 3;

/**
 * What is not shared counts more when both names have some of it: `Save the Children Sweden` and `… Norway` are two, `Save the
 * Children` may be either.
 */
const WEIGHT_OF_CONFLICT = 0.6;
/** Numbers are names of their own: district 4 is not district 5. */
const OTHER_NUMBERS = 0.5;

/**
 * How alike two names are: 0 nothing in common, 1 the same words in any order. Symmetric. The share of their words' weight that meets,
 * where a mistyped word counts as much as it is like the one meant (Soft TF-IDF by Cohen, Ravikumar and Fienberg, 2003, as a Dice
 * coefficient), less for what contradicts. In O(words²).
 */
export function likeness(a: ReadName, b: ReadName, weigh: WordWeights): number {
  if (a.compact === b.compact) return 1;
  const takenA = new Set<number>();
  const takenB = new Set<number>();
  let met = 0;
  const meet = (i: number, j: number, like: number): void => {
    if (takenA.has(i) || takenB.has(j)) return;
    takenA.add(i);
    takenB.add(j);
    met += like * (weigh(a.words[i] ?? '') + weigh(b.words[j] ?? ''));
  };
  for (const [i, word] of a.words.entries()) {
    const j = b.words.findIndex((other, index) => other === word && !takenB.has(index));
    if (j >= 0) meet(i, j, 1);
  }
  for (const { i, j, like } of likePairs(a.words, b.words, takenA, takenB)) meet(i, j, like);
  const restA = weightOf(a.words, takenA, weigh);
  const restB = weightOf(b.words, takenB, weigh);
  const total = weightOf(a.words, NONE, weigh) + weightOf(b.words, NONE, weigh);
  if (total === 0) return 0;
  const words = met / total - (WEIGHT_OF_CONFLICT * 2 * Math.min(restA, restB)) / total;
  const alike = Math.max(0, words, asOneWord(a.compact, b.compact));
  return numbersOf(a.words) === numbersOf(b.words) ? alike : alike * OTHER_NUMBERS;
}

const NONE: ReadonlySet<number> = new Set();
const WHOLE_ALIKE = 0.95;
const LETTERS_MORE = 2;

/** Blanks are forgotten and added: `Red cross`, `Redcros`. Jaro forgives many letters of long texts, so that few may be more or less. */
function asOneWord(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > LETTERS_MORE) return 0;
  const like = jaroWinkler(a, b);
  return like >= WHOLE_ALIKE ? like * like : 0;
}

interface LikePair {
  readonly i: number;
  readonly j: number;
  readonly like: number;
}

/** The words left that may be one, the likest first, then in the order of the names. */
function likePairs(
  a: readonly string[],
  b: readonly string[],
  takenA: ReadonlySet<number>,
  takenB: ReadonlySet<number>,
): LikePair[] {
  const pairs: LikePair[] = [];
  for (const [i, wordA] of a.entries()) {
    if (takenA.has(i)) continue;
    for (const [j, wordB] of b.entries()) {
      const like = takenB.has(j) ? 0 : wordLikeness(wordA, wordB);
      if (like > 0) pairs.push({ i, j, like });
    }
  }
  return pairs.sort((x, y) => y.like - x.like || x.i + x.j - (y.i + y.j) || x.i * x.j - y.i * y.j);
}

function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= SHORTEST_ABBREVIATION && long.length > short.length + 2 && long.startsWith(short))
    return ABBREVIATED;
  if (short.length < SHORTEST_MISTYPED || long.length - short.length > 2) return 0;
  const like = jaroWinkler(a, b);
  return like >= SAME_WORD ? like : 0;
}

function weightOf(words: readonly string[], without: ReadonlySet<number>, weigh: WordWeights): number {
  return words.reduce((sum, word, index) => (without.has(index) ? sum : sum + weigh(word)), 0);
}

const numbersOf = (words: readonly string[]): string =>
  words
    .filter((word) => /\p{N}/u.test(word))
    .toSorted()
    .join(' ');
