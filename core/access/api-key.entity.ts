import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Scope } from './scopes.ts';
import type { Role } from './viewer.ts';

/** A key that lets a program or a person in. The secret itself is never stored. */
const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.text().primary(),
    /** The 8 characters of the key that are not secret. */
    publicId: p.text().unique(),
    /** HMAC-SHA-256(pepper, secret), hex. */
    secretHash: p.text(),
    /** The id of that pepper. */
    pepper: p.text(),
    label: p.text(),
    role: p.text().$type<Role>(),
    actorId: p.text().nullable(),
    /** The person who issued it and with whom it ends; null when a key or the hub did. */
    userId: p.text().nullable(),
    /** The key by which it was issued, so that what a lost key made can be found; null when a token or the hub did. */
    issuedBy: p.text().nullable(),
    /** What it may do beside reading. */
    scopes: p.array<Scope>(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);
