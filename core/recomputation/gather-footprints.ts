import { sql } from 'kysely';
import {
  type BookLimits,
  ColumnsGatherer,
  dayRange,
  epochDay,
  facetSet,
  type Footprint,
  type Gathered,
  type Terrain,
  WHOLE_COUNTRY,
} from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';

/** Footprints in memory as objects at a time. */
const BLOCK = 5_000;

/**
 * Lays out all footprints that match, as they are for their owners and as released, through a cursor: so many objects at a time that
 * they do not count. Give it a unit of work that sees one moment. About 0.2 kB a footprint stay.
 */
export async function gatherFootprints({ em }: Work, terrain: Terrain): Promise<Gathered> {
  const db = em.getKysely();
  const gatherer = new ColumnsGatherer(await readLimits(em), terrain);
  await sql`declare footprint_faces no scroll cursor for ${FACES}`.execute(db);
  for (;;) {
    const { rows } = await sql<{ faces: Faces }>`fetch ${sql.lit(BLOCK)} from footprint_faces`.execute(db);
    gatherer.addMeetable(rows.map(({ faces }) => toMeetable(faces)));
    gatherer.addLookers(rows.map(({ faces }) => toLooker(faces)));
    if (rows.length < BLOCK) break;
  }
  await sql`close footprint_faces`.execute(db);
  return gatherer.gather();
}

/** What searching reads of a face: days, then countries with subdivisions, stated corridors, audiences, themes, channels, languages. */
type Face = readonly [
  start: number,
  end: number,
  countries: readonly number[],
  subdivisions: readonly number[],
  ...facets: (readonly number[])[],
];

interface Faces {
  readonly id: string;
  readonly ancestors: readonly string[];
  readonly owner: string;
  readonly partners: readonly string[];
  readonly marks: readonly string[];
  readonly excludes: readonly string[];
  readonly open: boolean;
  readonly own: Face;
  /** Null: the same. */
  readonly released: Face | null;
}

const SEARCHED = [
  'start_day',
  'end_day',
  'place_countries',
  'place_subdivisions',
  'stated_corridors',
  'audiences',
  'themes',
  'channels',
  'languages',
] as const;

const FACES = sql`
  select json_build_object('id', subject_id, 'ancestors', ancestors, 'owner', owner_id, 'partners', partners, 'marks', owner_marks,
    'excludes', excludes, 'open', open, 'own', own, 'released', nullif(others, own)) as faces
  from (
    select *, jsonb_build_array(${sql.join(SEARCHED.map((name) => sql.ref(name)))}) as own,
      jsonb_build_array(${sql.join(SEARCHED.map((name) => sql`released -> ${sql.lit(name)}`))}) as others
    from footprint where matches and released is not null
  ) f order by (released ->> 'start_day')::int, subject_id`;

function toLooker({ own, released, marks, partners, ...footprint }: Faces) {
  return {
    footprint: toFootprint(footprint, [], own),
    marks,
    avoids: partners,
    isAsMet: released === null && partners.length === 0,
  };
}

function toMeetable({ own, released, excludes, open, partners, ...footprint }: Faces) {
  return { footprint: toFootprint(footprint, partners, released ?? own), refuses: excludes, open };
}

const NONE = facetSet([]);

/** As far as searching looks at it. */
function toFootprint(
  { id, ancestors, owner }: Pick<Faces, 'id' | 'ancestors' | 'owner'>,
  partners: readonly string[],
  face: Face,
): Footprint {
  const [start, end, countries, subdivisions, corridors, audiences, themes, channels, languages] = face;
  return {
    id,
    ancestors,
    owner,
    partners,
    days: dayRange(epochDay(start), epochDay(end)),
    places: countries.map((country, at) => ({ country, subdivision: subdivisions[at] ?? WHOLE_COUNTRY })),
    corridors: facetSet(corridors ?? []),
    audiences: facetSet(audiences ?? []),
    themes: facetSet(themes ?? []),
    channels: facetSet(channels ?? []),
    languages: facetSet(languages ?? []),
    ...{ publicBody: false, committed: false, tentative: false, deters: NONE, protects: NONE, facts: [] },
  };
}

/** A released form says nothing that the footprint does not say, so its limits are the footprint's. */
async function readLimits(em: Work['em']): Promise<BookLimits> {
  const bits = (facet: string) =>
    sql`${sql.lit(facet)}, 1 + coalesce(max(${sql.ref(facet)}[cardinality(${sql.ref(facet)})]), -1)`;
  const { rows } = await sql<{ limits: BookLimits }>`
    select json_build_object(
      'countries', (select coalesce(json_agg(distinct country), '[]') from footprint, unnest(place_countries) as country where matches),
      'subdivision', (select coalesce(max(subdivision), 0) from footprint, unnest(place_subdivisions) as subdivision where matches),
      'bits', json_build_object(${sql.join(['audiences', 'themes', 'channels', 'languages'].map(bits))})) as limits
    from footprint where matches`.execute(em.getKysely());
  const [row] = rows;
  if (row === undefined) throw new Error('an aggregate gave no row');
  return row.limits;
}
