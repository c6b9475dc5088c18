import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { Hash } from '../../platform/database/hash.ts';
import type { IdRange } from '../footprints/registry.rows.ts';
import type { OverlapView } from './overlap.rows.ts';

/** A stored best list in short: two lists with the same seal hold the same, as strong to the last bit. */
export interface StoredSeal {
  readonly id: string;
  readonly seal: string;
  /** Some row of it was written by this transaction or a later one than `since`. */
  readonly isYoung: boolean;
}

/**
 * The seals of the lists of a block of footprints that hold anything. One statement, 50 bytes a list instead of 20 rows. A seal is how many
 * a list holds, and all their hashes in one: PostgreSQL neither has to sort for it nor to write a text, which made it a third as fast.
 */
export async function readSeals(
  em: EntityManager,
  view: OverlapView,
  { from, to }: IdRange,
  since: string | null,
): Promise<StoredSeal[]> {
  const listed = (side: 'a' | 'b', other: 'a' | 'b'): RawBuilder<unknown> => {
    const [id, otherId] = [sql.ref(`${side}_id`), sql.ref(`${other}_id`)];
    return sql`select ${id} as id, ${otherId} as other, strength, change_xid from overlap
      where view = ${view} and ${sql.ref(`listed_by_${side}`)} and ${id} >= ${from} ${to === null ? sql`` : sql`and ${id} < ${to}`}`;
  };
  const both = view === 'own' ? listed('a', 'b') : sql`${listed('a', 'b')} union all ${listed('b', 'a')}`;
  const isYoung = since === null ? sql`true` : sql`bool_or(change_xid >= ${since}::xid8)`;
  const { rows } = await sql<StoredSeal>`
    select id, count(*) || ' ' || bit_xor(hashfloat8extended(strength, hashtextextended(other, 0))) as seal, ${isYoung} as "isYoung"
    from (${both}) as listed group by id`.execute(em.getKysely());
  return rows;
}

/** The seal of a list of so many, from the hashes of what it holds. */
export function sealFrom(length: number, { high, low }: Hash): string {
  return `${String(length)} ${String((BigInt(high) << 32n) | BigInt(low >>> 0))}`;
}
