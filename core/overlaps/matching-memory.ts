import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { forItsOwner, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import { endOf, type ListEnd, type Listed } from './best-list.ts';
import type { OverlapView } from './overlap.rows.ts';
import { readListEnds, readLists } from './overlap.store.ts';

/** Both faces of a stored footprint, as the engine sees them; null where it does not match. */
export interface Faces {
  readonly owner: string;
  readonly own: ReleasableFootprint | null;
  /** As its owner's lists are made with it. */
  readonly forOwner: ReleasableFootprint | null;
  readonly released: ReleasableFootprint | null;
}

/** Records in memory, of some 3 kB each; lists of a view, of some 1.5 kB, and ends of lists, of 0.2 kB. */
const MOST_FACES = 60_000;
const MOST_LISTS = 30_000;
const MOST_ENDS = 300_000;

/**
 * What matching has read of footprints and best lists, kept in memory for its next turns. Only whoever has the turn changes either, so
 * that what has changed since the last turn of this process is known: see `catchUp`.
 */
export class MatchingMemory {
  private readonly faces = new Map<string, Faces>();
  private readonly lists: Readonly<Record<OverlapView, Map<string, readonly Listed[]>>> = twoOf();
  /** Of far more lists than are known: it is what decides whether a list has to be. */
  private readonly ends: Readonly<Record<OverlapView, Map<string, ListEnd>>> = twoOf();
  private last: Turn | null = null;

  /** At the begin of a turn: forgets what others have changed since the last one here, and everything when that one was undone. */
  async catchUp(em: EntityManager, turn: string): Promise<void> {
    const { snapshot = null, xid = null } = this.last ?? {};
    // Of a restored database, whose numbers began anew, nothing is known.
    const { rows } = await sql<Turn & { stillTrue: boolean; changed: readonly string[] }>`
      select ${turn} as number, pg_current_snapshot()::text as snapshot, pg_current_xact_id()::text as xid,
        case when ${xid}::xid8 < pg_snapshot_xmax(pg_current_snapshot())
            and pg_snapshot_xmax(${snapshot}::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
          then pg_xact_status(${xid}::xid8) is not distinct from 'committed' else false end as "stillTrue",
        array(select subject_id from footprint where change_xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
          and not pg_visible_in_snapshot(change_xid, ${snapshot}::pg_snapshot)) as changed`.execute(em.getKysely());
    const [now] = rows;
    if (now === undefined) throw new Error('a statement without a table gave no row');
    if (now.stillTrue) this.forgetFaces(now.changed);
    else this.faces.clear();
    // Of lists nobody tells which have changed: they are known for as long as nobody else had a turn.
    if (!now.stillTrue || BigInt(turn) !== BigInt(this.last?.number ?? 0) + 1n) this.forgetLists();
    keepYoungest(this.faces, MOST_FACES);
    for (const lists of Object.values(this.lists)) keepYoungest(lists, MOST_LISTS);
    for (const ends of Object.values(this.ends)) keepYoungest(ends, MOST_ENDS);
    this.last = now;
  }

  /** Footprints that this turn rewrites. */
  forgetFaces(ids: Iterable<string>): void {
    for (const id of ids) this.faces.delete(id);
  }

  /** Lists that this turn has stored. */
  noteLists(view: OverlapView, lists: ReadonlyMap<string, readonly Listed[]>): void {
    for (const [id, list] of lists) {
      this.lists[view].set(id, list);
      this.ends[view].set(id, endOf(list));
    }
  }

  /** Both faces of these footprints, by their ids; those that do not exist are absent. At most one statement. */
  readFaces(em: EntityManager, ids: Iterable<string>): Promise<ReadonlyMap<string, Faces>> {
    return throughMemory(this.faces, ids, (missing) => readFacesOf(em, missing));
  }

  /** The stored best lists of these footprints, the best first, by their ids. At most one statement. */
  readLists(
    em: EntityManager,
    view: OverlapView,
    ids: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly Listed[]>> {
    return throughMemory(this.lists[view], ids, async (missing) => {
      const found = await readLists(em, view, missing);
      return new Map(missing.map((id) => [id, found.get(id) ?? []]));
    });
  }

  /** The ends of these lists, by the ids of the footprints that list. At most one statement. */
  readEnds(em: EntityManager, view: OverlapView, ids: Iterable<string>): Promise<ReadonlyMap<string, ListEnd>> {
    return throughMemory(this.ends[view], ids, async (missing) => {
      const found = await readListEnds(em, view, missing);
      return new Map(missing.map((id) => [id, found.get(id) ?? endOf([])]));
    });
  }

  private forgetLists(): void {
    for (const known of [...Object.values(this.lists), ...Object.values(this.ends)]) known.clear();
  }
}

function twoOf<Value>(): Record<OverlapView, Map<string, Value>> {
  return { own: new Map(), released: new Map() };
}

/** A turn: its number, what it saw, and its transaction. */
interface Turn {
  readonly number: string;
  readonly snapshot: string;
  readonly xid: string;
}

async function throughMemory<Value>(
  known: Map<string, Value>,
  ids: Iterable<string>,
  read: (missing: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<ReadonlyMap<string, Value>> {
  const asked = new Set(ids);
  const missing = [...asked].filter((id) => !known.has(id));
  if (missing.length > 0) for (const [id, value] of await read(missing)) known.set(id, value);
  const found = new Map<string, Value>();
  for (const id of asked) {
    const value = known.get(id);
    if (value !== undefined) found.set(id, value);
  }
  return found;
}

/** Forgets what has been in a memory longest. */
function keepYoungest(memory: Map<string, unknown>, most: number): void {
  for (const id of memory.keys()) {
    if (memory.size <= most) return;
    memory.delete(id);
  }
}

/** Both faces of some footprints, by their ids, read now. */
export async function readFacesOf(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, Faces>> {
  const { rows } = await sql<{ own: FootprintRow; released: FootprintRow | null }>`
    select to_jsonb(f) - 'released' as own, released from footprint f where subject_id = any(${ids})`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ own, released }) => [own.subject_id, toFaces(own, released)]));
}

function toFaces(row: FootprintRow, released: FootprintRow | null): Faces {
  const own = toFootprint(row);
  return { owner: row.owner_id, own, forOwner: own && forItsOwner(own), released: released && toFootprint(released) };
}
