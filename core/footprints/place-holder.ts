import { type Release, restateRelease } from '../access/release.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { keepExactPlaces, type StoredHolder, toParent } from './exact-place.rows.ts';
import type { HolderChanges } from './holder.input.ts';
import { kindOfOwner } from './holder.rules.ts';
import { type FacetColumns, toFacets } from './inherit.ts';
import { type ExactPlaces, type Parent, resolveHolder } from './resolve-holder.ts';
import type { StatedFootprint } from './stated-footprint.ts';

/** What a record's owner says about it, joined to what it is a part of. */
export interface PlacedHolder {
  /** The columns that follow. */
  readonly columns: FacetColumns &
    Release & { readonly stated: StatedFootprint; readonly statedRelease: Partial<Release> };
  /** What its row may not say, to be kept beside it once the row is there. */
  readonly exact: ExactPlaces | null;
  /** What it is to those inside it. */
  readonly asParent: Parent;
}

/** Places a new record. @param stated its footprint as its owner states it @param above what it becomes a part of, if anything */
export function placeHolder(
  record: {
    readonly ownerId: string;
    readonly ownerKind: string;
    readonly stated: StatedFootprint;
    /** As stored before; nothing of a new one. */
    readonly statedRelease?: Partial<Release>;
    readonly release: HolderChanges['release'];
  },
  above: Parent | null,
  vocabulary: Vocabulary,
): PlacedHolder {
  const { ownerId, ownerKind } = record;
  const statedRelease = restateRelease(record.statedRelease ?? {}, record.release);
  const resolved = resolveHolder({ ownerId, ownerKind, stated: record.stated, statedRelease }, above, vocabulary);
  const { stated, columns, release, exact } = resolved;
  return {
    columns: { stated, statedRelease, ...columns, ...release },
    exact,
    asParent: toParent(ownerId, toFacets(columns), release, exact),
  };
}

/** Places a stored record anew, after its owner changed what it states or what it is a part of. */
export async function placeAnew(
  work: Work,
  holder: StoredHolder,
  { stated, release }: { readonly stated: StatedFootprint; readonly release: HolderChanges['release'] },
  above: Parent | null,
  vocabulary: Vocabulary,
): Promise<Parent> {
  const { ownerId, statedRelease } = holder;
  const ownerKind = await kindOfOwner(work, ownerId);
  const placed = placeHolder({ ownerId, ownerKind, stated, statedRelease, release }, above, vocabulary);
  Object.assign(holder, placed.columns);
  await keepExactPlaces(work, holder, placed.exact);
  return placed.asParent;
}
