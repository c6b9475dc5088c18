import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Release } from '../access/release.ts';
import { recordReleases } from '../access/release-audit.ts';
import { keepExactPlaces, readExactPlaces, toParent, withExact } from './exact-place.rows.ts';
import { type FacetColumns, toFacets } from './inherit.ts';
import { type Parent, resolveHolder } from './resolve-holder.ts';
import type { StatedFootprint } from './stated-footprint.ts';

/** A table and the column by which its rows point at their parents. */
interface Level {
  readonly table: string;
  readonly parent: string;
  readonly below: Level | null;
}

const ENTRIES: Level = { table: 'calendar_entry', parent: 'campaign_id', below: null };
const CAMPAIGNS: Level = { table: 'campaign', parent: 'programme_id', below: ENTRIES };

/** The columns that follow from the parent, in the order of the statement that writes them, with their types. */
const COLUMNS = {
  places: ['places', 'text[]'],
  countries: ['countries', 'text[]'],
  corridors: ['corridors', 'text[]'],
  statedCorridors: ['stated_corridors', 'text[]'],
  audiences: ['audiences', 'text[]'],
  themes: ['themes', 'text[]'],
  channels: ['channels', 'text[]'],
  languages: ['languages', 'text[]'],
  inherited: ['inherited', 'text[]'],
  visibility: ['visibility', 'text'],
  matching: ['matching', 'text'],
  placePrecision: ['place_precision', 'text'],
  stated: ['stated', 'jsonb'],
} as const satisfies Record<keyof FacetColumns | keyof Release | 'stated', readonly [string, string]>;

type Row = FacetColumns &
  Release & {
    readonly id: string;
    readonly parentId: string;
    readonly ownerId: string;
    readonly ownerKind: string;
    readonly stated: StatedFootprint;
    readonly statedRelease: Partial<Release>;
  };

/** Passes what a programme gives down to its campaigns and their entries. The caller has locked the programme. */
export function passDownFromProgramme(work: Work, id: string, given: Parent, vocabulary: Vocabulary): Promise<void> {
  return passDown(work, CAMPAIGNS, new Map([[id, given]]), vocabulary);
}

/** Passes what a campaign gives down to its entries. The caller has locked the campaign. */
export function passDownFromCampaign(work: Work, id: string, given: Parent, vocabulary: Vocabulary): Promise<void> {
  return passDown(work, ENTRIES, new Map([[id, given]]), vocabulary);
}

/**
 * Gives a campaign that states no days the span of its entries that are not cancelled; without any it is undated. The caller has
 * locked the campaign. @returns whether its days changed.
 */
export async function dateByEntries(work: Work, campaignId: string): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`select app.date_by_entries(${campaignId}) as changed`.execute(
    work.em.getKysely(),
  );
  return rows[0]?.changed === true;
}

/**
 * Three statements a level, however many records, and one for each whose places are kept beside its row: read those below, write
 * those that differ. Always from the top down and by id, so that two changes never wait for each other. Versions stay: what a
 * record inherits is no change of its own.
 */
async function passDown(
  work: Work,
  level: Level,
  parents: ReadonlyMap<string, Parent>,
  vocabulary: Vocabulary,
): Promise<void> {
  if (parents.size === 0) return;
  const db = work.em.getKysely();
  const names = Object.entries(COLUMNS);
  const columns = sql.join(names.map(([name, [column]]) => sql`holder.${sql.ref(column)} as ${sql.ref(name)}`));
  const { rows } = await sql<Row>`
    select holder.id, holder.${sql.ref(level.parent)} as "parentId", holder.owner_id as "ownerId", actor.kind as "ownerKind",
      stated_release as "statedRelease", ${columns}
    from ${sql.table(level.table)} as holder join actor on actor.id = holder.owner_id
    where holder.${sql.ref(level.parent)} = any(${[...parents.keys()]}) order by holder.id for no key update of holder`.execute(
    db,
  );
  const exact = await readExactPlaces(
    work,
    rows.map(({ id }) => id),
  );
  const changed = rows.flatMap((row) => {
    const { id, parentId, ownerId, ownerKind, statedRelease, ...stored } = row;
    const stated = withExact(row.stated, exact.get(id) ?? null);
    const resolved = resolveHolder(
      { ownerId, ownerKind, stated, statedRelease },
      parents.get(parentId) ?? null,
      vocabulary,
    );
    const after = { ...resolved.columns, ...resolved.release, stated: resolved.stated };
    const isSame = isDeepStrictEqual(after, stored) && isDeepStrictEqual(resolved.exact, exact.get(id) ?? null);
    return isSame ? [] : [{ id, ownerId, resolved, before: stored, after }];
  });
  if (changed.length === 0) return;
  const types = sql.join(names.map(([name, [, type]]) => sql`${sql.ref(name)} ${sql.raw(type)}`));
  const assignments = sql.join(names.map(([name, [column]]) => sql`${sql.ref(column)} = given.${sql.ref(name)}`));
  const given = changed.map(({ id, after }) => ({ id, ...after }));
  await sql`update ${sql.table(level.table)} as holder set ${assignments}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (id text, ${types}) where holder.id = given.id`.execute(
    db,
  );
  for (const { id, ownerId, resolved } of changed) await keepExactPlaces(work, { id, ownerId }, resolved.exact);
  await recordReleases(work, changed);
  if (!level.below) return;
  const next = changed.map(({ id, ownerId, resolved }): [string, Parent] => [
    id,
    toParent(ownerId, toFacets(resolved.columns), resolved.release, resolved.exact),
  ]);
  await passDown(work, level.below, new Map(next), vocabulary);
}
