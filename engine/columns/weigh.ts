import { FACET_WEIGHTS } from '../rules.ts';
import { popcount32 } from '../values/facet-set.ts';
import { CONTAINED_PLACE, SAME_CORRIDOR, SAME_PLACE } from '../values/place.ts';
import { LEVELS, type Desk } from './desk.ts';
import type { Rows } from './rows.ts';

const { place, audience, theme, time, channel, language } = FACET_WEIGHTS;

/** By place level, weighted. */
const PLACE_PARTS = Float64Array.of(0, SAME_CORRIDOR, CONTAINED_PLACE, SAME_PLACE).map(
  (similarity) => place * similarity,
);

/** Weighs what the desk's last search found: the strength of each overlap with the searching row, as `measure` gives it. */
export function weigh(rows: Rows, own: Rows, ownRow: number, desk: Desk): void {
  weighWith(rows, own, ownRow, desk, time);
}

/** The same as if neither stated when: nothing for the days. */
export function weighButForTime(rows: Rows, own: Rows, ownRow: number, desk: Desk): void {
  weighWith(rows, own, ownRow, desk, 0);
}

function weighWith(rows: Rows, own: Rows, ownRow: number, desk: Desk, timeWeight: number): void {
  const { audiences, themes, channels, languages } = rows;
  const isOneWord = audiences.words + themes.words + channels.words + languages.words === 4;
  const ownAt = ownRow * own.records.stride;
  if (isOneWord) weighOneWord(rows, own.records.words, ownAt, desk, timeWeight);
  else weighSeveralWords(rows, own.records.words, ownAt, desk, timeWeight);
}

// Both are the same to the last bit as `measure`, because the same terms are added in the same order.

function weighOneWord({ records }: Rows, own: Int32Array, ownAt: number, desk: Desk, timeWeight: number): void {
  const { found, strengths, stamps, count } = desk;
  const { words } = records;
  const ownStart = own[ownAt] ?? 0;
  const ownEnd = own[ownAt + 1] ?? 0;
  const ownTopicSizes = own[ownAt + 2] ?? 0;
  const ownMannerSizes = own[ownAt + 3] ?? 0;
  const ownAudiences = own[ownAt + 4] ?? 0;
  const ownThemes = own[ownAt + 5] ?? 0;
  const ownChannels = own[ownAt + 6] ?? 0;
  const ownLanguages = own[ownAt + 7] ?? 0;
  for (let i = 0; i < count; i++) {
    const row = found[i] ?? 0;
    const at = row * 8;
    // Sums of two sizes of at most 32 each do not run into each other.
    const topicSizes = ownTopicSizes + (words[at + 2] ?? 0);
    const mannerSizes = ownMannerSizes + (words[at + 3] ?? 0);
    const sum =
      (PLACE_PARTS[(stamps[row] ?? 0) & (LEVELS - 1)] ?? 0) +
      audience * jaccard(popcount32((words[at + 4] ?? 0) & ownAudiences), topicSizes & 0xffff) +
      theme * jaccard(popcount32((words[at + 5] ?? 0) & ownThemes), topicSizes >>> 16) +
      timeWeight * timeSimilarity(words[at] ?? 0, words[at + 1] ?? 0, ownStart, ownEnd) +
      channel * jaccard(popcount32((words[at + 6] ?? 0) & ownChannels), mannerSizes & 0xffff) +
      language * jaccard(popcount32((words[at + 7] ?? 0) & ownLanguages), mannerSizes >>> 16);
    strengths[i] = sum / 100;
  }
}

function weighSeveralWords(rows: Rows, own: Int32Array, ownAt: number, desk: Desk, timeWeight: number): void {
  const { found, strengths, stamps, count } = desk;
  const { words, stride } = rows.records;
  const themesFrom = 4 + rows.audiences.words;
  const channelsFrom = themesFrom + rows.themes.words;
  const languagesFrom = channelsFrom + rows.channels.words;
  const ownTopicSizes = own[ownAt + 2] ?? 0;
  const ownMannerSizes = own[ownAt + 3] ?? 0;
  for (let i = 0; i < count; i++) {
    const row = found[i] ?? 0;
    const at = row * stride;
    const topicSizes = words[at + 2] ?? 0;
    const mannerSizes = words[at + 3] ?? 0;
    const sum =
      (PLACE_PARTS[(stamps[row] ?? 0) & (LEVELS - 1)] ?? 0) +
      audience *
        jaccard(countShared(words, at, own, ownAt, 4, themesFrom), (topicSizes & 0xffff) + (ownTopicSizes & 0xffff)) +
      theme *
        jaccard(
          countShared(words, at, own, ownAt, themesFrom, channelsFrom),
          (topicSizes >>> 16) + (ownTopicSizes >>> 16),
        ) +
      timeWeight * timeSimilarity(words[at] ?? 0, words[at + 1] ?? 0, own[ownAt] ?? 0, own[ownAt + 1] ?? 0) +
      channel *
        jaccard(
          countShared(words, at, own, ownAt, channelsFrom, languagesFrom),
          (mannerSizes & 0xffff) + (ownMannerSizes & 0xffff),
        ) +
      language *
        jaccard(
          countShared(words, at, own, ownAt, languagesFrom, stride),
          (mannerSizes >>> 16) + (ownMannerSizes >>> 16),
        );
    strengths[i] = sum / 100;
  }
}

/** Shared elements by all; two empty sets share nothing. */
function jaccard(shared: number, sizes: number): number {
  return shared / Math.max(1, sizes - shared);
}

function timeSimilarity(start: number, end: number, ownStart: number, ownEnd: number): number {
  const shared = Math.min(end, ownEnd) - Math.max(start, ownStart);
  return shared / Math.min(end - start, ownEnd - ownStart);
}

function countShared(a: Int32Array, aAt: number, b: Int32Array, bAt: number, fromWord: number, toWord: number): number {
  let shared = 0;
  for (let word = fromWord; word < toWord; word++) shared += popcount32((a[aAt + word] ?? 0) & (b[bAt + word] ?? 0));
  return shared;
}
