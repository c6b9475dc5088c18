import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Release } from '../access/release.ts';
import type { Holder } from './holder.entity.ts';
import { type Facets, toFacets } from './inherit.ts';
import type { ExactPlaces, Parent } from './resolve-holder.ts';
import type { StatedFootprint } from './stated-footprint.ts';

/** A stored record with the lists that its row shows. */
export type StoredHolder = Holder & Release & Parameters<typeof toFacets>[0];

/** What of these records is kept beside their rows, as far as the viewer may know it; by id. */
export async function readExactPlaces(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, ExactPlaces>> {
  const { rows } = await sql<ExactPlaces & { id: string }>`
    select subject_id as id, stated, places from exact_place where subject_id = any(${ids})`.execute(
    work.em.getKysely(),
  );
  return new Map(rows.map(({ id, stated, places }) => [id, { stated, places }]));
}

/** What a record's owner stated, exact places included where the viewer may know them. */
export async function statedExactly(work: Work, holder: StoredHolder): Promise<StatedFootprint> {
  return withExact(holder.stated, (await readExactPlaces(work, [holder.id])).get(holder.id) ?? null);
}

export function withExact(stated: StatedFootprint, exact: ExactPlaces | null): StatedFootprint {
  if (exact === null) return stated;
  const others = Object.fromEntries(Object.entries(stated).filter(([facet]) => facet !== 'places'));
  return exact.stated === null ? others : { ...others, places: exact.stated };
}

/** A stored record as the parent of what is inside it. */
export async function asParent(work: Work, holder: StoredHolder): Promise<Parent> {
  const exact = (await readExactPlaces(work, [holder.id])).get(holder.id) ?? null;
  return toParent(holder.ownerId, toFacets(holder), holder, exact);
}

export function toParent(ownerId: string, facets: Facets, release: Release, exact: ExactPlaces | null): Parent {
  const { visibility, matching, placePrecision } = release;
  return { ownerId, facets, exactPlaces: exact?.places ?? null, release: { visibility, matching, placePrecision } };
}

/** Keeps where a record exactly is beside its row, or nothing where the row says it all. Whoever may not know what is kept leaves it. */
export async function keepExactPlaces(
  work: Work,
  subject: { readonly id: string; readonly ownerId: string },
  exact: ExactPlaces | null,
): Promise<void> {
  const db = work.em.getKysely();
  const { viewer } = work;
  const mayKnow = viewer.role === 'operator' || viewer.actorId === subject.ownerId;
  if (exact === null) {
    if (mayKnow) await sql`delete from exact_place where subject_id = ${subject.id}`.execute(db);
    return;
  }
  const { stated, places } = exact;
  const conflict = mayKnow
    ? sql`(subject_id) do update set owner_id = excluded.owner_id, stated = excluded.stated, places = excluded.places`
    : sql`do nothing`;
  await sql`insert into exact_place (subject_id, owner_id, stated, places)
    values (${subject.id}, ${subject.ownerId}, ${stated && [...stated]}, ${[...places]}) on conflict ${conflict}`.execute(
    db,
  );
}
