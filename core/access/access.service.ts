import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Randomness } from '../../platform/ids.ts';
import { formatApiKey, hashSecret, parseApiKey, sameDigest } from './api-key.ts';
import { ApiKey } from './api-key.entity.ts';
import type { Work } from './unit-of-work.ts';
import type { Role, Viewer } from './viewer.ts';

const DAY_MS = 86_400_000;
/** No key lives longer than a year, so that a forgotten one dies by itself. */
const LONGEST_LIFE_DAYS = 365;

interface StoredKey {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly actorId: string | null;
  readonly secretHash: string;
  /** Neither revoked nor expired. */
  readonly living: boolean;
}

/** Knows who is asking: issues keys and turns a presented key into a viewer. */
export class AccessService {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly randomness: Randomness,
    private readonly pepper: Uint8Array,
  ) {}

  /** The viewer behind a presented key, or null. An unknown id, a wrong secret, an expired and a revoked key answer alike. */
  async authenticate(presented: string): Promise<Viewer | null> {
    const parsed = parseApiKey(presented);
    if (!parsed) return null;
    const em = this.orm.em.fork();
    // Nobody is signed in yet, so nobody may read keys: this function of the database alone looks one up.
    const { rows } = await sql<StoredKey>`select id, label, role, actor_id as "actorId", secret_hash as "secretHash",
      revoked_at is null and expires_at > to_timestamp(${this.clock.now() / 1000}) as living
      from app.find_api_key(${parsed.publicId})`.execute(em.getKysely());
    const [key] = rows;
    const matches = sameDigest(hashSecret(this.pepper, parsed.secret), key?.secretHash ?? '00'.repeat(32));
    if (!key || !matches || !key.living) return null;
    return { keyId: key.id, label: key.label, role: key.role, actorId: key.actorId };
  }

  /** Creates a key inside the caller's transaction. The text is returned once and stored nowhere. */
  issue(work: Work, grant: { label: string; role: Role; actorId: string | null; environment: string }): string {
    const key = formatApiKey(grant.environment, this.randomness.bytes(6), this.randomness.bytes(32));
    work.em.create(ApiKey, {
      id: work.newId('key'),
      publicId: key.publicId,
      secretHash: hashSecret(this.pepper, key.secret),
      label: grant.label,
      role: grant.role,
      actorId: grant.actorId,
      createdAt: work.now,
      expiresAt: new Date(work.now.getTime() + LONGEST_LIFE_DAYS * DAY_MS),
      revokedAt: null,
    });
    return key.text;
  }

  /** How many keys exist, so that a start can tell a new hub from a used one. */
  count(em: EntityManager): Promise<number> {
    return em.count(ApiKey, {});
  }
}
