import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { type FacetColumns, type Facets, inherit, toFacets } from './inherit.ts';
import type { StatedFootprint } from './stated-footprint.ts';

/** A table and the column by which its rows point at their parents. */
interface Level {
  readonly table: string;
  readonly parent: string;
  readonly below: Level | null;
}

const ENTRIES: Level = { table: 'calendar_entry', parent: 'campaign_id', below: null };
const CAMPAIGNS: Level = { table: 'campaign', parent: 'programme_id', below: ENTRIES };

/** The columns of `FacetColumns` in the order of the statement that writes them. */
const COLUMNS = {
  places: 'places',
  countries: 'countries',
  corridors: 'corridors',
  statedCorridors: 'stated_corridors',
  audiences: 'audiences',
  themes: 'themes',
  channels: 'channels',
  languages: 'languages',
  inherited: 'inherited',
} as const satisfies Record<keyof FacetColumns, string>;

type Row = FacetColumns & { readonly id: string; readonly parentId: string; readonly stated: StatedFootprint };

/** Passes the lists of a programme down to its campaigns and their entries. The caller has locked the programme. */
export function passDownFromProgramme(
  work: Work,
  id: string,
  columns: FacetColumns,
  vocabulary: Vocabulary,
): Promise<void> {
  return passDown(work, CAMPAIGNS, new Map([[id, toFacets(columns)]]), vocabulary);
}

/** Passes the lists of a campaign down to its entries. The caller has locked the campaign. */
export function passDownFromCampaign(
  work: Work,
  id: string,
  columns: FacetColumns,
  vocabulary: Vocabulary,
): Promise<void> {
  return passDown(work, ENTRIES, new Map([[id, toFacets(columns)]]), vocabulary);
}

/**
 * Gives a campaign that states no days the span of its entries that are not cancelled; without any it is undated. The caller has
 * locked the campaign. @returns whether its days changed.
 */
export async function dateByEntries(work: Work, campaignId: string): Promise<boolean> {
  const { rows } = await sql`
    update campaign set starts_on = span.starts_on, ends_on = span.ends_on
    from (select min(starts_on) as starts_on, case when bool_and(ends_on is not null) then max(ends_on) end as ends_on
      from calendar_entry where campaign_id = ${campaignId} and status <> 'cancelled') as span
    where id = ${campaignId} and stated -> 'days' is null
      and (campaign.starts_on, campaign.ends_on) is distinct from (span.starts_on, span.ends_on)
    returning id`.execute(work.em.getKysely());
  return rows.length > 0;
}

/**
 * Two statements a level, however many records: read those below, write those whose lists changed. Always from the top down and by
 * id, so that two changes never wait for each other. Versions stay: what a record inherits is no change of its own.
 */
async function passDown(
  work: Work,
  level: Level,
  parents: ReadonlyMap<string, Facets>,
  vocabulary: Vocabulary,
): Promise<void> {
  if (parents.size === 0) return;
  const db = work.em.getKysely();
  const names = Object.entries(COLUMNS);
  const columns = sql.join(names.map(([name, column]) => sql`${sql.ref(column)} as ${sql.ref(name)}`));
  const { rows } =
    await sql<Row>`select id, ${sql.ref(level.parent)} as "parentId", stated, ${columns} from ${sql.table(level.table)}
    where ${sql.ref(level.parent)} = any(${[...parents.keys()]}) order by id for no key update`.execute(db);
  const changed = rows.flatMap((row) => {
    const { id, parentId, stated, ...stored } = row;
    const inherited = inherit(stated, parents.get(parentId) ?? null, vocabulary);
    return isDeepStrictEqual(inherited, stored) ? [] : [{ id, ...inherited }];
  });
  if (changed.length === 0) return;
  const types = sql.join(names.map(([name]) => sql`${sql.ref(name)} text[]`));
  const assignments = sql.join(names.map(([name, column]) => sql`${sql.ref(column)} = given.${sql.ref(name)}`));
  await sql`update ${sql.table(level.table)} as holder set ${assignments}
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as given (id text, ${types}) where holder.id = given.id`.execute(
    db,
  );
  if (level.below) {
    await passDown(work, level.below, new Map(changed.map((row) => [row.id, toFacets(row)])), vocabulary);
  }
}
