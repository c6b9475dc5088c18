import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Randomness } from '../../platform/ids.ts';
import { formatApiKey, hashSecret, parseApiKey, sameDigest } from './api-key.ts';
import { ApiKey } from './api-key.entity.ts';
import type { Peppers } from './peppers.ts';
import { type HeldMembership, type Person, chooseMembership } from './choose-membership.ts';
import { type Scope, commonScopes, scopesOf } from './scopes.ts';
import { type OnSignIn, SignInWatch } from './sign-in-watch.ts';
import type { Work } from './unit-of-work.ts';
import type { Role, Viewer } from './viewer.ts';

const DAY_MS = 86_400_000;
/** No key lives longer than a year, so that a forgotten one dies by itself. */
export const LONGEST_LIFE_DAYS = 365;

/** What a new key is to be. */
export interface KeyGrant {
  readonly label: string;
  readonly role: Role;
  readonly actorId: string | null;
  /** Part of the key's text, so that nobody takes a key of the demo for another. */
  readonly environment: string;
  /** All that the role allows unless given. */
  readonly scopes?: readonly Scope[];
  /** After 365 days unless given. */
  readonly expiresAt?: Date | null | undefined;
}

interface StoredKey {
  readonly id: string;
  readonly userId: string | null;
  readonly label: string;
  readonly role: Role;
  readonly actorId: string | null;
  readonly scopes: readonly Scope[];
  readonly secretHash: string;
  readonly pepper: string;
  readonly revoked: boolean;
  readonly expired: boolean;
  readonly lastUsedOn: string | null;
}

export type UserSignIn =
  | { readonly kind: 'signed-in'; readonly viewer: Viewer }
  /** The person is who they say, but that opens nothing; in a sentence for them. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Knows who is asking: issues keys, and turns a presented key or a proven person into a viewer. */
export class AccessService {
  private readonly watch: SignInWatch;

  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly randomness: Randomness,
    private readonly peppers: Peppers,
    onSignIn?: OnSignIn,
  ) {
    this.watch = new SignInWatch(onSignIn);
  }

  /** The viewer behind a presented key, or null. An unknown id, a wrong secret, an expired and a revoked key answer alike. */
  async authenticate(presented: string): Promise<Viewer | null> {
    const parsed = parseApiKey(presented);
    if (!parsed) {
      await this.deny('not-a-key');
      return null;
    }
    const { publicId } = parsed;
    await this.peppers.refresh();
    const key = await this.findKey(publicId);
    const pepper = key && (await this.peppers.find(key.pepper));
    const hash = hashSecret((pepper ?? this.peppers.current).key, parsed.secret);
    const matches = sameDigest(hash, key?.secretHash ?? '00'.repeat(32));
    const refusal = refusalOf(key, matches);
    if (!key || refusal !== null) {
      await this.watch.denied({ keyId: key?.id ?? null, publicId, reason: refusal ?? UNKNOWN });
      return null;
    }
    const { id: keyId, userId, label, role, actorId } = key;
    const viewer = { keyId, userId, label, role, actorId, scopes: commonScopes(key.scopes, scopesOf(role)) };
    await this.watch.signedIn(viewer, { publicId, reason: 'key' }, this.clock.now());
    await this.noteUse(key);
    if (key.pepper !== this.peppers.current.id) await this.hashAnew(key, parsed.secret);
    return viewer;
  }

  /**
   * The viewer that a person is whom an issuer has proven. What they may do stands in our memberships alone.
   * @param wanted the actor they act for, `none` for the membership without one; null chooses the only one they have
   * @param by what they came by, for the audit
   */
  async authenticateUser(person: Person, wanted: string | null, by: 'token' | 'issuer' = 'token'): Promise<UserSignIn> {
    const held = await this.membershipsOf(person);
    const chosen = chooseMembership(person, held, wanted);
    if (chosen.kind === 'refused') {
      await this.watch.denied({ keyId: held[0]?.userId ?? null, publicId: null, reason: chosen.why });
      return { kind: 'refused', reason: chosen.reason };
    }
    const viewer = viewerBy(chosen.membership);
    await this.watch.signedIn(viewer, { publicId: null, reason: by }, this.clock.now());
    return { kind: 'signed-in', viewer };
  }

  /** What a person may be here, the oldest first; nothing for whoever is suspended or was never let in. */
  async membershipsOf({ issuer, subject }: Person): Promise<readonly HeldMembership[]> {
    const { rows } = await sql<HeldMembership>`select user_id as "userId", role, actor_id as "actorId", label
      from app.find_memberships(${issuer}, ${subject})`.execute(this.orm.em.fork().getKysely());
    return rows;
  }

  /** Records that somebody comes back by a session, as it would be recorded of their key or token. */
  comeBack(viewer: Viewer): Promise<void> {
    return this.watch.signedIn(viewer, { publicId: null, reason: 'session' }, this.clock.now());
  }

  /** Records that somebody was turned away before we could tell who it was; the reason is a code. */
  deny(reason: string): Promise<void> {
    return this.watch.denied({ keyId: null, publicId: null, reason });
  }

  /** Creates a key inside the caller's transaction. The text is returned once and stored nowhere. */
  issue(work: Work, grant: KeyGrant): string {
    return this.issueKey(work, grant).text;
  }

  /** The same, with the id of its record. */
  issueKey(work: Work, grant: KeyGrant): { readonly id: string; readonly text: string } {
    const key = formatApiKey(grant.environment, this.randomness.bytes(6), this.randomness.bytes(32));
    const id = work.newId('key');
    work.em.create(ApiKey, {
      id,
      publicId: key.publicId,
      secretHash: hashSecret(this.peppers.current.key, key.secret),
      pepper: this.peppers.current.id,
      label: grant.label,
      role: grant.role,
      actorId: grant.actorId,
      userId: work.viewer.userId,
      issuedBy: work.viewer.keyId.startsWith('key_') ? work.viewer.keyId : null,
      scopes: [...(grant.scopes ?? scopesOf(grant.role))],
      createdAt: work.now,
      expiresAt: grant.expiresAt ?? new Date(work.now.getTime() + LONGEST_LIFE_DAYS * DAY_MS),
      revokedAt: null,
    });
    return { id, text: key.text };
  }

  /** How many keys exist, so that a start can tell a new hub from a used one. */
  count(em: EntityManager): Promise<number> {
    return em.count(ApiKey, {});
  }

  /** Nobody is signed in yet, so nobody may read keys: a function of the database alone looks one up. */
  private async findKey(publicId: string): Promise<StoredKey | undefined> {
    const { rows } = await sql<StoredKey>`select id, user_id as "userId", label, role, actor_id as "actorId", scopes,
      secret_hash as "secretHash", pepper, revoked_at is not null as revoked,
      expires_at <= to_timestamp(${this.clock.now() / 1000}) as expired, last_used_on::text as "lastUsedOn"
      from app.find_api_key(${publicId})`.execute(this.orm.em.fork().getKysely());
    return rows[0];
  }

  /** The pepper was rotated since the key was last used. */
  private async hashAnew({ id, secretHash }: StoredKey, secret: string): Promise<void> {
    const { id: pepper, key } = this.peppers.current;
    await sql`select app.hash_key_anew(${id}, ${secretHash}, ${hashSecret(key, secret)}, ${pepper})`.execute(
      this.orm.em.fork().getKysely(),
    );
  }

  private async noteUse({ id, lastUsedOn }: StoredKey): Promise<void> {
    const today = formatCalendarDate(epochDay(this.clock.today()));
    if (lastUsedOn === today) return;
    await sql`select app.note_key_use(${id}, ${today}::date)`.execute(this.orm.em.fork().getKysely());
  }
}

/** A person by one of their memberships. */
export function viewerBy({ userId, label, role, actorId }: HeldMembership): Viewer {
  return { keyId: userId, userId, label, role, actorId, scopes: scopesOf(role) };
}

/** Or its actor or user is not let in. */
const UNKNOWN = 'unknown-key';

/** For the audit only: whoever presented the key learns nothing of it. */
function refusalOf(key: StoredKey | undefined, matches: boolean): string | null {
  if (!key) return UNKNOWN;
  if (!matches) return 'wrong-secret';
  if (key.revoked) return 'revoked';
  return key.expired ? 'expired' : null;
}
