import { createHmac, timingSafeEqual } from 'node:crypto';

const PATTERN = /^(act_[0-9A-Za-z]{22})\.(con_[0-9A-Za-z]{22})\.([0-9A-Za-z_-]{43})$/;

/** Whom a link to end digests is about. */
export interface Subscription {
  readonly actorId: string;
  readonly contactId: string;
}

/** Signs and reads the links by which whoever gets a digest ends it, without any key. */
export class UnsubscribeLinks {
  constructor(private readonly secret: Uint8Array) {}

  token({ actorId, contactId }: Subscription): string {
    return `${actorId}.${contactId}.${this.signature({ actorId, contactId }).toString('base64url')}`;
  }

  /** Null for whatever we did not sign. */
  read(token: string): Subscription | null {
    const [, actorId, contactId, signature] = PATTERN.exec(token) ?? [];
    if (actorId === undefined || contactId === undefined || signature === undefined) return null;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.signature({ actorId, contactId });
    return given.length === expected.length && timingSafeEqual(given, expected) ? { actorId, contactId } : null;
  }

  private signature({ actorId, contactId }: Subscription): Buffer {
    return createHmac('sha256', this.secret).update(`unsubscribe ${actorId} ${contactId}`).digest();
  }
}
