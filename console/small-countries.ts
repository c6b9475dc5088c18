import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { geoCentroid } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

type World = Topology<{ countries: GeometryCollection }>;

const MODULE = 'virtual:small-countries';

/**
 * Where the countries are that coarse outlines leave out: islands and cities, a dot each on the map. Read from the finer outlines when
 * the page is built, because those weigh six times as much as the coarse ones, and only say more of what nobody can see.
 */
export function smallCountries(): Plugin {
  return {
    name: 'small-countries',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: async (id) => {
      if (id !== `\0${MODULE}`) return null;
      const [coarse, fine] = await Promise.all([readWorld('110m'), readWorld('50m')]);
      const drawn = new Set(coarse.objects.countries.geometries.map((country) => country.id));
      const points = feature(fine, fine.objects.countries).features.flatMap((country) =>
        country.id === undefined || drawn.has(country.id) ? [] : [[country.id, geoCentroid(country).map(toTenths)]],
      );
      return `export default ${JSON.stringify(points)};`;
    },
  };
}

async function readWorld(scale: '110m' | '50m'): Promise<World> {
  const file = createRequire(import.meta.url).resolve(`world-atlas/countries-${scale}.json`);
  return JSON.parse(await readFile(file, 'utf8')) as World;
}

const toTenths = (degrees: number): number => Math.round(degrees * 10) / 10;
