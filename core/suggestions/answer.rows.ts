import { sql } from 'kysely';
import type { SuggestionStatus } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';

export type Choice = 'endorse' | 'decline';

/** A suggestion as somebody who wants to answer finds it. */
export interface Asked {
  readonly status: SuggestionStatus;
  readonly version: number;
  /** Is the viewer's actor among the participants? */
  readonly takesPart: boolean;
}

/** The answer of an actor that it has not withdrawn, to whatever version. */
export interface StandingAnswer {
  readonly id: string;
  readonly version: number;
  readonly choice: Choice;
}

/** Null when there is none that the viewer may see. Not locked: others must not be able to feel that somebody answers. */
export async function findAsked(work: Work, id: string): Promise<Asked | null> {
  const { rows } = await sql<Asked>`
    select status, version, exists (select from suggestion_seat
      where suggestion_id = suggestion.id and actor_id = ${work.viewer.actorId}) as "takesPart"
    from suggestion where id = ${id}`.execute(work.em.getKysely());
  return rows[0] ?? null;
}

/** The viewer's own answer, or null. Until the transaction ends, nobody else answers this suggestion for the same actor. */
export async function takeAnswer(work: Work, suggestionId: string): Promise<StandingAnswer | null> {
  const { actorId } = work.viewer;
  const db = work.em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(['answer', suggestionId, actorId])}, 0))`.execute(
    db,
  );
  const { rows } = await sql<StandingAnswer>`
    select id, suggestion_version as version, choice from answer
    where suggestion_id = ${suggestionId} and actor_id = ${actorId} and withdrawn_at is null`.execute(db);
  return rows[0] ?? null;
}

export async function insertAnswer(
  work: Work,
  answer: StandingAnswer & { readonly suggestionId: string },
): Promise<void> {
  await sql`insert into answer (id, suggestion_id, suggestion_version, actor_id, choice, given_at)
    values (${answer.id}, ${answer.suggestionId}, ${answer.version}, ${work.viewer.actorId}, ${answer.choice}, ${work.now})`.execute(
    work.em.getKysely(),
  );
}

export async function withdrawAnswer(work: Work, id: string): Promise<void> {
  await sql`update answer set withdrawn_at = ${work.now} where id = ${id}`.execute(work.em.getKysely());
}
