import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Outcome, conflict, saved } from '../outcome.ts';
import type { Work } from './unit-of-work.ts';

export interface Attempt {
  readonly operation: string;
  /** Chosen by the client once per intention; null when it does not care about retries. */
  readonly key: string | null | undefined;
  readonly input: unknown;
  /** How the input is remembered, where who guesses it must not find the guess confirmed. Default: by its SHA-256. */
  readonly fingerprint?: (text: string) => string;
}

/**
 * Makes a create harmless to repeat: the same key with the same input yields the record made the first time,
 * with other input a conflict. A refused attempt is forgotten, so that a corrected one may use the same key.
 */
export async function once(work: Work, attempt: Attempt, body: () => Promise<Outcome>): Promise<Outcome> {
  if (attempt.key === null || attempt.key === undefined) return body();
  const db = work.em.getKysely();
  const party = work.viewer.actorId ?? work.viewer.keyId;
  const inputHash = (attempt.fingerprint ?? sha256)(JSON.stringify(attempt.input));
  // A concurrent attempt with the same key waits here until the first commits or fails.
  const claimed = await sql`insert into idempotency (party, mutation_key, operation, input_hash, at)
    values (${party}, ${attempt.key}, ${attempt.operation}, ${inputHash}, ${work.now}) on conflict do nothing returning 1`.execute(
    db,
  );
  if (claimed.rows.length === 0) {
    const earlier = await sql<{ operation: string; input_hash: string; subject_id: string }>`
      select operation, input_hash, subject_id from idempotency where party = ${party} and mutation_key = ${attempt.key}`.execute(
      db,
    );
    const row = earlier.rows[0];
    return row && row.operation === attempt.operation && row.input_hash === inputHash
      ? saved(row.subject_id)
      : conflict(
          `clientMutationKey "${attempt.key}" was used before with other input: choose a new key for a new intention.`,
        );
  }
  const outcome = await body();
  if (outcome.kind === 'saved') {
    await sql`update idempotency set subject_id = ${outcome.id} where party = ${party} and mutation_key = ${attempt.key}`.execute(
      db,
    );
  } else {
    await sql`delete from idempotency where party = ${party} and mutation_key = ${attempt.key}`.execute(db);
  }
  return outcome;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
