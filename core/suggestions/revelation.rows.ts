import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { DraftKind } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { Seat } from './reveal.ts';

/** A suggestion as the worker finds it when it looks at the answers. */
export interface Answered {
  readonly kind: DraftKind;
  readonly version: number;
  /** Open, and its window has not passed. */
  readonly living: boolean;
  readonly seats: readonly Seat[];
}

export interface Endorsement {
  readonly answerId: string;
  readonly actorId: string;
}

/** A revelation that was written or ended. */
export interface ChangedRevelation {
  readonly fromAnswerId: string;
  readonly toActorId: string;
}

const CHANGED = sql`from_answer_id as "fromAnswerId", to_actor_id as "toActorId"`;

/** Reads a suggestion and holds it still, as composing does; null when there is none. */
export async function takeAnswered(work: Work, id: string): Promise<Answered | null> {
  const { rows } = await sql<Answered>`
    select kind, version, status = 'OPEN' and end_day > ${work.today} as living,
      coalesce((select json_agg(json_build_object('actorId', actor_id, 'country', country))
        from suggestion_participant where suggestion_id = suggestion.id), '[]') as seats
    from suggestion where id = ${id} for update`.execute(work.em.getKysely());
  return rows[0] ?? null;
}

/** The standing endorsements of a version by actors that others may see. To be read in a statement after the lock. */
export async function readEndorsements(em: EntityManager, id: string, version: number): Promise<Endorsement[]> {
  const { rows } = await sql<Endorsement>`
    select a.id as "answerId", a.actor_id as "actorId"
    from answer a join actor on actor.id = a.actor_id and actor.listed_until >= app.today()
    where a.suggestion_id = ${id} and a.suggestion_version = ${version} and a.choice = 'endorse' and a.withdrawn_at is null
    order by a.actor_id`.execute(em.getKysely());
  return rows;
}

/** Reveals these endorsers to each other, as far as they are not yet; returns what is new. */
export async function reveal(
  work: Work,
  { id, version, endorsements }: { id: string; version: number; endorsements: readonly Endorsement[] },
): Promise<ChangedRevelation[]> {
  if (endorsements.length < 2) return [];
  const endorsers = sql`jsonb_to_recordset(${JSON.stringify(endorsements)}::jsonb)`;
  const { rows } = await sql<ChangedRevelation>`
    insert into revelation (suggestion_id, suggestion_version, from_answer_id, from_actor_id, to_answer_id, to_actor_id, revealed_at)
    select ${id}, ${version}, f."answerId", f."actorId", t."answerId", t."actorId", ${work.now}
    from ${endorsers} as f ("answerId" text, "actorId" text), ${endorsers} as t ("answerId" text, "actorId" text)
    where f."actorId" <> t."actorId"
    on conflict (from_answer_id, to_answer_id) do nothing
    returning ${CHANGED}`.execute(work.em.getKysely());
  return rows;
}

/** Ends the revelations that rest on a withdrawn answer or on what the suggestion no longer is; returns them. */
export async function endRevelations(
  work: Work,
  { id, version, living }: { id: string; version: number; living: boolean },
): Promise<ChangedRevelation[]> {
  const { rows } = await sql<ChangedRevelation>`
    update revelation set ended_at = ${work.now}
    where suggestion_id = ${id} and ended_at is null
      and (suggestion_version <> ${version} or not ${living} or exists (select from answer a
        where a.id in (from_answer_id, to_answer_id) and a.withdrawn_at is not null))
    returning ${CHANGED}`.execute(work.em.getKysely());
  return rows;
}
