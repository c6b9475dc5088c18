import { z } from 'zod';
import { SCOPES } from './scopes.ts';
import { ROLES } from './viewer.ts';

const label = z.string().trim().min(1).max(300);

export const issueApiKeyInput = z.object({
  label,
  role: z.enum(ROLES),
  actor: z.string().nullish(),
  scopes: z.array(z.enum(SCOPES)).max(SCOPES.length).nullish(),
  expiresAt: z.date().nullish(),
});
export const revokeApiKeyInput = z.object({ id: z.string() });

export const grantMembershipInput = z.object({
  issuer: z.string().trim().min(1).max(1_000),
  subject: z.string().trim().min(1).max(255),
  label,
  role: z.enum(ROLES),
  actor: z.string().nullish(),
});
export const revokeMembershipInput = z.object({ id: z.string() });
export const userOfMembershipInput = z.object({ membership: z.string() });
