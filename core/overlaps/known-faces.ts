import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { forItsOwner, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';

/** Both faces of a stored footprint, as the engine sees them; null where it does not match. */
export interface Faces {
  readonly owner: string;
  readonly own: ReleasableFootprint | null;
  /** As its owner's lists are made with it. */
  readonly forOwner: ReleasableFootprint | null;
  readonly released: ReleasableFootprint | null;
}

/** Records in memory, of some 3 kB each. */
const MOST_KNOWN = 30_000;

/**
 * Faces of footprints in memory. Where it outlives a transaction, the next one that holds the turn of matching, in which footprints
 * change, catches up first: then it gives what reading anew would give.
 */
export class KnownFaces {
  private readonly known = new Map<string, Faces>();
  /** What the last transaction saw, and its id where it had written. */
  private last: { readonly snapshot: string; readonly xid: string | null } | null = null;

  /** Forgets what has changed since the last transaction; and everything, when that one was undone or is not known here. */
  async catchUp(em: EntityManager): Promise<void> {
    const { snapshot = null, xid = null } = this.last ?? {};
    const { rows } = await sql<CaughtUp>`
      select pg_current_snapshot()::text as snapshot, pg_current_xact_id_if_assigned()::text as xid,
        case when ${snapshot}::pg_snapshot is null or pg_snapshot_xmax(${snapshot}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot())
            or ${xid}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) then false
          when ${xid}::xid8 is null then true
          else pg_xact_status(${xid}::xid8) is not distinct from 'committed' end as "stillTrue",
        array(select subject_id from footprint where change_xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
          and not pg_visible_in_snapshot(change_xid, ${snapshot}::pg_snapshot)) as changed`.execute(em.getKysely());
    const [now] = rows;
    if (now?.stillTrue) for (const id of now.changed) this.known.delete(id);
    else this.known.clear();
    for (const id of this.known.keys()) {
      if (this.known.size <= MOST_KNOWN) break;
      this.known.delete(id);
    }
    this.last = now ?? null;
  }

  /** Both faces of these footprints, by their ids; those that do not exist are absent. At most one statement. */
  async read(em: EntityManager, ids: Iterable<string>): Promise<ReadonlyMap<string, Faces>> {
    const asked = new Set(ids);
    const missing = [...asked].filter((id) => !this.known.has(id));
    if (missing.length > 0) for (const [id, faces] of await readFacesOf(em, missing)) this.known.set(id, faces);
    const found = new Map<string, Faces>();
    for (const id of asked) {
      const faces = this.known.get(id);
      if (faces !== undefined) found.set(id, faces);
    }
    return found;
  }
}

interface CaughtUp {
  readonly snapshot: string;
  readonly xid: string | null;
  readonly stillTrue: boolean;
  readonly changed: readonly string[];
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
  return {
    owner: row.owner_id,
    own,
    forOwner: own && forItsOwner(own),
    released: released && toFootprint(released),
  };
}
