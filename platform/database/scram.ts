import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { type Randomness, systemRandomness } from '../ids.ts';

const ITERATIONS = 4096;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/**
 * What PostgreSQL stores for a password (RFC 5803, SCRAM-SHA-256): given instead of the password, the server can check
 * logins, but neither it nor its log ever holds the password. For ASCII passwords only, which need no SASLprep.
 */
export function scramVerifier(password: string, randomness: Randomness = systemRandomness): string {
  const salt = randomness.bytes(SALT_BYTES);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${String(ITERATIONS)}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`;
}
