import type pg from 'pg';
import { bitsOf, type Footprint } from '../../engine/index.ts';
import { makeFootprints, ONE_WORD } from './footprints.ts';
import { dateOf, insert, type RegistrySize, type Row } from './registry.ts';

/** Footprints that are objects at a time. */
const CHUNK = 20_000;
const NOW = '2026-01-01T00:00:00Z';

/**
 * Fills an empty hub with programmes whose footprints are those of the engine's world, in the hub's own codes: as many meet, and all of
 * their facets take one word. Written past the services, as the owner of the tables.
 */
export async function writeMatchingRegistry(client: pg.Client, { entries, seed }: RegistrySize): Promise<void> {
  const codes = await readCodes(client);
  for (let from = 0; from < entries; from += CHUNK) {
    const { footprints } = makeFootprints(Math.min(CHUNK, entries - from), seed + from, ONE_WORD);
    const ownerOf = ({ owner }: Footprint): string => `act_bench${owner.slice(4)}x${String(from)}`;
    const owners = [...new Set(footprints.map(ownerOf))];
    await insert(client, 'actor', owners.length, (index) => ({
      ...{ id: owners[index], name: `Actor ${String(index)}`, kind: KINDS[index % KINDS.length] },
      ...{ legal_status: 'registered', bali_role: 'none', vetting: 'verified', ...STAMP },
    }));
    await insert(client, 'programme', footprints.length, (index) => {
      const footprint = footprints[index];
      return footprint === undefined ? {} : toProgramme(footprint, index + from, ownerOf(footprint), codes);
    });
  }
  await client.query('analyze');
}

const KINDS = ['state_national', 'national_ngo', 'ingo', 'intergovernmental', 'media'];
const STAMP = { version: 1, created_at: NOW, updated_at: NOW };

interface Codes {
  /** Of each country its code, then those of its subdivisions whose bits are in the first word. */
  readonly places: readonly (readonly string[])[];
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
}

function toProgramme(footprint: Footprint, index: number, owner: string, codes: Codes): Row {
  const named = (list: readonly string[], bits: readonly number[]): string[] => [
    ...new Set(bits.flatMap((bit) => list[bit % list.length] ?? [])),
  ];
  const places = footprint.places.flatMap(({ country, subdivision }) => {
    const [whole, ...parts] = codes.places[country % codes.places.length] ?? [];
    return subdivision === 0 ? (whole ?? []) : (parts[subdivision % parts.length] ?? whole ?? []);
  });
  const corridors = named(codes.corridors, bitsOf(footprint.corridors));
  return {
    id: `prg_bench${String(index).padStart(13, '0')}`,
    owner_id: owner,
    name: `Programme ${String(index)}`,
    starts_on: dateOf(footprint.days.start),
    ends_on: dateOf(footprint.days.end - 1),
    places: [...new Set(places)],
    countries: [...new Set(places.map((place) => place.slice(0, 2)))],
    stated_corridors: corridors,
    corridors,
    audiences: named(codes.audiences, bitsOf(footprint.audiences)),
    themes: named(codes.themes, bitsOf(footprint.themes)),
    channels: named(codes.channels, bitsOf(footprint.channels)),
    ...STAMP,
  };
}

async function readCodes(client: pg.Client): Promise<Codes> {
  const { rows } = await client.query<{ codes: Codes }>(`
    select json_build_object(
      'places', (select json_agg(places order by country) from (
        select c.code as country, array_agg(p.code order by p.kind = 'country' desc, p.bit) as places
        from app.place c join app.place p on p.country = c.code and (p.code = c.code or p.kind = 'subdivision' and p.bit between 1 and 30)
        where c.kind = 'country' group by c.code having count(*) > 5 order by c.code limit 45) as country),
      'corridors', (select json_agg(code order by bit) from app.corridor),
      'audiences', ${terms('audience')}, 'themes', ${terms('theme')}, 'channels', ${terms('channel')}) as codes`);
  const [row] = rows;
  if (row === undefined) throw new Error('the vocabulary gave no row');
  return row.codes;
}

/** The codes whose bits are in the first word. */
const terms = (kind: string): string =>
  `(select json_agg(code order by bit) from app.term where kind = '${kind}' and bit between 0 and ${kind === 'channel' ? '31' : '15'})`;
