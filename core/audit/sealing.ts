import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { type AuditRow, NO_SEAL, SealHash, auditRowColumns, hashOfRow } from './seal.ts';

/** Held by whoever seals, so that the chain has one end. Any number that nothing else locks. */
const SEAL_LOCK = 0x73_65_61_6c; // "seal"

/** Bounds the memory of one seal and the time that one transaction takes. */
export const ROWS_PER_SEAL = 5_000;

/**
 * Puts committed rows that no seal has yet, at most `limit` and those of lower id first, under one new seal at the end of the
 * chain; returns how many. None when no row waits or another process seals right now. On the worker login.
 */
export async function sealWaiting(work: Work, limit = ROWS_PER_SEAL): Promise<number> {
  const db = work.em.getKysely();
  const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${SEAL_LOCK}) as held`.execute(db);
  if (lock.rows[0]?.held !== true) return 0;
  const { rows } = await sql<AuditRow>`
    with taken as (
      delete from audit_unsealed where audit_id in (select audit_id from audit_unsealed order by audit_id limit ${limit})
      returning audit_id
    )
    select ${auditRowColumns} from taken join audit a on a.id = taken.audit_id order by taken.audit_id`.execute(db);
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return 0;
  const chain = await sql<{ number: string; hash: Buffer }>`
    select number::text as number, hash from audit_seal order by audit_seal.number desc limit 1`.execute(db);
  const previous = chain.rows[0] ?? { number: '0', hash: NO_SEAL };
  const head = {
    number: String(BigInt(previous.number) + 1n),
    sealedAt: work.now.toISOString().replace('Z', '000Z'),
    firstId: first.id,
    lastId: last.id,
    rowCount: rows.length,
  };
  const hashes = rows.map(hashOfRow);
  const seal = new SealHash(previous.hash, head);
  for (const hash of hashes) seal.add(hash);
  await sql`insert into audit_seal (number, first_id, last_id, row_count, hash, sealed_at)
    values (${head.number}::bigint, ${head.firstId}::bigint, ${head.lastId}::bigint, ${head.rowCount}, ${seal.digest()}, ${work.now})`.execute(
    db,
  );
  await sql`insert into audit_sealed (audit_id, seal, hash)
    select id, ${head.number}::bigint, decode(hash, 'hex')
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${hashes.map((hash) => hash.toString('hex'))}::text[]) as r (id, hash)`.execute(
    db,
  );
  return rows.length;
}

/** Counting further than this would take as long as sealing. */
const COUNTED = 100_000;

/** How far sealing has come: rows without a seal (at most 100,000 are counted), how long the first has waited, and when the last seal was made. */
export async function sealingState(
  em: EntityManager,
): Promise<{ unsealed: number; lagMs: number; sealedAt: Date | null }> {
  const { rows } = await sql<{ unsealed: number; lagMs: number; sealedAt: Date | null }>`
    select (select count(*)::int from (select from audit_unsealed limit ${COUNTED}) as u) as unsealed,
      coalesce((select extract(epoch from clock_timestamp() - a.at) * 1000 from audit_unsealed u join audit a on a.id = u.audit_id
        order by u.audit_id limit 1), 0)::float8 as "lagMs",
      (select sealed_at from audit_seal order by number desc limit 1) as "sealedAt"`.execute(em.getKysely());
  const [state] = rows;
  if (!state) throw new Error('the state of sealing gave no row');
  return { ...state, lagMs: Math.max(0, state.lagMs) };
}
