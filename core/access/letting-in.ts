import { sql } from 'kysely';
import { type Refused, forbidden, invalid, notFound } from '../outcome.ts';
import type { Work } from './unit-of-work.ts';
import { type Role, type Viewer, mayCurate } from './viewer.ts';

/** As what somebody is let in. */
interface Standing {
  readonly role: Role;
  readonly actorId: string | null;
}

/** For whom somebody is let in when nobody says: an editor's own actor; for a coordinator, none. */
export function actorMeant(viewer: Viewer, named: string | null | undefined): string | null {
  return named ?? (mayCurate(viewer) ? null : viewer.actorId);
}

/** May this viewer let others in as this, and shut them out again? Nobody gives more than they have. */
export function mayLetIn(
  viewer: Viewer,
  as: { readonly role: Role; readonly actorId?: string | null | undefined },
): boolean {
  if (mayCurate(viewer)) return true;
  const isOwnActor = viewer.actorId !== null && as.actorId === viewer.actorId;
  return viewer.role === 'editor' && isOwnActor && as.role !== 'coordinator';
}

export const NOT_YOURS_TO_LET_IN = forbidden(
  'Editors let others in, and shut them out, for their own actor and up to their own rights; coordinators for any.',
);

/** Why nobody can be let in as this, or not by this viewer; null when they can. */
export async function refuseLettingIn(work: Work, standing: Standing): Promise<Refused | null> {
  const { role, actorId } = standing;
  if (actorId === null) {
    if (role !== 'coordinator' && role !== 'observer') {
      return invalid([{ path: 'input.actor', message: `A ${role} acts for an actor: name it.` }]);
    }
  } else if (!(await isSeen(work, actorId))) return notFound(actorId);
  if (!mayLetIn(work.viewer, standing)) return NOT_YOURS_TO_LET_IN;
  // Whoever could let itself in as an editor of any actor would see what coordinators are not to see.
  const isForOthers = work.viewer.role === 'coordinator' && actorId !== null && actorId !== work.viewer.actorId;
  return isForOthers && (await hasPeople(work, actorId))
    ? forbidden('This actor has people of its own: its editors let others in.')
    : null;
}

/** Lets transactions that would do the same thing at once do it one after the other; until the end of this one. */
export async function takeTurn(work: Work, what: readonly (string | null)[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(what)}, 0))`.execute(work.em.getKysely());
}

/** Whether somebody who may let others in acts for this actor already, by a living key or a membership. */
async function hasPeople(work: Work, actorId: string): Promise<boolean> {
  const { rows } = await sql`
    select from api_key where actor_id = ${actorId} and role = 'editor' and revoked_at is null and expires_at > ${work.now}
    union all select from membership where actor_id = ${actorId} and role = 'editor' and revoked_at is null limit 1`.execute(
    work.em.getKysely(),
  );
  return rows.length > 0;
}

async function isSeen(work: Work, actorId: string): Promise<boolean> {
  const { rows } = await sql`select from actor where id = ${actorId} and merged_into_id is null`.execute(
    work.em.getKysely(),
  );
  return rows.length > 0;
}
