import type { Desk } from './desk.ts';
import { laterWordOf, type Postings } from './postings.ts';

/**
 * Of the postings of a cell from `from` to before `limit`, those that share a place and a topic with what the desk wants: their
 * numbers are left in its candidates, beginning at `count`. Returns the new count. This is where the time of all searches goes: for
 * most postings two loads and two ANDs, and no branch that would have to be guessed.
 */
export function filterPostings(
  postings: Postings,
  cell: number,
  from: number,
  limit: number,
  desk: Desk,
  count: number,
): number {
  const placeWords = wordsUsed(desk.wanted);
  const topicWords = wordsUsed(desk.topics);
  if (placeWords > 1 || topicWords > 1)
    return filterSeveralWords(postings, cell, from, limit, desk, count, placeWords, topicWords);
  const { masks, topics } = postings;
  const { candidates } = desk;
  const wanted = desk.wanted[0] ?? 0;
  const wantedTopics = desk.topics[0] ?? 0;
  for (let at = from; at < limit; at++) {
    candidates[count] = at;
    count += areBothSet((masks[at] ?? 0) & wanted, (topics[at] ?? 0) & wantedTopics);
  }
  return count;
}

function filterSeveralWords(
  postings: Postings,
  cell: number,
  from: number,
  limit: number,
  { candidates, wanted, topics: wantedTopics }: Desk,
  count: number,
  placeWords: number,
  topicWords: number,
): number {
  const { masks, laterWords, topics } = postings;
  const size = masks.length;
  const second = laterWordOf(postings, cell, 1);
  const stride = laterWordOf(postings, cell, 2) - second;
  const wanted0 = wanted[0] ?? 0;
  for (let at = from; at < limit; at++) {
    let places = (masks[at] ?? 0) & wanted0;
    for (let word = 1, lies = second + at; word < placeWords; word++, lies += stride)
      places |= (laterWords[lies] ?? 0) & (wanted[word] ?? 0);
    let shared = 0;
    for (let word = 0, lies = at; word < topicWords; word++, lies += size)
      shared |= (topics[lies] ?? 0) & (wantedTopics[word] ?? 0);
    candidates[count] = at;
    count += areBothSet(places, shared);
  }
  return count;
}

/** 1 when neither is 0, else 0: `x | -x` has its highest bit set unless `x` is 0. */
function areBothSet(a: number, b: number): number {
  return ((a | -a) & (b | -b)) >>> 31;
}

/** How many words there are to the last that is not empty, at least 1. */
function wordsUsed(words: Int32Array): number {
  let used = words.length;
  while (used > 1 && words[used - 1] === 0) used--;
  return used;
}
