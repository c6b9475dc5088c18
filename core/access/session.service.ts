import { sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Randomness } from '../../platform/ids.ts';
import type { AccessService } from './access.service.ts';
import { hashSecret } from './api-key.ts';
import { isSessionToken, makeSessionToken } from './session-token.ts';
import { type Scope, commonScopes, scopesOf } from './scopes.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { HUB_VIEWER, type Role, type Viewer } from './viewer.ts';

const HOUR_MS = 3_600_000;
/** Longer than a working day with its breaks, shorter than to the next morning. */
const LONGEST_IDLE_MS = 12 * HOUR_MS;
/** However much it is used. */
export const LONGEST_SESSION_MS = 7 * 24 * HOUR_MS;
/** So that looking at a page does not write with every request. */
const USE_NOTED_EVERY_MS = 5 * 60_000;

interface FoundSession {
  readonly heldBy: string;
  readonly userId: string | null;
  readonly role: Role;
  readonly actorId: string | null;
  readonly label: string;
  readonly scopes: readonly Scope[] | null;
  readonly usedAtMs: number;
}

/**
 * Sessions of people in a browser. A session is no right of its own: it stands for the key or the person that opened it, whose
 * rights are looked up anew each time, so that it ends with them.
 */
export class SessionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly randomness: Randomness,
    private readonly pepper: Uint8Array,
  ) {}

  /** Opens a session for somebody who has just proven who they are. @returns its token, stored nowhere */
  async open({ keyId, role, actorId }: Viewer): Promise<string> {
    const token = makeSessionToken(this.pepper, (count) => this.randomness.bytes(count));
    const now = this.clock.now();
    await this.unitOfWork.run(HUB_VIEWER, async ({ em }) => {
      await sql`select app.open_session(${this.hash(token)}, ${keyId}, ${role}, ${actorId}, ${new Date(now)},
        ${new Date(now + LONGEST_SESSION_MS)}, ${new Date(now - LONGEST_IDLE_MS)})`.execute(em.getKysely());
    });
    return token;
  }

  /**
   * As whom the holder of a token comes; null where it is none, is over, or its key or person is not let in any more.
   * @param isUse false: nobody does anything, something that stays open is looked at; it makes the session last no longer
   */
  async find(token: string, isUse = true): Promise<Viewer | null> {
    const found = await this.lookUp(token);
    if (!found) {
      await this.access.deny('no-session');
      return null;
    }
    const { heldBy, userId, label, role, actorId, scopes } = found;
    const allowed = scopesOf(role);
    const viewer: Viewer = {
      keyId: heldBy,
      userId,
      label,
      role,
      actorId,
      scopes: scopes ? commonScopes(scopes, allowed) : allowed,
    };
    await this.access.comeBack(viewer);
    if (isUse && this.clock.now() - found.usedAtMs >= USE_NOTED_EVERY_MS) await this.noteUse(token);
    return viewer;
  }

  /** Whether a token was given out here at some time, so that whoever presents it is not guessing. */
  gaveOut(token: string): boolean {
    return isSessionToken(this.pepper, token);
  }

  /** Ends a session, and what it has open; does nothing where there is none. */
  async end(token: string): Promise<void> {
    await this.unitOfWork.run(HUB_VIEWER, async ({ em }) => {
      await sql`select app.end_session(${this.hash(token)})`.execute(em.getKysely());
    });
  }

  private lookUp(token: string): Promise<FoundSession | undefined> {
    return this.unitOfWork.look(HUB_VIEWER, async ({ em, now }) => {
      const { rows } =
        await sql<FoundSession>`select held_by as "heldBy", user_id as "userId", role, actor_id as "actorId",
        label, scopes, (extract(epoch from used_at) * 1000)::float8 as "usedAtMs"
        from app.find_session(${this.hash(token)}, ${now}, ${new Date(now.getTime() - LONGEST_IDLE_MS)})`.execute(
          em.getKysely(),
        );
      return rows[0];
    });
  }

  private async noteUse(token: string): Promise<void> {
    await this.unitOfWork.run(HUB_VIEWER, async ({ em, now }) => {
      await sql`select app.note_session_use(${this.hash(token)}, ${now})`.execute(em.getKysely());
    });
  }

  /** The label keeps it apart from what else is hashed with the same pepper. */
  private hash(token: string): string {
    return hashSecret(this.pepper, `session ${token}`);
  }
}
