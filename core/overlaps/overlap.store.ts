import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type OverlapRecord, type OverlapView, type Pair, pairKey, RECORD_COLUMNS } from './overlap.rows.ts';

/** What choosing best lists needs to know of a stored overlap. */
export interface StoredPair extends Pair {
  readonly a_owner_id: string;
  readonly b_owner_id: string;
  readonly strength: number;
  readonly listed_by_a: boolean;
  readonly listed_by_b: boolean;
}

/** Makes all that changes overlaps happen one after the other, until the transaction ends. */
export async function waitForTurn(em: EntityManager): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('concord.overlap', 0))`.execute(em.getKysely());
}

/** The stored pairs that have one of these footprints on a side. */
export function readPairsOf(em: EntityManager, view: OverlapView, ids: readonly string[]): Promise<StoredPair[]> {
  return readPairs(em, view, sql`a_id = any(${ids}) or b_id = any(${ids})`);
}

/** The stored pairs that are in the best list of one of these footprints. */
export function readPairsListedBy(em: EntityManager, view: OverlapView, ids: readonly string[]): Promise<StoredPair[]> {
  // Of the own view only a lists: to look for b would be to look through the lists of others.
  return readPairs(
    em,
    view,
    view === 'own'
      ? sql`a_id = any(${ids})`
      : sql`a_id = any(${ids}) and listed_by_a or b_id = any(${ids}) and listed_by_b`,
  );
}

/** How long a stored best list is, and how weak its weakest entry; a list that holds nothing is absent. */
export interface ListEnd {
  readonly length: number;
  readonly weakest: number;
}

/** The ends of the best lists of these footprints, by its id. */
export async function readListEnds(
  em: EntityManager,
  view: OverlapView,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListEnd>> {
  const listed = (side: 'a' | 'b'): RawBuilder<unknown> => {
    const id = sql.ref(`${side}_id`);
    return sql`select ${id} as id, strength from overlap
      where view = ${view} and ${id} = any(${ids}) and ${sql.ref(`listed_by_${side}`)}`;
  };
  const { rows } = await sql<{ id: string } & ListEnd>`
    select id, count(*)::int as length, min(strength) as weakest
    from (${view === 'own' ? listed('a') : sql`${listed('a')} union all ${listed('b')}`}) as listed group by id`.execute(
    em.getKysely(),
  );
  return new Map(rows.map(({ id, ...end }) => [id, end]));
}

async function readPairs(
  em: EntityManager,
  view: OverlapView,
  condition: ReturnType<typeof sql>,
): Promise<StoredPair[]> {
  const { rows } = await sql<StoredPair>`
    select view, a_id, b_id, a_owner_id, b_owner_id, strength, listed_by_a, listed_by_b from overlap
    where view = ${view} and (${condition})`.execute(em.getKysely());
  return rows;
}

/** Every stored overlap, by natural key, without ids and times: what can be compared with what should be stored. */
export async function storedOverlaps(em: EntityManager): Promise<ReadonlyMap<string, OverlapRecord>> {
  return toMap(await sql<Recorded>`select ${record} from overlap order by view, a_id, b_id`.execute(em.getKysely()));
}

/** The stored pairs that share one of these audiences, by natural key. */
export async function readPairsAbout(em: EntityManager, audiences: readonly string[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select view, a_id, b_id from overlap where audiences && ${audiences}::text[] order by view, a_id, b_id`.execute(
    em.getKysely(),
  );
  return rows;
}

/** The same of some pairs; those that are not stored are absent. */
export async function readOverlaps(
  em: EntityManager,
  pairs: readonly Pair[],
): Promise<ReadonlyMap<string, OverlapRecord>> {
  if (pairs.length === 0) return new Map();
  return toMap(
    await sql<Recorded>`
      select ${record} from ${keysOf(pairs)}
      join overlap on overlap.view = key.view and overlap.a_id = key.a_id and overlap.b_id = key.b_id`.execute(
      em.getKysely(),
    ),
  );
}

interface Recorded {
  readonly record: OverlapRecord;
}

const record = sql`jsonb_build_object(${sql.join(
  RECORD_COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(`overlap.${name}`)}`),
)}) as record`;

function toMap({ rows }: { readonly rows: readonly Recorded[] }): ReadonlyMap<string, OverlapRecord> {
  return new Map(rows.map((row) => [pairKey(row.record), row.record]));
}

/** Stores overlaps, new ones and others in place of those stored. One statement. @param now when new ones were found */
export async function writeOverlaps(
  em: EntityManager,
  overlaps: readonly (OverlapRecord & { readonly id: string })[],
  now: Date,
): Promise<void> {
  if (overlaps.length === 0) return;
  const columns = sql.join(RECORD_COLUMNS.map((name) => sql.ref(name)));
  const given = sql.join(RECORD_COLUMNS.map((name) => sql.ref(`excluded.${name}`)));
  await sql`
    insert into overlap (id, found_at, ${columns})
    select id, ${now}, ${columns} from jsonb_populate_recordset(null::overlap, ${JSON.stringify(overlaps)}::jsonb)
    on conflict (view, a_id, b_id) do update set (${columns}) = (${given})`.execute(em.getKysely());
}

/** Removes overlaps that nobody lists any more. */
export async function removeOverlaps(em: EntityManager, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  await sql`
    delete from overlap using ${keysOf(pairs)}
    where overlap.view = key.view and overlap.a_id = key.a_id and overlap.b_id = key.b_id`.execute(em.getKysely());
}

const keysOf = (pairs: readonly Pair[]): RawBuilder<unknown> => {
  const keys = JSON.stringify(pairs.map(({ view, a_id, b_id }) => ({ view, a_id, b_id })));
  return sql`jsonb_to_recordset(${keys}::jsonb) as key (view text, a_id text collate "C", b_id text collate "C")`;
};
