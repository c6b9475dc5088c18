import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Randomness } from '../../platform/ids.ts';
import { type ContactDetails, contactDetails } from './contact.ts';

/** A contact as it is stored: without its wrapped key, what is sealed is noise. */
export interface SealedContact {
  readonly sealed: Buffer;
  readonly wrappedKey: Buffer;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts each contact under a new key of its own, and that key under one that follows from the hub's secret: who deletes the
 * key of a contact has erased it wherever its ciphertext still is. Both are bound to the id of the contact.
 */
export class ContactVault {
  private readonly wrapping: Uint8Array;
  private readonly fingerprinting: Uint8Array;

  constructor(
    secret: Uint8Array,
    private readonly randomness: Randomness,
  ) {
    const derive = (purpose: string): Uint8Array =>
      new Uint8Array(hkdfSync('sha256', secret, '', `concord contact ${purpose}`, KEY_BYTES));
    this.wrapping = derive('keys');
    this.fingerprinting = derive('fingerprints');
  }

  seal(id: string, details: ContactDetails): SealedContact {
    const key = this.randomness.bytes(KEY_BYTES);
    return {
      sealed: this.encrypt(key, `contact ${id}`, Buffer.from(JSON.stringify(details))),
      wrappedKey: this.encrypt(this.wrapping, `key of ${id}`, key),
    };
  }

  /** @throws when either part was changed, belongs to another contact, or the hub has another secret. */
  open(id: string, { sealed, wrappedKey }: SealedContact): ContactDetails {
    const key = decrypt(this.wrapping, `key of ${id}`, wrappedKey);
    return contactDetails.parse(JSON.parse(decrypt(key, `contact ${id}`, sealed).toString('utf8')));
  }

  /** Tells whether two texts are the same, and nothing to somebody who guesses what a text was. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.fingerprinting).update(text).digest('hex');
  }

  /** The nonce, the tag, the ciphertext. */
  private encrypt(key: Uint8Array, context: string, plain: Uint8Array): Buffer {
    const nonce = this.randomness.bytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
  }
}

function decrypt(key: Uint8Array, context: string, bytes: Buffer): Buffer {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
