import { hkdfSync } from 'node:crypto';

/** The keys of one hub, all drawn from the one secret that its operator keeps. */
export interface HubSecrets {
  /** Hashes the secrets of API keys until it is rotated (see peppers.ts): without it no stored key can be checked. */
  readonly pepper: Uint8Array;
  /** Signs cursors. */
  readonly cursor: Uint8Array;
  /** Names derived rows such as overlaps, so that their ids tell nothing. */
  readonly derivedIds: Uint8Array;
  /** Wraps the keys of contacts: without it no contact can be read. */
  readonly contacts: Uint8Array;
  /** Seals what a browser keeps of a sign-in under way. */
  readonly signIns: Uint8Array;
}

/** HKDF-SHA-256 (RFC 5869) with one label a purpose, so that no key tells another. */
export function hubSecrets(secret: string): HubSecrets {
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', `concord ${purpose}`, 32));
  return {
    pepper: derive('pepper'),
    cursor: derive('cursor'),
    derivedIds: derive('derived ids'),
    contacts: derive('contacts'),
    signIns: derive('sign-ins'),
  };
}
