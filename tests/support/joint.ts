import type { Client } from './hub.ts';
import type { Result } from './mutate.ts';

/** The mutations of joint campaigns: what each takes beside its own name, and what it answers. */
const ANSWERS = {
  startJointCampaign: ['StartJointCampaignInput', 'JointCampaign'],
  inviteToJointCampaign: ['InviteToJointCampaignInput', 'JointCampaign'],
  reviseJointCampaign: ['ReviseJointCampaignInput', 'JointCampaign'],
  takeLead: ['JointTargetInput', 'JointCampaign'],
  activateJointCampaign: ['JointTargetInput', 'JointCampaign'],
  completeJointCampaign: ['JointTargetInput', 'JointCampaign'],
  cancelJointCampaign: ['CancelJointCampaignInput', 'JointCampaign'],
  respondToInvitation: ['RespondToInvitationInput', 'JointPart'],
  confirmPartDates: ['ConfirmPartDatesInput', 'JointPart'],
  reviseJointPart: ['ReviseJointPartInput', 'JointPart'],
  withdrawFromJointCampaign: ['JointPartTargetInput', 'JointPart'],
  addJointTask: ['AddJointTaskInput', 'JointTask'],
  settleJointTask: ['SettleJointTaskInput', 'JointTask'],
  draftJointMessage: ['DraftJointMessageInput', 'JointMessage'],
  reviseJointMessage: ['ReviseJointMessageInput', 'JointMessage'],
  reviewJointMessage: ['ReviewJointMessageInput', 'JointMessage'],
  withdrawJointMessage: ['JointTargetInput', 'JointMessage'],
  recordOutcome: ['RecordOutcomeInput', 'JointOutcome'],
  consentToOutcome: ['ConsentToOutcomeInput', 'JointOutcome'],
  publishAsCaseStudy: ['PublishAsCaseStudyInput', 'CaseStudy'],
} as const;

export type JointMutation = keyof typeof ANSWERS;

/** Sends one of them and selects these fields of what it answers, beside id and version, and every problem. */
export async function mutateJoint(client: Client, name: JointMutation, input: object, fields = ''): Promise<Result> {
  const [type, record] = ANSWERS[name];
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) {
      result: ${name}(input: $input) {
        __typename
        ... on ${record} { id version ${fields} }
        ... on Problem { code message }
        ... on InvalidInput { issues { path message } }
        ... on StaleVersion { expected stored }
      }
    }`,
    { input },
  );
  return result;
}

const WHOLE = `id name description status cancelledReason windowVersion sharedWithCoordinators version createdAt updatedAt
  suggestion { id status } corridor { code } themes { code } audiences { code } window { start end days }
  parts { id place { code } role lead required status actor { id name } mine declinedReason contribution languages
    campaign { id } entry { id status statedDays { start end } } datesConfirmed sharesWithCoordinators
    missing { code values remedy } version }
  tasks { id part { id } template title phase dueOn required status version }
  messages { id part { id } perspective language text source validTo status stale reviewedBy { id } reviewNote version }
  proposedDates { part { id } days { start end } reason }
  readiness { place { code } ready missing { code values } }
  outcomes { id owner { id } achieved learnt reached reachMethod evidence iConsent publishable version }
  decisions(first: 100) { totalCount nodes { number part { id actor { id } } code parameters { name values } } }`;

export interface SeenPart {
  readonly id: string;
  readonly place: { readonly code: string };
  readonly role: string | null;
  readonly lead: boolean;
  readonly required: boolean;
  readonly status: string;
  readonly actor: { readonly id: string } | null;
  readonly declinedReason: string | null;
  readonly entry: { readonly id: string; readonly status: string; readonly statedDays: object } | null;
  readonly datesConfirmed: boolean;
  readonly missing: readonly { readonly code: string; readonly values: readonly string[] }[];
  readonly version: number | null;
}

/** A joint campaign with everything that can be asked of it. */
export interface SeenJoint {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly windowVersion: number;
  readonly window: { readonly start: string; readonly end: string };
  readonly sharedWithCoordinators: boolean;
  readonly suggestion: { readonly id: string; readonly status: string } | null;
  readonly parts: readonly SeenPart[];
  readonly tasks: readonly {
    readonly id: string;
    readonly part: { readonly id: string };
    readonly template: string | null;
    readonly required: boolean;
    readonly dueOn: string;
    readonly status: string;
    readonly version: number;
  }[];
  readonly messages: readonly { readonly id: string; readonly status: string; readonly version: number }[];
  readonly proposedDates: readonly { readonly part: { readonly id: string }; readonly days: object }[];
  readonly readiness: readonly {
    readonly place: { readonly code: string };
    readonly ready: boolean;
    readonly missing: readonly { readonly code: string }[];
  }[];
  readonly outcomes: readonly { readonly id: string; readonly publishable: boolean; readonly version: number }[];
  readonly decisions: {
    readonly nodes: readonly {
      readonly code: string;
      readonly part: { readonly actor: { readonly id: string } | null };
    }[];
  };
}

/** All joint campaigns that a client sees, in full, with how they are counted. */
export async function seeJoints(client: Client): Promise<{ readonly totalCount: number; readonly nodes: SeenJoint[] }> {
  const { jointCampaigns } = await client.query<{ jointCampaigns: { totalCount: number; nodes: SeenJoint[] } }>(
    `{ jointCampaigns(first: 10) { totalCount nodes { ${WHOLE} } } }`,
  );
  return jointCampaigns;
}

/** One of them; null when it is not for the client to see. */
export async function seeJoint(client: Client, id: string): Promise<SeenJoint | null> {
  const { node } = await client.query<{ node: SeenJoint | null }>(
    `query ($id: ID!) { node(id: $id) { ... on JointCampaign { ${WHOLE} } } }`,
    { id },
  );
  return node;
}
