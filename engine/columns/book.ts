import type { Footprint } from '../footprint.ts';
import type { Terrain } from '../terrain.ts';
import type { FacetSet } from '../values/facet-set.ts';
import { wordOfPlace } from './mask.ts';

/** How footprints become numbers: which actor and which cell has which number, and how many words each facet takes. */
export interface Book {
  readonly terrain: Terrain;
  readonly actors: ReadonlyMap<string, number>;
  /** Cell numbers by country. */
  readonly countries: ReadonlyMap<number, number>;
  readonly corridors: readonly CorridorCell[];
  readonly words: Readonly<Record<'audiences' | 'themes' | 'channels' | 'languages' | 'topics' | 'mask', number>>;
  /** Topics are audiences and themes in one set: this many audiences, then the themes. */
  readonly audienceBits: number;
}

/** A corridor as a cell. */
export interface CorridorCell {
  readonly bit: number;
  readonly cell: number;
  /** Its countries, each once: their places in this list are the numbers of their seats. */
  readonly countries: readonly number[];
}

/** Numbers what footprints name. Linear. */
export function writeBook(footprints: readonly Footprint[], terrain: Terrain): Book {
  const actors = new Map<string, number>();
  const countries = new Map<number, number>();
  const facets = { audiences: 1, themes: 1, channels: 1, languages: 1 };
  let highest = 0;
  for (const { owner, partners, places, audiences, themes, channels, languages } of footprints) {
    number(actors, owner);
    for (const partner of partners) number(actors, partner);
    for (const { country, subdivision } of places) {
      number(countries, country);
      highest = Math.max(highest, subdivision);
    }
    facets.audiences = Math.max(facets.audiences, audiences.length);
    facets.themes = Math.max(facets.themes, themes.length);
    facets.channels = Math.max(facets.channels, channels.length);
    facets.languages = Math.max(facets.languages, languages.length);
  }
  const corridors = terrain.corridors.map(({ bit, legs }, at) => {
    const seats = [...new Set(legs.map(({ country }) => country))];
    highest = Math.max(highest, seats.length);
    return { bit, cell: countries.size + at, countries: seats };
  });
  const audienceBits = bitsNeeded(footprints.map(({ audiences }) => audiences));
  const topicBits = audienceBits + bitsNeeded(footprints.map(({ themes }) => themes));
  const words = { ...facets, topics: Math.max(1, Math.ceil(topicBits / 32)), mask: wordOfPlace(highest) + 1 };
  return { terrain, actors, countries, corridors, words, audienceBits };
}

function number<Key>(numbers: Map<Key, number>, key: Key): void {
  if (!numbers.has(key)) numbers.set(key, numbers.size);
}

/** One more than the highest element of all. */
function bitsNeeded(sets: readonly FacetSet[]): number {
  const all: number[] = [];
  for (const set of sets) for (let word = 0; word < set.length; word++) all[word] = (all[word] ?? 0) | (set[word] ?? 0);
  const last = all.findLastIndex((word) => word !== 0);
  return last === -1 ? 0 : last * 32 + 32 - Math.clz32(all[last] ?? 0);
}
