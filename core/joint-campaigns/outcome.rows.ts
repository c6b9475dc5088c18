import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { Said } from './joint-campaign.input.ts';

export interface StoredOutcome {
  readonly id: string;
  readonly version: number;
}

/** What the viewer's actor has recorded of a joint campaign, or null. */
export async function findOwnOutcome({ em, viewer }: Work, jointId: string): Promise<StoredOutcome | null> {
  const { rows } = await sql<StoredOutcome>`select id, version from joint_outcome
    where joint_id = ${jointId} and owner_id = ${viewer.actorId}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** One that a member recorded, whoever it is. */
export async function findOutcome({ em }: Work, id: string): Promise<StoredOutcome | null> {
  const { rows } = await sql<StoredOutcome>`select id, version from joint_outcome where id = ${id}`.execute(
    em.getKysely(),
  );
  return rows[0] ?? null;
}

/** Writes what came of it as the viewer's actor says; consents to what it said before no longer count. @returns its new state */
export async function writeOutcome(
  { em, viewer, now }: Work,
  outcome: { readonly id: string; readonly jointId: string; readonly partId: string; readonly said: Said },
): Promise<StoredOutcome> {
  const { achieved, learnt, reached, reachMethod, evidence } = outcome.said;
  const { rows } = await sql<StoredOutcome>`
    insert into joint_outcome (id, joint_id, part_id, owner_id, achieved, learnt, reached, reach_method, evidence, recorded_at, updated_at)
    values (${outcome.id}, ${outcome.jointId}, ${outcome.partId}, ${viewer.actorId}, ${achieved}, ${learnt ?? ''}, ${reached ?? null},
      ${reachMethod ?? ''}, ${evidence ?? []}, ${now}, ${now})
    on conflict (joint_id, owner_id) do update set achieved = excluded.achieved, learnt = excluded.learnt, reached = excluded.reached,
      reach_method = excluded.reach_method, evidence = excluded.evidence, part_id = excluded.part_id,
      version = joint_outcome.version + 1, updated_at = excluded.updated_at
    returning id, version`.execute(em.getKysely());
  const [written] = rows;
  if (!written) throw new Error('an outcome that was written has a row');
  return written;
}

/** Says whether the viewer's actor agrees to this version of an outcome being published. */
export async function writeConsent(
  { em, viewer, now }: Work,
  { outcome, jointId, partId, publish }: { outcome: StoredOutcome; jointId: string; partId: string; publish: boolean },
): Promise<void> {
  const db = em.getKysely();
  await sql`delete from joint_outcome_consent where outcome_id = ${outcome.id} and actor_id = ${viewer.actorId}`.execute(
    db,
  );
  if (!publish) return;
  await sql`insert into joint_outcome_consent (outcome_id, joint_id, part_id, actor_id, outcome_version, given_at)
    values (${outcome.id}, ${jointId}, ${partId}, ${viewer.actorId}, ${outcome.version}, ${now})`.execute(db);
}
