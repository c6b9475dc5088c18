import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { TermKind } from './code-kind.ts';
import type { Labels } from './vocabulary.rows.ts';

export interface NewTerm {
  readonly code: string;
  readonly labels: Labels;
  /** The hub's own term of the same kind that includes this one. */
  readonly broader?: string;
}

/** Shown after the terms the hub was made with, in code order. */
const POSITION_OF_LATECOMERS = 100_000;

/** Waits until no other transaction is giving bits, and keeps others waiting until this one ends. */
export async function lockBits(em: EntityManager): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('concord.vocabulary.bits'))`.execute(em.getKysely());
}

/** Stores terms under the next free bits of their kind, in the order given; a code that is stored already stays as it is. */
export async function insertTerms(em: EntityManager, kind: TermKind, terms: readonly NewTerm[]): Promise<void> {
  await lockBits(em);
  await sql`
    insert into term (kind, code, bit, broader, labels, position)
    select ${kind}, code, coalesce((select max(bit) from term where kind = ${kind}), -1) + row_number() over (order by written),
      broader, labels, ${POSITION_OF_LATECOMERS}
    from rows from (jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as (code text, labels jsonb, broader text))
      with ordinality as added (code, labels, broader, written)
    where not exists (select from term where term.kind = ${kind} and term.code = added.code)
    on conflict (kind, code) do nothing`.execute(em.getKysely());
}
