import type {
  Campaign,
  JointCampaign,
  JointDecision,
  JointMessage,
  JointOutcome,
  JointPart,
  JointTask,
  ProposedDates,
} from '@concord/client-sdk';
import { hub } from '../../hub/hub.ts';

/** A joint campaign with what is inside of it, as far as the viewer may know. */
export interface Inside {
  readonly joint: JointCampaign;
  readonly messages: readonly JointMessage[];
  readonly tasks: readonly JointTask[];
  readonly proposed: readonly ProposedDates[];
  readonly decisions: readonly JointDecision[];
  readonly outcomes: readonly JointOutcome[];
  /** Campaigns of the viewer's own, in which dates can be kept. */
  readonly campaigns: readonly Campaign[];
  /** The viewer takes part by at least one accepted part. */
  readonly isMember: boolean;
  readonly leads: boolean;
  readonly isLiving: boolean;
}

/** Null: there is none, or it is not for this viewer. */
export async function lookInside(id: string, signal: AbortSignal): Promise<Inside | null> {
  const [joint, messages, tasks, proposed, decisions, outcomes] = await Promise.all([
    hub.jointCampaigns.get(id, { signal }),
    hub.jointCampaigns.messages.of(id, { signal }),
    hub.jointCampaigns.tasks.of(id, { signal }),
    hub.jointCampaigns.proposedDates(id, { signal }),
    hub.jointCampaigns.decisions(id, { first: 100, signal }).all(),
    hub.jointCampaigns.outcomes.of(id, { signal }),
  ]);
  if (!joint) return null;
  const owner = joint.parts.find(({ mine }) => mine)?.actor?.id;
  const campaigns =
    owner === undefined
      ? []
      : (
          await hub.campaigns
            .list({ first: 100, filter: { owners: [owner], statuses: ['ACTIVE', 'PLANNED', 'UNDATED'] } })
            .page({ signal })
        ).nodes;
  const accepted = joint.parts.filter((part) => part.mine && isTaken(part));
  return {
    joint,
    messages,
    tasks,
    proposed,
    decisions,
    outcomes,
    campaigns,
    isMember: accepted.length > 0,
    leads: accepted.some(({ lead }) => lead),
    isLiving: joint.status === 'PREPARING' || joint.status === 'ACTIVE',
  };
}

export function isTaken({ status }: JointPart): boolean {
  return status === 'ACCEPTED' || status === 'READY';
}

/** Null: no end is planned, so that there is nothing to fill into a field of two days. */
export function closed({ start, end }: ProposedDates['days']): { start: string; end: string } | null {
  return end === null ? null : { start, end };
}
