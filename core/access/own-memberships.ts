import { sql } from 'kysely';
import { type AccessService, viewerBy } from './access.service.ts';
import type { HeldMembership, Person } from './choose-membership.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import type { Role } from './viewer.ts';

/** One of the things that a person may be here, as they would choose among them. */
export interface OwnMembership {
  /** Null: for no actor. */
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly role: Role;
}

/** Tells a person whom an issuer has proven for whom they may act, before they act for anybody. */
export class OwnMemberships {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: AccessService,
  ) {}

  /** The oldest first. */
  async list(person: Person): Promise<readonly OwnMembership[]> {
    const held = await this.access.membershipsOf(person);
    return Promise.all(
      held.map(async (membership) => {
        const { actorId, role } = membership;
        return { actorId, role, actorName: actorId === null ? null : await this.nameOf(actorId, membership) };
      }),
    );
  }

  /** By the rights of that very membership: an actor is always shown to its own. */
  private nameOf(actorId: string, membership: HeldMembership): Promise<string | null> {
    return this.unitOfWork.look(viewerBy(membership), async ({ em }) => {
      const { rows } = await sql<{ name: string }>`select name from app.actor where id = ${actorId}`.execute(
        em.getKysely(),
      );
      return rows[0]?.name ?? null;
    });
  }
}
