import { createHash } from 'node:crypto';
import { sql } from 'kysely';

/** An audit row as it is hashed: every column, as PostgreSQL writes it. */
export interface AuditRow {
  /** A bigint in decimal. */
  readonly id: string;
  /** UTC to the microsecond. */
  readonly at: string;
  readonly keyId: string | null;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectId: string | null;
  /** `jsonb` has one order of keys and one way to write a value. */
  readonly detail: string;
}

/** What a seal says of itself; the rows follow by their hashes. */
export interface SealHead {
  readonly number: string;
  /** UTC to the microsecond. */
  readonly sealedAt: string;
  readonly firstId: string;
  readonly lastId: string;
  readonly rowCount: number;
}

/** What the first seal follows. */
export const NO_SEAL = Buffer.alloc(32);

/** The columns of an `AuditRow`, for a statement that calls the table `a`. */
export const auditRowColumns = sql`a.id::text as id, ${utc('a.at')} as at, a.key_id as "keyId", a.actor_id as "actorId",
  a.action, a.subject_id as "subjectId", a.detail::text as detail`;

/** An instant as text that loses nothing of what PostgreSQL keeps. */
export function utc(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** SHA-256 of the row as a JSON list in the order of `AuditRow`. */
export function hashOfRow({ id, at, keyId, actorId, action, subjectId, detail }: AuditRow): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([id, at, keyId, actorId, action, subjectId, detail]))
    .digest();
}

/** SHA-256 of the hash before it, its head as a JSON list, and the hashes of its rows by id: 32 bytes each, as many as the head says. */
export class SealHash {
  private readonly hash;

  constructor(previous: Uint8Array, { number, sealedAt, firstId, lastId, rowCount }: SealHead) {
    this.hash = createHash('sha256')
      .update(previous)
      .update(JSON.stringify([number, sealedAt, firstId, lastId, rowCount]));
  }

  add(row: Uint8Array): void {
    this.hash.update(row);
  }

  /** Once, after the last row. */
  digest(): Buffer {
    return this.hash.digest();
  }
}
