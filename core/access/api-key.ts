import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `ccd_<env>_<8-char id>_<256 bit base62>_<crc32>`: recognisable by secret scanners, checkable without the database. */
const PATTERN = /^ccd_([a-z]{2,8})_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})_([0-9a-f]{8})$/;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export interface ParsedApiKey {
  readonly publicId: string;
  readonly secret: string;
}

/** Reads a key as a person pasted it; null when it is none or was mistyped (the checksum says so). */
export function parseApiKey(text: string): ParsedApiKey | null {
  const match = PATTERN.exec(text.trim());
  if (!match) return null;
  const [, , publicId, secret, checksum] = match;
  if (publicId === undefined || secret === undefined) return null;
  return checksumOf(text.trim().slice(0, -9)) === checksum ? { publicId, secret } : null;
}

/** Writes a new key from 32 bytes of randomness for the secret and 8 for the public id. */
export function formatApiKey(
  environment: string,
  idBytes: Uint8Array,
  secretBytes: Uint8Array,
): ParsedApiKey & { text: string } {
  const publicId = base62(idBytes, 8);
  const secret = base62(secretBytes, 43);
  const body = `ccd_${environment}_${publicId}_${secret}`;
  return { publicId, secret, text: `${body}_${checksumOf(body)}` };
}

/** What is stored instead of the secret: hex of HMAC-SHA-256(pepper, secret). */
export function hashSecret(pepper: Uint8Array, secret: string): string {
  return createHmac('sha256', pepper).update(secret).digest('hex');
}

/** Compares two hex digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a, 'hex');
  const right = Buffer.from(b, 'hex');
  return left.length === right.length && timingSafeEqual(left, right);
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function base62(bytes: Uint8Array, length: number): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text = ALPHABET.charAt(Number(number % 62n)) + text;
    number /= 62n;
  }
  return text;
}
