import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { measure } from '../../engine/index.ts';
import { footprintIdsIn } from '../footprints/footprint.service.ts';
import { inChunks } from '../in-chunks.ts';
import { bestOf, type Listed } from './best-list.ts';
import type { FoundList, FoundLists } from './found-lists.ts';
import { type Faces, readFacesOf } from './matching-memory.ts';
import { readSeals, sealFrom } from './list-seals.ts';
import { type OverlapView, pairKey, pairOf } from './overlap.rows.ts';
import { readLists } from './overlap.store.ts';
import { type Measured, measuredOf, type RenewedLists, toEntry } from './renew-lists.ts';
import { ReadingDesk, Surroundings } from './surroundings.ts';

/** Footprints that a statement reads, and pairs that are measured before others have their turn. */
const READ_AT_ONCE = 5_000;
const MEASURED_AT_ONCE = 200;

const NOTHING: FoundList = { seal: sealFrom(0, { high: 0, low: 0 }), entries: () => [] };

/**
 * The lists of a block as found, as far as they are not known to be stored to the last word, with all that is needed to store them.
 * Everything that a list in doubt holds is measured anew.
 */
export async function listsInDoubt(em: EntityManager, view: OverlapView, found: FoundLists): Promise<RenewedLists> {
  const { block, vocabulary, compared } = found;
  const single = new Set(view === 'own' ? found.single : []);
  const seals = new Map((await readSeals(em, view, block, compared?.since ?? null)).map((one) => [one.id, one]));
  const lists = new Map<string, readonly Listed[]>();
  for (const id of await footprintIdsIn(em, block)) {
    if (single.has(id)) continue;
    const list = found.lists[view].get(id) ?? NOTHING;
    const stored = seals.get(id) ?? { seal: NOTHING.seal, isYoung: false };
    if (stored.isYoung || stored.seal !== list.seal || isInDoubt(id, list, found)) lists.set(id, list.entries());
  }
  const measured = new Map<string, Measured>();
  await measureAll(em, view, found, lists, measured);
  if (single.size > 0) {
    const ids = [...single];
    const around = await Surroundings.read(new ReadingDesk(em), view, ids, vocabulary.terrain());
    for (const id of ids) {
      const own = measuredOf(around, id, around.rank(id));
      lists.set(id, bestOf(own.map(toEntry)));
      for (const one of own) measured.set(pairKey(pairOf(view, id, one.other.id)), one);
    }
  }
  return { view, lists, before: await readLists(em, view, [...lists.keys()]), measured };
}

function isInDoubt(id: string, list: FoundList, { compared }: FoundLists): boolean {
  if (compared === null) return true;
  const { changed } = compared;
  return changed.has(id) || (changed.size > 0 && list.entries().some(({ other }) => changed.has(other)));
}

/** Measures what the lists hold. What no longer meets is left out: one of the two has changed since it was found. */
async function measureAll(
  em: EntityManager,
  view: OverlapView,
  { vocabulary }: FoundLists,
  lists: ReadonlyMap<string, readonly Listed[]>,
  measured: Map<string, Measured>,
): Promise<void> {
  const faces = await readAllFaces(
    em,
    new Set([...lists].flatMap(([id, list]) => [id, ...list.map(({ other }) => other)])),
  );
  const terrain = vocabulary.terrain();
  let count = 0;
  for (const [id, list] of lists)
    for (const { other } of list) {
      const key = pairKey(pairOf(view, id, other));
      if (measured.has(key)) continue;
      const lister = faces.get(id);
      const one = view === 'own' ? lister?.forOwner : lister?.released;
      const its = faces.get(other)?.released;
      const overlap = one && its && measure(one, its, terrain);
      if (one && its && overlap)
        measured.set(key, { strength: overlap.strength, describe: () => overlap, one, other: its });
      if ((count += 1) % MEASURED_AT_ONCE === 0) await letOthersRun();
    }
}

async function readAllFaces(em: EntityManager, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Faces>> {
  const faces = new Map<string, Faces>();
  for (const some of inChunks([...ids], READ_AT_ONCE))
    for (const [id, one] of await readFacesOf(em, some)) faces.set(id, one);
  return faces;
}
