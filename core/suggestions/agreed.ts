import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';

/** A suggestion as those find it who may make something of it together. */
export interface Agreed {
  readonly version: number;
  readonly status: string;
  /** Does the viewer's actor take part in it, and are others revealed to it? */
  readonly agreed: boolean;
  readonly corridor: string | null;
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
  /** `YYYY-MM-DD`, both included; a null end is open. */
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly seats: readonly AgreedSeat[];
}

/** A participant of the suggestion; its actor only where it is the viewer's own or was revealed to it. */
export interface AgreedSeat {
  readonly position: number;
  readonly country: string;
  readonly actorId: string | null;
}

/** Reads a suggestion under the viewer's rights, by position; null when there is none that it may see. Nothing is locked. */
export async function findAgreed({ em, viewer }: Work, id: string): Promise<Agreed | null> {
  const revealed = sql`(select from_actor_id from revelation
    where suggestion_id = ${id} and to_actor_id = ${viewer.actorId} and ended_at is null)`;
  const { rows } = await sql<Agreed>`
    select version, status, corridor, themes, audiences, starts_on::text as "startsOn", ends_on::text as "endsOn",
      status = 'OPEN' and exists ${revealed} and exists (select from suggestion_seat
        where suggestion_id = suggestion.id and actor_id = ${viewer.actorId}) as agreed,
      coalesce((select json_agg(json_build_object('position', p.position, 'country', p.country,
          'actorId', case when seat.actor_id = ${viewer.actorId} or seat.actor_id in ${revealed} then seat.actor_id end) order by p.position)
        from suggestion_participant p left join suggestion_seat seat using (suggestion_id, position)
        where p.suggestion_id = suggestion.id), '[]') as seats
    from suggestion where id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}
