import { createHmac, hkdfSync } from 'node:crypto';
import type { Randomness } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/sealed.ts';

const SECRET_BYTES = 32;

/** Makes the secrets of webhooks, keeps them sealed under one that follows from the hub's, and signs with them. */
export class WebhookSecrets {
  private readonly key: Uint8Array;

  constructor(
    secret: Uint8Array,
    private readonly randomness: Randomness,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'concord webhook secrets', 32));
  }

  /** A new secret of 256 bits, and how it is stored. */
  make(webhookId: string): { readonly text: string; readonly sealed: Buffer } {
    const text = `whsec_${Buffer.from(this.randomness.bytes(SECRET_BYTES)).toString('base64url')}`;
    return { text, sealed: seal(this.key, `secret of ${webhookId}`, Buffer.from(text), this.randomness) };
  }

  /** @throws when it was changed, belongs to another webhook, or the hub has another secret. */
  open(webhookId: string, sealed: Buffer): string {
    return unseal(this.key, `secret of ${webhookId}`, sealed).toString('utf8');
  }
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 of the seconds, a dot and the body, under the secret as it was shown. */
export function signatureOf(secret: string, at: Date, body: string): string {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
