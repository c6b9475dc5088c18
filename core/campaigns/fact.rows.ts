import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { FactKind } from './fact.ts';

/** A fact as stored with its message, with which it goes. */
export interface StoredFact {
  readonly messageId: string;
  readonly campaignId: string;
  /** From 1. */
  readonly position: number;
  readonly kind: FactKind;
  readonly subject: string;
  readonly value: string;
  readonly subjectKey: string;
  readonly valueKey: string;
}

/** Stores the facts of messages that are stored already. */
export async function insertFacts(work: Work, facts: readonly StoredFact[]): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    insert into message_fact (message_id, campaign_id, position, kind, subject, value, subject_key, value_key)
    select "messageId", "campaignId", position, kind, subject, value, "subjectKey", "valueKey"
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f ("messageId" text, "campaignId" text, position int, kind text,
      subject text, value text, "subjectKey" text, "valueKey" text)`.execute(work.em.getKysely());
}
