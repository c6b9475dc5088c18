import type { Feature } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

interface Told {
  readonly name: string;
  readonly also: readonly string[];
}

/** A first subdivision as Natural Earth draws it; made by `console/outlines`. */
export interface Subdivision {
  readonly code: string;
  readonly name: string;
  /** Codes of what lies in it, and of what it lies in. */
  readonly also: ReadonlySet<string>;
  readonly outline: Feature;
}

const ADDRESSES = import.meta.glob<string>('./subdivisions/*.json', { query: '?url', import: 'default', eager: true });

/** The first subdivisions of a country, fetched from the hub's own files; none where no outlines are known. */
export async function loadSubdivisions(country: string, signal: AbortSignal): Promise<readonly Subdivision[]> {
  const address = ADDRESSES[`./subdivisions/${country}.json`];
  if (address === undefined) return [];
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error('no outlines');
  const drawn = (await answer.json()) as Topology<{ parts: GeometryCollection<Told> }>;
  return feature(drawn, drawn.objects.parts).features.map((outline) => ({
    code: String(outline.id),
    name: outline.properties.name,
    also: new Set(outline.properties.also),
    outline,
  }));
}
