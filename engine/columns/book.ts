import type { Footprint } from '../footprint.ts';
import type { Terrain } from '../terrain.ts';
import type { FacetSet } from '../values/facet-set.ts';
import type { Place } from '../values/place.ts';

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

/** Which number of a mask is a place's: the whole country is 0. Bit 31 of the first word is set in every mask (`PRESENT`). */
export const wordOfPlace = (place: number): number => (place < 31 ? 0 : 1 + ((place - 31) >>> 5));
export const bitOfPlace = (place: number): number => (place < 31 ? 1 << place : 1 << ((place - 31) & 31));

/** Of whoever wants everybody, this bit finds them. */
export const PRESENT = 1 << 31;

/** The number of a footprint's cells' places that tells who is in the whole country, and of a corridor's who states it. */
export const FIRST = 1;

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

/** Whether any of the places is in the country. */
export const isIn = (places: readonly Place[], country: number): boolean =>
  places.some((place) => place.country === country);
