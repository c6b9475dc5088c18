import { sql } from 'kysely';
import { record } from '../access/audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { Joint } from './joint-campaign.rows.ts';

/** What a decision log tells. Declining is not among them: it looks like silence to those who do not know who was invited. */
export type DecisionCode =
  | 'STARTED'
  | 'INVITED'
  | 'ACCEPTED'
  | 'WITHDRAWN'
  | 'DATES_PROPOSED'
  | 'DATES_CONFIRMED'
  | 'WINDOW_MOVED'
  | 'REVISED'
  | 'REQUIREMENTS_CHANGED'
  | 'LEAD_GIVEN'
  | 'ACTIVATED'
  | 'COMPLETED'
  | 'CANCELLED'
  | 'TASK_ADDED'
  | 'TASK_SETTLED'
  | 'MESSAGE_PROPOSED'
  | 'MESSAGE_REVISED'
  | 'MESSAGE_APPROVED'
  | 'MESSAGE_RETURNED'
  | 'MESSAGE_WITHDRAWN'
  | 'OUTCOME_RECORDED'
  | 'PUBLISHING_AGREED'
  | 'PUBLISHING_REFUSED'
  | 'PUBLISHED';

/** Ids, codes, days and counts by name. Texts that people wrote are not among them: they stay where their own rules are. */
export type DecisionParameters = Readonly<Record<string, string | number | readonly (string | number)[]>>;

export interface Decided {
  readonly code: DecisionCode;
  readonly parameters?: DecisionParameters;
  /** As which part; left out: the viewer's lead part, else its first. */
  readonly partId?: string;
  /** Does it change what those see who are invited and have not accepted? */
  readonly concernsInvited?: boolean;
}

/** Notes a decision for the members and in the audit, and tells those whom it concerns to look again. */
export async function decide(work: Work, joint: Joint, decided: Decided): Promise<void> {
  const { code, parameters = {}, partId = actingPart(joint), concernsInvited = false } = decided;
  const named = Object.entries(parameters).map(([name, value]) => ({ name, values: [value].flat().map(String) }));
  const db = work.em.getKysely();
  await sql`insert into joint_decision (id, joint_id, part_id, number, at, code, parameters)
    values (${work.newId('jde')}, ${joint.id}, ${partId}, 0, ${work.now}, ${code}, ${JSON.stringify(named)}::jsonb)`.execute(
    db,
  );
  await record(work, `joint-campaign.${code.toLowerCase().replaceAll('_', '-')}`, joint.id, { part: partId });
  await sql`select app.tell_joint_campaign(${joint.id}, ${concernsInvited})`.execute(db);
}

/** As which of its parts the viewer acts where it does not say. */
export function actingPart({ parts }: Joint): string {
  const own = parts.filter(({ mine }) => mine);
  const acting = own.find(({ lead }) => lead) ?? own.find(({ state }) => state === 'accepted') ?? own[0];
  if (acting === undefined) throw new Error('whoever acts on a joint campaign has a part in it');
  return acting.id;
}
