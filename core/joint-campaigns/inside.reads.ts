import { sql } from 'kysely';
import { elements } from '../projection/readers.ts';
import { type FieldReader, type View, column, sameRow, toOne } from '../projection/view.ts';

/** A CalendarDate so many days from an end of the window, as the window is now. */
const dueOn: FieldReader = (
  task,
) => sql`(select case when ${task.column('due_from')} = 'start' then starts_on else ends_on end
  + ${task.column('due_after_days')} from joint_campaign where joint_campaign.id = ${task.column('joint_id')})`;

const isPast: FieldReader = (message) =>
  sql`${message.column('state')} = 'approved' and coalesce(${message.column('valid_to')} < app.today(), false)`;

/** What is inside a joint campaign, for those who take part. */
export const insideViews: readonly View[] = [
  {
    type: 'JointTask',
    table: 'joint_task',
    prefix: 'jtk',
    fields: {
      id: column(),
      part: toOne('JointPart', 'part_id'),
      template: column(),
      title: column(),
      phase: column(),
      dueOn,
      required: column(),
      status: column('state'),
      version: column(),
      updatedAt: column(),
    },
  },
  {
    type: 'JointMessage',
    table: 'joint_message',
    prefix: 'jms',
    fields: {
      id: column(),
      part: toOne('JointPart', 'part_id'),
      perspective: column(),
      language: column(),
      text: column(),
      source: column(),
      validTo: column(),
      status: column('state'),
      stale: isPast,
      reviewedBy: toOne('JointPart', 'reviewed_by'),
      reviewNote: column(),
      reviewedAt: column(),
      version: column(),
      updatedAt: column(),
    },
  },
  {
    type: 'ProposedDates',
    table: 'joint_proposal',
    fields: { part: toOne('JointPart', 'part_id'), days: sameRow('DayRange'), reason: column(), madeAt: column() },
  },
  {
    type: 'JointDecision',
    table: 'joint_decision',
    fields: {
      number: column(),
      at: column(),
      part: toOne('JointPart', 'part_id'),
      code: column(),
      parameters: elements('DecisionParameter', 'parameters'),
    },
    orders: { number: { by: (decision) => decision.column('number'), type: 'int4' } },
  },
  { type: 'DecisionParameter', table: 'joint_decision', fields: { name: column(), values: column() } },
  {
    type: 'JointOutcome',
    table: 'joint_outcome',
    prefix: 'jou',
    fields: {
      id: column(),
      jointCampaign: toOne('JointCampaign', 'joint_id'),
      owner: toOne('Actor', 'owner_id'),
      achieved: column(),
      learnt: column(),
      reached: column(),
      reachMethod: column(),
      evidence: column(),
      iConsent: (outcome, _selection, { viewer }) => sql`exists (select from joint_outcome_consent consent
        where consent.outcome_id = ${outcome.column('id')} and consent.actor_id = ${viewer.actorId}
          and consent.outcome_version = ${outcome.column('version')})`,
      publishable: (outcome) => sql`app.joint_outcome_is_publishable(${outcome.column('id')})`,
      version: column(),
      recordedAt: column(),
      updatedAt: column(),
    },
  },
];
