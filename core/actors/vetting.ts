import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { type Refused, conflict, forbidden } from '../outcome.ts';
import type { Actor } from './actor.entity.ts';
import type { ReviseActor } from './actor.input.ts';

/** Kinds for which one coordinator is not enough: whoever poses as one of these gets at those it should protect. */
const VOUCHED_BY_TWO = new Set([
  'diaspora_association',
  'migrant_led_group',
  'community_or_faith_group',
  'recruitment_agency',
  'telecom',
  'platform',
  'employer',
  'media',
]);

interface Grounds {
  readonly evidence: string;
  /** `YYYY-MM-DD`, the last day; null is without end. */
  readonly validUntil: string | null;
}

/** Records that a coordinator vouches for an actor, and verifies it when that is enough. Refused when the same one vouches twice. */
export async function vouch(work: Work, actor: Actor, grounds: Grounds): Promise<Refused | null> {
  const needsTwo = VOUCHED_BY_TWO.has(actor.kind) && work.viewer.role !== 'operator' && actor.vetting !== 'verified';
  const earlier = needsTwo ? await vouchersSinceSuspension(work, actor.id) : [];
  const isEnough = !needsTwo || earlier.some((who) => personOf(who) !== personOf(decider(work)));
  if (!isEnough && earlier.length > 0) {
    return conflict(
      work.viewer.userId === null
        ? 'A key that no person issued has vouched for this actor already, and all of these count as one: another coordinator must do so in person.'
        : 'You have vouched for this actor already: a second coordinator must do so too.',
    );
  }
  await decide(work, actor.id, isEnough ? 'verified' : 'vouched', grounds);
  if (isEnough) Object.assign(actor, { vetting: 'verified', vettedUntil: grounds.validUntil });
  return null;
}

/**
 * Refuses an actor that was vouched for to become another in what rules go by: how many must vouch for it, who is excluded, and what
 * its word is worth in a suggestion.
 */
export function refuseToUndoVetting(
  actor: Actor,
  { kind, basedIn, baliProcessRole }: Pick<ReviseActor, 'kind' | 'basedIn' | 'baliProcessRole'>,
): Refused | null {
  const stays =
    (kind ?? actor.kind) === actor.kind &&
    (baliProcessRole === undefined || (baliProcessRole ?? 'none') === actor.baliRole) &&
    (basedIn === undefined || isDeepStrictEqual([...(basedIn ?? [])].sort(), [...actor.basedIn].sort()));
  return stays || actor.vetting === 'pending'
    ? null
    : forbidden('Coordinators have vouched for this actor: only they change its kind, where it is based and its role.');
}

/** Takes an actor out until somebody vouches for it anew. */
export async function suspend(work: Work, actor: Actor, reason: string): Promise<void> {
  await decide(work, actor.id, 'suspended', { evidence: reason, validUntil: null });
  Object.assign(actor, { vetting: 'suspended', vettedUntil: null });
}

async function decide(work: Work, actorId: string, decision: string, { evidence, validUntil }: Grounds): Promise<void> {
  await sql`insert into vetting_decision (actor_id, decision, evidence, valid_until, decided_by, decided_at)
    values (${actorId}, ${decision}, ${evidence}, ${validUntil}, ${decider(work)}, ${work.now})`.execute(
    work.em.getKysely(),
  );
}

/** The person where one is known: somebody with two keys is still one. */
function decider({ viewer }: Work): string {
  return viewer.userId ?? viewer.keyId;
}

/**
 * Whom a decision is counted for. Keys that no person issued, the operator's and those that they issued, are all one: nobody can tell
 * whose hands they are in, and each can make another.
 */
const personOf = (decidedBy: string): string => (decidedBy.startsWith('usr_') ? decidedBy : 'nobody in person');

/** Who has vouched for an actor since it was last taken out. */
async function vouchersSinceSuspension(work: Work, actorId: string): Promise<string[]> {
  const { rows } = await sql<{ by: string }>`
    select decided_by as by from vetting_decision where actor_id = ${actorId} and decision = 'vouched'
      and id > coalesce((select max(id) from vetting_decision where actor_id = ${actorId} and decision = 'suspended'), 0)
    order by id`.execute(work.em.getKysely());
  return rows.map(({ by }) => by);
}
