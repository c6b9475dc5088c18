import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { OverlapKind } from '../../engine/index.ts';
import type { Scope } from '../jobs/scope.ts';
import { type OverlapRecord, type Pair, pairKey, RECORD_COLUMNS } from './overlap.rows.ts';

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
export function readPairsOf(em: EntityManager, ids: readonly string[]): Promise<StoredPair[]> {
  return readPairs(em, sql`a_id = any(${ids}) or b_id = any(${ids})`);
}

/** The stored pairs that are in the best list of one of these footprints. */
export function readPairsListedBy(em: EntityManager, ids: readonly string[]): Promise<StoredPair[]> {
  return readPairs(em, sql`a_id = any(${ids}) and listed_by_a or b_id = any(${ids}) and listed_by_b`);
}

/** The natural keys of all stored overlaps. */
export async function readAllPairs(em: EntityManager): Promise<Pair[]> {
  const { rows } = await sql<Pair>`select a_id, b_id from overlap`.execute(em.getKysely());
  return rows;
}

async function readPairs(em: EntityManager, condition: ReturnType<typeof sql>): Promise<StoredPair[]> {
  const { rows } = await sql<StoredPair>`
    select a_id, b_id, a_owner_id, b_owner_id, strength, listed_by_a, listed_by_b from overlap where ${condition}`.execute(
    em.getKysely(),
  );
  return rows;
}

/** Every stored overlap, by natural key, without ids and times: what can be compared with what should be stored. */
export async function storedOverlaps(em: EntityManager): Promise<ReadonlyMap<string, OverlapRecord>> {
  const columns = sql.join(RECORD_COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(name)}`));
  const { rows } = await sql<{ record: OverlapRecord }>`
    select jsonb_build_object(${columns}) as record from overlap order by a_id, b_id`.execute(em.getKysely());
  return new Map(rows.map(({ record }) => [pairKey(record), record]));
}

/** An overlap that was stored, changed or removed. */
export interface OverlapChange {
  readonly id: string;
  /** What it was; null when it is new. */
  readonly before: KindAndScope | null;
  /** What it is; null when it is gone. */
  readonly after: KindAndScope | null;
}

export interface KindAndScope {
  readonly kind: OverlapKind;
  readonly scope: Scope;
}

/** Stores these overlaps; those that are stored so already stay untouched. One statement. @param now when new ones were found */
export async function writeOverlaps(
  em: EntityManager,
  overlaps: readonly (OverlapRecord & { readonly id: string })[],
  now: Date,
): Promise<OverlapChange[]> {
  if (overlaps.length === 0) return [];
  const columns = sql.join(RECORD_COLUMNS.map((name) => sql.ref(name)));
  const stored = sql.join(RECORD_COLUMNS.map((name) => sql.ref(`overlap.${name}`)));
  const given = sql.join(RECORD_COLUMNS.map((name) => sql.ref(`excluded.${name}`)));
  const { rows } = await sql<OverlapChange>`
    with desired as (select * from jsonb_populate_recordset(null::overlap, ${JSON.stringify(overlaps)}::jsonb)),
    before as (select o.* from overlap o join desired using (a_id, b_id)),
    written as (
      insert into overlap (id, found_at, ${columns}) select id, ${now}, ${columns} from desired order by a_id, b_id
      on conflict (a_id, b_id) do update set (${columns}) = (${given}) where (${stored}) is distinct from (${given})
      returning *
    )
    select w.id, case when b.id is not null then json_build_object('kind', b.kind, 'scope', b.scope) end as before,
      json_build_object('kind', w.kind, 'scope', w.scope) as after
    from written w left join before b using (a_id, b_id) order by w.id`.execute(em.getKysely());
  return rows;
}

/** Records by whom stored overlaps are listed now, where only that is different. */
export async function relistOverlaps(
  em: EntityManager,
  pairs: readonly Pick<OverlapRecord, keyof Pair | 'listed_by_a' | 'listed_by_b'>[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`
    update overlap set listed_by_a = p.listed_by_a, listed_by_b = p.listed_by_b
    from jsonb_populate_recordset(null::overlap, ${JSON.stringify(pairs)}::jsonb) as p
    where overlap.a_id = p.a_id and overlap.b_id = p.b_id`.execute(em.getKysely());
}

/** Removes overlaps that nobody lists any more. */
export async function removeOverlaps(em: EntityManager, pairs: readonly Pair[]): Promise<OverlapChange[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<OverlapChange>`
    delete from overlap using jsonb_populate_recordset(null::overlap, ${JSON.stringify(pairs)}::jsonb) as p
    where overlap.a_id = p.a_id and overlap.b_id = p.b_id
    returning overlap.id, json_build_object('kind', overlap.kind, 'scope', overlap.scope) as before, null as after`.execute(
    em.getKysely(),
  );
  return rows;
}
