import {
  dayRange,
  emptySet,
  epochDay,
  facetSet,
  type Corridor,
  type CountryRole,
  type DayRange,
  type Footprint,
  type Insight,
  type Place,
  type Terrain,
} from '../../../engine/index.ts';

/** What a test says of a footprint; what it does not say is not stated. Places are `[country]` or `[country, subdivision]`. */
export interface FootprintSketch {
  readonly id?: string;
  readonly owner?: string;
  readonly days?: readonly [start: number, end: number];
  readonly places?: readonly (readonly [country: number, subdivision?: number])[];
  readonly ancestors?: readonly string[];
  readonly partners?: readonly string[];
  readonly publicBody?: boolean;
  readonly committed?: boolean;
  readonly tentative?: boolean;
  readonly corridors?: readonly number[];
  readonly audiences?: readonly number[];
  readonly themes?: readonly number[];
  readonly channels?: readonly number[];
  readonly languages?: readonly number[];
  readonly deters?: readonly number[];
  readonly protects?: readonly number[];
  readonly facts?: Footprint['facts'];
}

export function footprint(sketch: FootprintSketch): Footprint {
  const { id = 'x', owner = `owner of ${id}`, days = [0, 30], places = [] } = sketch;
  return {
    id,
    owner,
    ancestors: sketch.ancestors ?? [],
    partners: sketch.partners ?? [],
    publicBody: sketch.publicBody ?? false,
    committed: sketch.committed ?? false,
    tentative: sketch.tentative ?? false,
    days: range(...days),
    places: places.map(([country, subdivision = 0]): Place => ({ country, subdivision })),
    corridors: facetSet(sketch.corridors ?? []),
    audiences: facetSet(sketch.audiences ?? []),
    themes: facetSet(sketch.themes ?? []),
    channels: facetSet(sketch.channels ?? []),
    languages: facetSet(sketch.languages ?? []),
    deters: facetSet(sketch.deters ?? []),
    protects: facetSet(sketch.protects ?? []),
    facts: sketch.facts ?? [],
  };
}

/** An insight about one audience everywhere and always, unless the test says otherwise. */
export function insight(sketch: Pick<Insight, 'kind' | 'audience'> & Partial<Insight>): Insight {
  return { id: 'ins', place: null, corridor: null, themes: emptySet, days: null, channels: [], ...sketch };
}

export function range(start: number, end: number): DayRange {
  return dayRange(epochDay(start), epochDay(end));
}

export function corridor(
  bit: number,
  legs: readonly (readonly [country: number, role: CountryRole])[],
  themes: readonly number[],
  rest: Partial<Pick<Corridor, 'languages' | 'season' | 'code'>> = {},
): Corridor {
  return {
    bit,
    code: `corridor-${bit}`,
    legs: legs.map(([country, role]) => ({ country, role })),
    themes: facetSet(themes),
    languages: emptySet,
    season: null,
    ...rest,
  };
}

export const flatland: Terrain = { corridors: [], insights: [] };
