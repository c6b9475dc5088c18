import fc from 'fast-check';
import {
  facetSet,
  OPEN_END,
  type Corridor,
  type CountryRole,
  type Footprint,
  type Insight,
  type Terrain,
} from '../../../engine/index.ts';
import { footprint, range } from './build.ts';

/** A small world on purpose: few countries, actors and terms, so that everything meets everything; and numbers beyond one and two words. */
const COUNTRIES = [0, 1, 2, 200];
const SUBDIVISIONS = [0, 0, 1, 31, 32, 85];
const TERMS = [0, 31, 32, 70];
const ACTORS = ['ant', 'bee', 'cat', 'dog', 'eel'];
const CORRIDORS = [0, 1, 5, 40];
const ROLES: readonly CountryRole[] = ['origin', 'transit', 'destination', 'return'];

export interface World {
  readonly footprints: readonly Footprint[];
  readonly terrain: Terrain;
}

const country = fc.constantFrom(...COUNTRIES);
const term = fc.constantFrom(...TERMS);
const terms = fc
  .oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 5, arbitrary: fc.array(term, { minLength: 1, maxLength: 3, size: 'max' }) },
  )
  .map(facetSet);
const place = fc.record({ country, subdivision: fc.constantFrom(...SUBDIVISIONS) });

const corridorOf = (bit: number): fc.Arbitrary<Corridor> =>
  fc.record({
    bit: fc.constant(bit),
    code: fc.constant(`corridor-${bit}`),
    legs: fc.array(fc.record({ country, role: fc.constantFrom(...ROLES) }), {
      minLength: 1,
      maxLength: 5,
      size: 'max',
    }),
    themes: terms,
    languages: terms,
    season: fc.option(
      fc.record({ fromMonth: fc.integer({ min: 1, max: 12 }), toMonth: fc.integer({ min: 1, max: 12 }) }),
    ),
  });

const insight: fc.Arbitrary<Omit<Insight, 'id'>> = fc.record({
  kind: fc.constantFrom('information_way', 'unmet_need', 'trend'),
  place: fc.option(place),
  corridor: fc.option(fc.constantFrom(...CORRIDORS)),
  audience: term,
  themes: terms,
  days: fc.option(
    fc
      .tuple(fc.integer({ min: -100, max: 300 }), fc.integer({ min: 1, max: 200 }))
      .map(([start, length]) => range(start, start + length)),
  ),
  channels: fc.array(fc.record({ channel: term, weight: fc.constantFrom(0.1, 0.25, 0.6) }), {
    maxLength: 3,
    size: 'max',
  }),
});

export const terrains: fc.Arbitrary<Terrain> = fc.record({
  corridors: fc
    .subarray(CORRIDORS, { minLength: 1 })
    .chain((bits) => fc.tuple(...bits.map(corridorOf)))
    .chain((corridors) => fc.shuffledSubarray(corridors, { minLength: corridors.length })),
  insights: fc
    .array(insight, { maxLength: 12, size: 'max' })
    .map((list) => list.map((one, at) => ({ ...one, id: `i${at}` }))),
});

const unrelated = fc
  .record({
    owner: fc.constantFrom(...ACTORS),
    partners: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(ACTORS, { maxLength: 1 }) },
    ),
    publicBody: fc.boolean(),
    committed: fc.boolean(),
    tentative: fc.boolean(),
    start: fc.integer({ min: 0, max: 60 }),
    length: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 3, max: 60 }) },
      { weight: 1, arbitrary: fc.constant(OPEN_END) },
    ),
    places: fc.array(place, { maxLength: 3, size: 'max' }),
    corridors: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(CORRIDORS, { maxLength: 2 }) },
    ),
    audiences: terms,
    themes: terms,
    channels: terms,
    languages: terms,
    deters: terms,
    protects: terms,
    /** Which earlier footprint it is a part of, if any. */
    parent: fc.option(fc.nat(), { freq: 3 }),
  })
  .map(({ start, length, corridors, parent, ...rest }) => ({
    parent,
    footprint: {
      ...footprint({}),
      ...rest,
      corridors: facetSet(corridors),
      days: range(start, Math.min(start + length, OPEN_END)),
    },
  }));

/** Footprints in families of up to three generations, with ids whose order is not that of their dates. */
export const footprintLists = (size: { minLength?: number; maxLength: number }): fc.Arbitrary<Footprint[]> =>
  fc.array(unrelated, { ...size, size: 'max' }).map((list) => {
    const placed: Footprint[] = [];
    list.forEach(({ parent, footprint: child }, at) => {
      const above = parent === null || at === 0 ? undefined : placed[parent % at];
      const ancestors = above === undefined || above.ancestors.length > 1 ? [] : [above.id, ...above.ancestors];
      placed.push({ ...child, id: `f${(at * 7919) % 1009}`, ancestors });
    });
    return placed;
  });

export const worlds = (maxLength: number, minLength = 0): fc.Arbitrary<World> =>
  fc.record({ footprints: footprintLists({ minLength, maxLength }), terrain: terrains });

/** Runs are repeatable: the same worlds every time. */
export const RUN = { seed: 20260301, numRuns: 300 };
