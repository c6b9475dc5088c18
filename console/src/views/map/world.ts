import { geoArea, geoCentroid, type GeoPermissibleObjects } from 'd3-geo';
import type { Feature, Geometry, MultiPolygon } from 'geojson';
import { iso31661NumericToAlpha2 } from 'iso-3166';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import small from 'virtual:small-countries';
import address from 'world-atlas/countries-110m.json?url';

export interface Country {
  /** ISO 3166-1 alpha-2; null: nobody's, or disputed. */
  readonly code: string | null;
  /** Null: too small for an outline. */
  readonly outline: Feature | null;
  /** Longitude and latitude of the middle of its largest part. */
  readonly middle: [number, number];
}

/** Countries as Natural Earth draws them, with a dot for each that is too small; fetched from the hub's own files. */
export async function loadWorld(signal: AbortSignal): Promise<readonly Country[]> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error('no outlines');
  const world = (await answer.json()) as Topology<{ countries: GeometryCollection }>;
  const drawn = feature(world, world.objects.countries).features.map((outline) => ({
    code: alpha2(outline.id),
    outline,
    middle: geoCentroid(largestPart(outline)),
  }));
  const dots = small.map(([id, middle]) => ({ code: alpha2(id), outline: null, middle }));
  return [...drawn, ...dots];
}

const alpha2 = (numeric: string | number | undefined): string | null =>
  iso31661NumericToAlpha2[String(numeric).padStart(3, '0')] ?? null;

/** France is in Europe, and the United States are not in the middle of the Pacific. */
function largestPart({ geometry }: Feature): GeoPermissibleObjects {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const parts = (geometry as MultiPolygon).coordinates.map((coordinates): Geometry => ({
    type: 'Polygon',
    coordinates,
  }));
  return parts.reduce((largest, part) => (geoArea(part) > geoArea(largest) ? part : largest));
}
