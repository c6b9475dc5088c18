import { RULES } from '../../engine/index.ts';

/** An entry of a footprint's best list: the other footprint and what decides its place. */
export interface Listed {
  readonly other: string;
  readonly owner: string;
  /** 0 to 1. */
  readonly strength: number;
}

const { keep, keepPerOwner } = RULES.ranking;

/** The best list that these entries give: by strength, the strongest first, then by id; at most 3 of one owner and 20 in all. */
export function bestOf(entries: readonly Listed[]): Listed[] {
  const best: Listed[] = [];
  const ofOwner = new Map<string, number>();
  for (const entry of [...entries].sort(compareListed)) {
    if (best.length >= keep) break;
    const count = ofOwner.get(entry.owner) ?? 0;
    if (count >= keepPerOwner) continue;
    ofOwner.set(entry.owner, count + 1);
    best.push(entry);
  }
  return best;
}

/** How long a best list is, and how strong its weakest entry; 0 where it holds nothing. */
export interface ListEnd {
  readonly length: number;
  readonly weakest: number;
}

export function endOf(list: readonly Listed[]): ListEnd {
  return { length: list.length, weakest: list.at(-1)?.strength ?? 0 };
}

/** Whether an entry of this strength may find a place in a list that ends so and does not hold it; too often rather than too rarely. */
export function mayEnter(strength: number, { length, weakest }: ListEnd): boolean {
  return length < keep || strength >= weakest;
}

/**
 * A best list after some of the footprints it was chosen from have changed, without looking at the others again; null when that
 * cannot be known, because somebody who was left out may have a place now.
 * @param before the list as it was
 * @param changed the footprints that changed, listed or not
 * @param entries all entries that the changed ones now give
 */
export function renewBestList(
  before: readonly Listed[],
  changed: ReadonlySet<string>,
  entries: readonly Listed[],
): Listed[] | null {
  const renewed = bestOf([...before.filter(({ other }) => !changed.has(other)), ...entries]);
  return bars(before).every((bar) => stillHolds(bar, renewed)) ? renewed : null;
}

/** Whoever is not listed is worse than `worst`: because the list is full, or (with an owner) because its owner has its share. */
interface Bar {
  readonly owner: string | null;
  readonly worst: Listed;
}

function bars(list: readonly Listed[]): Bar[] {
  const found: Bar[] = [];
  const last = list.at(-1);
  if (last !== undefined && list.length >= keep) found.push({ owner: null, worst: last });
  for (const [owner, entries] of Map.groupBy(list, (entry) => entry.owner)) {
    const worst = entries.at(-1);
    if (worst !== undefined && entries.length >= keepPerOwner) found.push({ owner, worst });
  }
  return found;
}

function stillHolds({ owner, worst }: Bar, renewed: readonly Listed[]): boolean {
  const last = renewed.at(-1);
  const isFull = last !== undefined && renewed.length >= keep && compareListed(last, worst) <= 0;
  if (isFull || owner === null) return isFull;
  const ofOwner = renewed.filter((entry) => entry.owner === owner);
  const lastOfOwner = ofOwner.at(-1);
  return lastOfOwner !== undefined && ofOwner.length >= keepPerOwner && compareListed(lastOfOwner, worst) <= 0;
}

/** The better one first. Strength, then id in code-unit order: no two entries of one list are equal. */
export function compareListed(a: Listed, b: Listed): number {
  if (a.strength !== b.strength) return b.strength - a.strength;
  return a.other < b.other ? -1 : a.other > b.other ? 1 : 0;
}
