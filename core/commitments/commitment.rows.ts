import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { CommitmentKind } from '../actors/actor.entity.ts';

/** What a commitment says, named like its columns. */
export interface CommitmentRow {
  readonly kind: CommitmentKind;
  readonly description: string;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly source: string | null;
  readonly corridors: readonly string[];
  readonly themes: readonly string[];
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

const COLUMNS = [
  'kind',
  'description',
  'amount',
  'currency',
  'quantity',
  'unit',
  'source',
  'corridors',
  'themes',
  'valid_from',
  'valid_to',
] as const satisfies readonly (keyof CommitmentRow)[];

export interface StoredCommitment {
  readonly id: string;
  readonly actorId: string;
  readonly programmeId: string | null;
  /** Of the programme it is for, else the actor itself. */
  readonly ownerId: string;
  readonly version: number;
  readonly isEnded: boolean;
  readonly row: CommitmentRow;
}

const columns = sql.join(COLUMNS.map((name) => sql.ref(name)));

/** One that the viewer may see; null when there is none. */
export async function findCommitment({ em }: Work, id: string): Promise<StoredCommitment | null> {
  const pairs = sql.join(COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(`c.${name}`)}`));
  const { rows } = await sql<StoredCommitment>`select c.id, actor_id as "actorId", programme_id as "programmeId",
      coalesce(p.owner_id, actor_id) as "ownerId", c.version, ended_at is not null as "isEnded", jsonb_build_object(${pairs}) as row
    from commitment c left join programme p on p.id = c.programme_id where c.id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

export async function insertCommitment(
  { em }: Work,
  { id, ownerId, programmeId }: { readonly id: string; readonly ownerId: string; readonly programmeId: string | null },
  row: CommitmentRow,
): Promise<void> {
  await sql`insert into commitment (id, actor_id, programme_id, ${columns})
    select ${id}, ${ownerId}, ${programmeId}, ${columns}
    from jsonb_populate_record(null::commitment, ${JSON.stringify(row)}::jsonb)`.execute(em.getKysely());
}

/** Stores what it says now, and whether it ends; false when it is another version by now. */
export async function updateCommitment(
  { em, now }: Work,
  { id, version }: Pick<StoredCommitment, 'id' | 'version'>,
  row: CommitmentRow,
  ends: boolean,
): Promise<boolean> {
  const updates = sql.join(COLUMNS.map((name) => sql`${sql.ref(name)} = given.${sql.ref(name)}`));
  const { numAffectedRows } = await sql`update commitment set ${updates}, version = commitment.version + 1,
      ended_at = ${ends ? now : null}
    from jsonb_populate_record(null::commitment, ${JSON.stringify(row)}::jsonb) as given
    where commitment.id = ${id} and commitment.version = ${version}`.execute(em.getKysely());
  return numAffectedRows === 1n;
}
