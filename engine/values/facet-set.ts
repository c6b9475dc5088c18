/**
 * A set of small whole numbers ("bits": the columns of a taxonomy's terms), as many 32-bit words as its highest bit needs.
 * Bit `b` is bit `b % 32` of word `b / 32`. Words that are absent are empty: sets of different lengths work together.
 */
export interface FacetSet {
  readonly length: number;
  readonly [word: number]: number;
}

/** The set without elements. */
export const emptySet: FacetSet = new Uint32Array(0);

/** The set of the given bits, in any order, repeated or not. @throws RangeError when one is negative or not whole. */
export function facetSet(bits: Iterable<number>): FacetSet {
  const list = [...bits];
  let length = 0;
  for (const bit of list) length = Math.max(length, wordsFor(bit));
  const words = new Uint32Array(length);
  for (const bit of list) words[bit >>> 5] = wordAt(words, bit >>> 5) | (1 << (bit & 31));
  return words;
}

/** Whether `bit` is an element. */
export function has(set: FacetSet, bit: number): boolean {
  return ((wordAt(set, bit >>> 5) >>> (bit & 31)) & 1) === 1;
}

/** Whether the set has no elements, however many words it has. */
export function isEmpty(set: FacetSet): boolean {
  for (let word = 0; word < set.length; word++) if (set[word] !== 0) return false;
  return true;
}

/** Whether the two have the same elements, however many words each has. */
export function isSameSet(a: FacetSet, b: FacetSet): boolean {
  const words = Math.max(a.length, b.length);
  for (let word = 0; word < words; word++) if (wordAt(a, word) !== wordAt(b, word)) return false;
  return true;
}

/** Whether the two have an element in common. */
export function intersects(a: FacetSet, b: FacetSet): boolean {
  const words = Math.min(a.length, b.length);
  for (let word = 0; word < words; word++) if ((wordAt(a, word) & wordAt(b, word)) !== 0) return true;
  return false;
}

/** The elements of either. */
export function union(a: FacetSet, b: FacetSet): FacetSet {
  return combine(Math.max(a.length, b.length), (word) => wordAt(a, word) | wordAt(b, word));
}

/** The elements of both. */
export function intersection(a: FacetSet, b: FacetSet): FacetSet {
  return combine(Math.min(a.length, b.length), (word) => wordAt(a, word) & wordAt(b, word));
}

/** The elements of `a` that are not in `b`. */
export function difference(a: FacetSet, b: FacetSet): FacetSet {
  return combine(a.length, (word) => wordAt(a, word) & ~wordAt(b, word));
}

/** The number of elements. */
export function popcount(set: FacetSet): number {
  let count = 0;
  for (let word = 0; word < set.length; word++) count += popcount32(wordAt(set, word));
  return count;
}

/** Shared elements by all elements, 0 to 1; 0 when both are empty. */
export function jaccard(a: FacetSet, b: FacetSet): number {
  const words = Math.min(a.length, b.length);
  let shared = 0;
  for (let word = 0; word < words; word++) shared += popcount32(wordAt(a, word) & wordAt(b, word));
  return shared === 0 ? 0 : shared / (popcount(a) + popcount(b) - shared);
}

/** The elements, ascending. */
export function bitsOf(set: FacetSet): number[] {
  const bits: number[] = [];
  for (let word = 0; word < set.length; word++) {
    // `rest & -rest` is its lowest bit, `rest & (rest - 1)` the rest without it.
    for (let rest = wordAt(set, word); rest !== 0; rest &= rest - 1)
      bits.push(word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return bits;
}

/** The lowest element, or null of the empty set. */
export function lowestBit(set: FacetSet): number | null {
  return bitsOf(set)[0] ?? null;
}

/** The number of ones in one 32-bit word (Henry S. Warren, "Hacker's Delight", 5-1). */
export function popcount32(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function wordAt(set: FacetSet, word: number): number {
  return set[word] ?? 0;
}

function wordsFor(bit: number): number {
  if (!Number.isInteger(bit) || bit < 0 || bit > 0x7fffffff)
    throw new RangeError(`expected a bit number, found ${bit}`);
  return (bit >>> 5) + 1;
}

/** Builds a set word by word, without trailing empty words, so that equal sets have equal words. */
function combine(length: number, wordOf: (word: number) => number): FacetSet {
  let needed = length;
  while (needed > 0 && wordOf(needed - 1) === 0) needed--;
  return Uint32Array.from({ length: needed }, (_, word) => wordOf(word));
}
