import { sql } from 'kysely';
import { type Outcome, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { record } from './audit.ts';
import type { Person } from './choose-membership.ts';
import { grantMembershipInput, revokeMembershipInput, userOfMembershipInput } from './letting-in.input.ts';
import { NOT_YOURS_TO_LET_IN, actorMeant, mayLetIn, refuseLettingIn, takeTurn } from './letting-in.ts';
import { Membership } from './membership.entity.ts';
import type { UnitOfWork, Work } from './unit-of-work.ts';
import { type Viewer, mayCurate } from './viewer.ts';

/** Lets people in whom an issuer of tokens knows, and shuts them out. */
export class MembershipService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One role for one actor; a person may have memberships of several actors. */
  grant(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(grantMembershipInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { issuer, subject, label, role } = parsed.value;
      const actorId = actorMeant(viewer, parsed.value.actor);
      const refused = await refuseLettingIn(work, { role, actorId });
      if (refused) return refused;
      const userId = await userFor(work, { issuer, subject });
      await takeTurn(work, ['membership', userId, actorId]);
      const held = await work.em.findOne(Membership, { userId, actorId, revokedAt: null });
      if (held) return conflict(`This person is ${held.role} there already by ${held.id}: revoke that first.`);
      const id = work.newId('mem');
      work.em.create(Membership, { id, userId, actorId, role, label, createdAt: work.now, revokedAt: null });
      await work.em.flush();
      await record(work, 'role.granted', id, { role, ...(actorId !== null && { actor: actorId }) });
      return saved(id);
    });
  }

  /** The next request under this membership is refused, and its open streams end. Doing it twice is doing it once. */
  revoke(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(revokeMembershipInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const membership = await work.em.findOne(Membership, { id: parsed.value.id });
      if (!membership) return notFound(parsed.value.id);
      if (!mayLetIn(viewer, membership)) return NOT_YOURS_TO_LET_IN;
      if (membership.revokedAt !== null) return saved(membership.id);
      membership.revokedAt = work.now;
      await work.em.flush();
      await record(work, 'role.revoked', membership.id, { role: membership.role });
      return saved(membership.id);
    });
  }

  /** A coordinator shuts a person out of all their memberships, and the keys they issued with them. */
  suspendUser(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.setSuspension(viewer, input, 'user.suspended', (now) => now);
  }

  /** A coordinator lets a suspended person back in, as what they were. */
  reinstateUser(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.setSuspension(viewer, input, 'user.reinstated', () => null);
  }

  private setSuspension(
    viewer: Viewer,
    input: unknown,
    action: string,
    suspendedAt: (now: Date) => Date | null,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(userOfMembershipInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const membership = await work.em.findOne(Membership, { id: parsed.value.membership });
      if (!membership) return notFound(parsed.value.membership);
      if (!mayCurate(viewer)) return forbidden('Only coordinators suspend people, and let them back in.');
      await sql`update hub_user set suspended_at = ${suspendedAt(work.now)} where id = ${membership.userId}`.execute(
        work.em.getKysely(),
      );
      await record(work, action, membership.userId);
      return saved(membership.id);
    });
  }
}

/** The id of the user, made when nobody let them in before: the database alone knows which. */
async function userFor(work: Work, { issuer, subject }: Person): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select app.user_for(${issuer}, ${subject}, ${work.newId('usr')}, ${work.now}) as id`.execute(work.em.getKysely());
  const [user] = rows;
  if (!user) throw new Error('app.user_for answered nothing');
  return user.id;
}
