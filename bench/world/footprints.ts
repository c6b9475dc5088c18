import {
  type Corridor,
  dayRange,
  epochDay,
  facetSet,
  type FacetSet,
  type Footprint,
  type Place,
  type Terrain,
} from '../../engine/index.ts';
import { type Random, seeded } from './random.ts';

/** What kind of world: how many codes each facet has, and how places are spread. */
export interface WorldShape {
  /** First subdivisions a country has; more than 31 make a second word. */
  readonly subdivisions: number;
  readonly audiences: number;
  readonly themes: number;
  readonly channels: number;
  /** The part of all footprints that is in the first country as a whole, beside what the skew puts there. */
  readonly inOneCell: number;
}

/** Every facet in one word. */
export const ONE_WORD: WorldShape = { subdivisions: 24, audiences: 18, themes: 14, channels: 24, inOneCell: 0 };
/** As the largest countries and taxonomies are: three words of places, two of channels. */
export const SEVERAL_WORDS: WorldShape = { ...ONE_WORD, subdivisions: 84, channels: 40 };
/** Half of everything in one country. */
export const HALF_IN_ONE: WorldShape = { ...ONE_WORD, inOneCell: 0.5 };

const COUNTRIES = 45;
const CORRIDORS = 14;
const LEGS = 4;
const FIVE_YEARS = 5 * 365;
const LONGEST_DAYS = 548;
const MEDIAN_DAYS = 90;

export interface World {
  readonly footprints: readonly Footprint[];
  readonly terrain: Terrain;
}

/**
 * Footprints skewed as in life: few countries and subdivisions hold most (Zipf), five in a hundred actors own half, and they last from
 * three days to 18 months (log-normal) over five years. The same seed, the same world.
 */
export function makeFootprints(count: number, seed: number, shape: WorldShape = ONE_WORD): World {
  const random = seeded(seed);
  const actors = Math.max(20, Math.floor(count / 50));
  const corridors = Array.from({ length: CORRIDORS }, (_, bit) => corridor(random, bit));
  const some = (codes: number, most: number): FacetSet =>
    facetSet(Array.from({ length: 1 + random.below(most) }, () => random.zipf(codes)));
  const footprints = Array.from({ length: count }, (_, index): Footprint => {
    const start = 20_454 + random.below(FIVE_YEARS);
    const days = Math.min(LONGEST_DAYS, Math.max(3, Math.round(random.logNormal(MEDIAN_DAYS, 0.9))));
    const owner = random.next() < 0.5 ? random.below(Math.ceil(actors / 20)) : random.below(actors);
    return {
      id: `prg_bench${String(index).padStart(13, '0')}`,
      ancestors: [],
      owner: `act_${String(owner)}`,
      partners: [],
      publicBody: random.next() < 0.3,
      committed: random.next() < 0.3,
      tentative: false,
      days: dayRange(epochDay(start), epochDay(start + days)),
      places: places(random, shape),
      corridors: random.next() < 0.3 ? facetSet([random.zipf(CORRIDORS)]) : facetSet([]),
      audiences: some(shape.audiences, 3),
      themes: some(shape.themes, 2),
      channels: some(shape.channels, 3),
      languages: some(20, 2),
      deters: facetSet([]),
      protects: facetSet([]),
      facts: [],
    };
  });
  return { footprints, terrain: { corridors, insights: [] } };
}

function corridor(random: Random, bit: number): Corridor {
  const countries = new Set<number>();
  while (countries.size < LEGS) countries.add(random.below(COUNTRIES));
  const roles = ['origin', 'transit', 'destination', 'return'] as const;
  return {
    bit,
    code: `corridor_${String(bit)}`,
    legs: [...countries].map((country, at) => ({ country, role: roles[at % roles.length] ?? 'origin' })),
    themes: facetSet([random.zipf(16)]),
    languages: facetSet([]),
    season: null,
  };
}

function places(random: Random, { subdivisions, inOneCell }: WorldShape): Place[] {
  if (random.next() < inOneCell) return [{ country: 0, subdivision: 0 }];
  return Array.from({ length: 1 + random.below(3) }, () => random.zipf(COUNTRIES)).flatMap((country) =>
    // Every third is in a whole country; the others in one to four of its subdivisions.
    random.next() < 0.33
      ? [{ country, subdivision: 0 }]
      : Array.from({ length: 1 + random.below(4) }, () => ({ country, subdivision: 1 + random.zipf(subdivisions) })),
  );
}
