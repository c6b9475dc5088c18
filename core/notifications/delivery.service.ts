import type { CallOutcome, OutsideCall } from '../../platform/post-outside.ts';
import type { Work } from '../access/unit-of-work.ts';
import {
  type StoredDelivery,
  countAttempt,
  dropDelivery,
  endAttempt,
  noteReached,
  takeDelivery,
} from './delivery.rows.ts';
import { type WebhookSecrets, signatureOf } from './webhook-secrets.ts';

/** As often as the queue tries; a ping is for whoever waits for its answer. */
const ATTEMPTS = 6;

export type BegunDelivery =
  | { readonly kind: 'call'; readonly call: OutsideCall }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown-delivery' };

export type EndedDelivery = { readonly kind: 'delivered' | 'failed' | 'try-later'; readonly result: string };

/** Writes what a webhook is called with, and keeps what became of it. */
export class DeliveryService {
  constructor(private readonly secrets: WebhookSecrets) {}

  /** What to call for a delivery, in ids and codes alone; nothing when it was done, or is no longer to be told. */
  async begin(work: Work, id: string): Promise<BegunDelivery> {
    const delivery = await takeDelivery(work, id);
    if (!delivery) return { kind: 'unknown-delivery' };
    if (delivery.state !== 'PENDING') return { kind: 'nothing' };
    const { webhookId, sealed, due, url } = delivery;
    if (!due || sealed === null) {
      await dropDelivery(work, id);
      return { kind: 'nothing' };
    }
    await countAttempt(work, id);
    const body = bodyOf(id, delivery);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Concord',
      'concord-delivery': id,
      'concord-signature': signatureOf(this.secrets.open(webhookId, sealed), work.now, body),
    };
    return { kind: 'call', call: { url, headers, body } };
  }

  /** Stores what became of a call. Whatever is not answered with a status from 200 to 299 failed. */
  async end(work: Work, id: string, outcome: CallOutcome): Promise<EndedDelivery> {
    const result = outcome.kind === 'answered' ? `http-${String(outcome.status)}` : outcome.reason;
    const delivery = await takeDelivery(work, id);
    if (delivery?.state !== 'PENDING') return { kind: 'delivered', result };
    const reached = outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
    const isPing = delivery.kind === 'PING';
    const isLast = isPing || delivery.attempts >= ATTEMPTS;
    await endAttempt(work, id, { state: reached ? 'DELIVERED' : isLast ? 'FAILED' : 'PENDING', result });
    if (reached || (isLast && !isPing)) await noteReached(work, delivery.webhookId, reached);
    return { kind: reached ? 'delivered' : isLast ? 'failed' : 'try-later', result };
  }
}

function bodyOf(id: string, { kind, subjectId, notificationId, occurredAt }: StoredDelivery): string {
  return JSON.stringify({ id, kind, subject: subjectId, notification: notificationId, occurredAt });
}
