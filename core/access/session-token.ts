import { createHmac, timingSafeEqual } from 'node:crypto';

const RANDOM_BYTES = 32;
const MAC_BYTES = 16;

/**
 * A new token of a session: 256 random bits and a MAC over them, in base64url. The MAC opens nothing; it says that this hub once gave
 * the token out, also when its session is long forgotten.
 */
export function makeSessionToken(pepper: Uint8Array, bytes: (count: number) => Uint8Array): string {
  const random = bytes(RANDOM_BYTES);
  return Buffer.concat([random, macOf(pepper, random)]).toString('base64url');
}

/** Whether this hub gave the token out, at any time. */
export function isSessionToken(pepper: Uint8Array, token: string): boolean {
  const parts = Buffer.from(token, 'base64url');
  if (parts.length !== RANDOM_BYTES + MAC_BYTES) return false;
  return timingSafeEqual(macOf(pepper, parts.subarray(0, RANDOM_BYTES)), parts.subarray(RANDOM_BYTES));
}

/** The label keeps it apart from what else is hashed with the same pepper. */
function macOf(pepper: Uint8Array, random: Uint8Array): Uint8Array {
  return createHmac('sha256', pepper).update('session token ').update(random).digest().subarray(0, MAC_BYTES);
}
