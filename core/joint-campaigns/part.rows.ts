import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { PartState } from './states.ts';

/** What the owner of a part says about it; what is absent stays. */
export interface PartChange {
  readonly state?: PartState;
  readonly declinedReason?: string | null;
  readonly contribution?: string | null | undefined;
  readonly languages?: readonly string[] | null | undefined;
  readonly shared?: boolean | null | undefined;
  readonly dates?: { readonly campaignId: string; readonly entryId: string; readonly window: number } | null;
}

/** Changes a part of the viewer's own. */
export async function updatePart({ em, now }: Work, id: string, change: PartChange): Promise<void> {
  const { state = null, declinedReason = null, contribution = null, languages = null, shared = null } = change;
  const { campaignId = null, entryId = null, window = null } = change.dates ?? {};
  await sql`update joint_party set state = coalesce(${state}, state), declined_reason = coalesce(${declinedReason}, declined_reason),
      contribution = coalesce(${contribution}, contribution), languages = coalesce(${languages && [...languages]}::text[], languages),
      shared = coalesce(${shared}, shared), campaign_id = coalesce(${campaignId}, campaign_id),
      entry_id = coalesce(${entryId}, entry_id), confirmed_window = coalesce(${window}::int, confirmed_window),
      answered_at = case when ${state}::text is null then answered_at else ${now} end, version = version + 1
    where part_id = ${id}`.execute(em.getKysely());
}

/** Marks a part whose owner is to lead from when it accepts. */
export async function leadOnceAccepted({ em }: Work, id: string): Promise<void> {
  await sql`update joint_part set leads_once_accepted = true where id = ${id}`.execute(em.getKysely());
}

export async function insertProposal(
  work: Work,
  proposal: {
    readonly jointId: string;
    readonly partId: string;
    readonly start: string;
    readonly end: string;
    readonly reason: string;
  },
): Promise<void> {
  const { jointId, partId, start, end, reason } = proposal;
  await sql`insert into joint_proposal (id, joint_id, part_id, starts_on, ends_on, reason, made_at)
    values (${work.newId('jdp')}, ${jointId}, ${partId}, ${start}, ${end}, ${reason}, ${work.now})`.execute(
    work.em.getKysely(),
  );
}
