import { createHmac, hkdfSync } from 'node:crypto';
import type { Randomness } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/sealed.ts';
import { type ContactDetails, contactDetails } from './contact.ts';

/** A contact as it is stored: without its wrapped key, what is sealed is noise. */
export interface SealedContact {
  readonly sealed: Buffer;
  readonly wrappedKey: Buffer;
}

const KEY_BYTES = 32;

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
      sealed: seal(key, `contact ${id}`, Buffer.from(JSON.stringify(details)), this.randomness),
      wrappedKey: seal(this.wrapping, `key of ${id}`, key, this.randomness),
    };
  }

  /** @throws when either part was changed, belongs to another contact, or the hub has another secret. */
  open(id: string, { sealed, wrappedKey }: SealedContact): ContactDetails {
    const key = unseal(this.wrapping, `key of ${id}`, wrappedKey);
    return contactDetails.parse(JSON.parse(unseal(key, `contact ${id}`, sealed).toString('utf8')));
  }

  /** Tells whether two texts are the same, and nothing to somebody who guesses what a text was. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.fingerprinting).update(text).digest('hex');
  }
}
