import type { EntityManager } from '@mikro-orm/postgresql';
import type { Overlap, Partner, Terrain } from '../../engine/index.ts';
import type { ReleasableFootprint } from '../footprints/to-footprint.ts';
import { bestOf, type Listed, mayEnter, renewBestList } from './best-list.ts';
import { type OverlapView, pairKey, pairOf } from './overlap.rows.ts';
import { readListers } from './overlap.store.ts';
import { type ReadingDesk, readFamilies, readMeeting, Surroundings } from './surroundings.ts';

/** Two footprints and what has been measured of them. */
export interface Measured {
  readonly strength: number;
  /** All there is to say of their overlap, worked out when it is asked for: of most pairs it is not. */
  readonly describe: () => Overlap;
  /** The one in whose list the other is. */
  readonly one: ReleasableFootprint;
  readonly other: ReleasableFootprint;
}

/** The best lists that a change may have changed in one view, and all that is needed to store them. */
export interface RenewedLists {
  readonly view: OverlapView;
  /** By the id of the footprint that lists. */
  readonly lists: ReadonlyMap<string, readonly Listed[]>;
  /** The same as they are stored; those that hold nothing may be absent. */
  readonly before: ReadonlyMap<string, readonly Listed[]>;
  /** What was measured on the way, by pair: at least what is new in a list, and every listed pair that a changed footprint is in. */
  readonly measured: ReadonlyMap<string, Measured>;
}

const ALL = { k: Infinity, perOwner: Infinity } as const;

/**
 * Works out the best lists of a view after some footprints have changed; equal to working out all lists anew.
 *
 * A change of `c` bears on the overlaps of its family F: of itself, and of its ancestors, for whether an overlap of theirs is listed
 * depends on those of their parts. So the lists of F are made anew; and of all others only those can change that list one of F,
 * or that one of F has an overlap with now. Most of these follow from what is stored (`renewBestList`). A list in which one of F
 * has lost its place may have room for somebody it does not hold: then it is made anew as well.
 */
export async function renewLists(
  desk: ReadingDesk,
  view: OverlapView,
  changed: readonly string[],
  terrain: Terrain,
): Promise<RenewedLists> {
  const { em } = desk;
  const family = await readFamilies(em, changed);
  const familyIds = new Set(family);
  const around = await Surroundings.read(desk, view, family, terrain);
  const lists = new Map<string, readonly Listed[]>();
  const measured = new Map<string, Measured>();
  const keep = (id: string, found: readonly Measured[]): void => {
    lists.set(id, bestOf(found.map(toEntry)));
    for (const one of found) measured.set(pairKey(pairOf(view, id, one.other.id)), one);
  };
  const ofFamily = new Map(family.map((id) => [id, measuredOf(around, id, around.rank(id, ALL))]));
  for (const [id, found] of ofFamily) keep(id, found);

  const given = view === 'own' ? await givenToOthers(em, around, family) : mirrored([...ofFamily.values()].flat());
  const listers = await readListers(em, view, family);
  const partners = new Set(listers);
  for (const [id, end] of await desk.ends(
    view,
    [...given.keys()].filter((other) => !partners.has(other)),
  ))
    if (given.get(id)?.some(({ strength }) => mayEnter(strength, end))) partners.add(id);
  const before = await desk.lists(view, [...family, ...partners]);
  const uncertain: string[] = [];
  for (const partner of partners) {
    if (familyIds.has(partner)) continue;
    const entries = given.get(partner) ?? [];
    const renewed = renewBestList(before.get(partner) ?? [], familyIds, entries.map(toEntry));
    if (renewed === null) uncertain.push(partner);
    else lists.set(partner, renewed);
    for (const one of entries) measured.set(pairKey(pairOf(view, partner, one.other.id)), one);
  }
  if (uncertain.length > 0) {
    const aroundThem = await Surroundings.read(desk, view, uncertain, terrain);
    for (const id of uncertain) keep(id, measuredOf(aroundThem, id, aroundThem.rank(id)));
  }
  return { view, lists, before, measured };
}

/** What others' lists could hold of a family when both sides compare the same two forms: what the family's hold of them. */
function mirrored(found: readonly Measured[]): Map<string, Measured[]> {
  return Map.groupBy(
    found.map(({ one, other, ...measured }) => ({ ...measured, one: other, other: one })),
    ({ one }) => one.id,
  );
}

/** What others' own lists could hold of a family: each measured from their side, for they know themselves as nobody else does. */
async function givenToOthers(
  em: EntityManager,
  around: Surroundings,
  family: readonly string[],
): Promise<Map<string, Measured[]>> {
  const meeting = await readMeeting(em, family);
  for (const id of family) meeting.delete(id);
  const all = await around.joinedBy([...meeting.keys()]);
  const members = new Set(family);
  const given = new Map<string, Measured[]>();
  for (const [id, met] of meeting) {
    const found = measuredOf(all, id, all.rankAmong(id, all.withParts(met), ALL));
    const ofFamily = found.filter(({ other }) => members.has(other.id));
    if (ofFamily.length > 0) given.set(id, ofFamily);
  }
  return given;
}

/** What has been weighed of some partners of a footprint. */
export function measuredOf(around: Surroundings, id: string, partners: readonly Partner[]): Measured[] {
  const one = around.lister(id);
  if (one === null) return [];
  return partners.flatMap(({ footprint, strength, describe }) => {
    const other = around.face(footprint.id, one.owner);
    return other === null ? [] : [{ strength, describe, one, other }];
  });
}

/** An overlap as an entry of the list of the one that has it. */
export function toEntry({ strength, other }: Measured): Listed {
  return { other: other.id, owner: other.owner, strength };
}
