import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { compareListed, type ListEnd, type Listed } from './best-list.ts';
import {
  type OverlapRecord,
  type OverlapSide,
  type OverlapView,
  type Pair,
  pairKey,
  RECORD_COLUMNS,
} from './overlap.rows.ts';

/**
 * Makes all that changes overlaps happen one after the other, until the transaction ends.
 * @returns the number of the turn: one more than that of the turn before, whoever had it and however it ended
 */
export async function waitForTurn(em: EntityManager): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended('concord.overlap', 0))`.execute(em.getKysely());
  const { rows } = await sql<{ turn: string }>`select nextval('matching_turn')::text as turn`.execute(em.getKysely());
  return rows[0]?.turn ?? '';
}

/** The stored best lists of these footprints, the best first, by their ids; those that hold nothing are absent. */
export async function readLists(
  em: EntityManager,
  view: OverlapView,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Listed[]>> {
  const { rows } = await sql<Listed & { readonly id: string }>`${entries(view, 'lister', ids)}`.execute(em.getKysely());
  const lists = new Map<string, Listed[]>();
  // One text for each id, however often it is listed: lists are kept in memory by the ten thousand.
  const names = new Map<string, string>();
  const name = (text: string): string => {
    const known = names.get(text);
    if (known === undefined) names.set(text, text);
    return known ?? text;
  };
  for (const { id, other, owner, strength } of rows) {
    const entry = { other: name(other), owner: name(owner), strength };
    const list = lists.get(id);
    if (list === undefined) lists.set(id, [entry]);
    else list.push(entry);
  }
  for (const list of lists.values()) list.sort(compareListed);
  return lists;
}

/** The ends of the stored best lists of these footprints, by their ids; those that hold nothing are absent: a row each instead of twenty. */
export async function readListEnds(
  em: EntityManager,
  view: OverlapView,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListEnd>> {
  const { rows } = await sql<ListEnd & { readonly id: string }>`
    select id, count(*)::int as length, min(strength) as weakest from (${entries(view, 'lister', ids)}) as listed
    group by id`.execute(em.getKysely());
  return new Map(rows.map(({ id, ...end }) => [id, end]));
}

/** The ids of those whose best lists hold one of these footprints. */
export async function readListers(em: EntityManager, view: OverlapView, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (${entries(view, 'listed', ids)}) as listing`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** The entries of the best lists of a view whose lister, or whoever is listed, is one of these: `id` lists `other`, of `owner`, with `strength`. */
function entries(view: OverlapView, by: 'lister' | 'listed', ids: readonly string[]): RawBuilder<unknown> {
  const of = (side: OverlapSide, otherSide: OverlapSide): RawBuilder<unknown> => {
    const [lister, listed] = [sql.ref(`${side}_id`), sql.ref(`${otherSide}_id`)];
    return sql`select ${lister} as id, ${listed} as other, ${sql.ref(`${otherSide}_owner_id`)} as owner, strength from overlap
      where view = ${view} and ${by === 'lister' ? lister : listed} = any(${ids}) and ${sql.ref(`listed_by_${side}`)}`;
  };
  // Of the own view only a lists: to look for b would be to look through the lists of others.
  return view === 'own' ? of('a', 'b') : sql`${of('a', 'b')} union all ${of('b', 'a')}`;
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
