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

/** What the numbers of footprints come to at most, where they are laid out block after block: everything that a book is made of but actors. */
export interface BookLimits {
  /** Every country that a footprint has a place in, each once. */
  readonly countries: readonly number[];
  /** The highest number of a subdivision. */
  readonly subdivision: number;
  /** How many bits each facet takes: one more than the highest. */
  readonly bits: Readonly<Record<'audiences' | 'themes' | 'channels' | 'languages', number>>;
}

/** Numbers what footprints name. Linear. */
export function writeBook(footprints: readonly Footprint[], terrain: Terrain): Book {
  const book = openBook(limitsOf(footprints), terrain);
  enlist(book, footprints);
  return book;
}

/** A book that knows no actors yet. */
export function openBook({ countries: named, subdivision, bits }: BookLimits, terrain: Terrain): OpenBook {
  const countries = new Map(named.map((country, cell) => [country, cell]));
  let highest = subdivision;
  const corridors = terrain.corridors.map(({ bit, legs }, at) => {
    const seats = [...new Set(legs.map(({ country }) => country))];
    highest = Math.max(highest, seats.length);
    return { bit, cell: countries.size + at, countries: seats };
  });
  const words = {
    audiences: wordsFor(bits.audiences),
    themes: wordsFor(bits.themes),
    channels: wordsFor(bits.channels),
    languages: wordsFor(bits.languages),
    topics: wordsFor(bits.audiences + bits.themes),
    mask: wordOfPlace(highest) + 1,
  };
  return { terrain, actors: new Map(), countries, corridors, words, audienceBits: bits.audiences };
}

/** A book in which actors can still be entered. */
export interface OpenBook extends Book {
  readonly actors: Map<string, number>;
}

/** Numbers the actors of some footprints that have none yet. */
export function enlist({ actors }: OpenBook, footprints: readonly Footprint[]): void {
  for (const { owner, partners } of footprints) {
    number(actors, owner);
    for (const partner of partners) number(actors, partner);
  }
}

function limitsOf(footprints: readonly Footprint[]): BookLimits {
  const countries = new Set<number>();
  let subdivision = 0;
  for (const { places } of footprints)
    for (const place of places) {
      countries.add(place.country);
      subdivision = Math.max(subdivision, place.subdivision);
    }
  return {
    countries: [...countries],
    subdivision,
    bits: {
      audiences: bitsNeeded(footprints.map(({ audiences }) => audiences)),
      themes: bitsNeeded(footprints.map(({ themes }) => themes)),
      channels: bitsNeeded(footprints.map(({ channels }) => channels)),
      languages: bitsNeeded(footprints.map(({ languages }) => languages)),
    },
  };
}

const wordsFor = (bits: number): number => Math.max(1, Math.ceil(bits / 32));

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
