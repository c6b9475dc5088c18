import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import { NOTIFICATION_KINDS } from './notification-kind.ts';
import { refuseUrl, registerWebhookInput, webhookTarget } from './webhook.input.ts';
import {
  WEBHOOKS_PER_ACTOR,
  findWebhook,
  insertPing,
  insertWebhook,
  revokeWebhook,
  takeWebhooks,
} from './webhook.rows.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

export type RegisterOutcome = { readonly kind: 'registered'; readonly id: string; readonly secret: string } | Refused;

/** Keeps the programs that an actor has called when it is told something. Calling them is for the worker. */
export class WebhookService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: WebhookSecrets,
    private readonly toLoopback: boolean,
  ) {}

  /** Registers a webhook of the viewer's actor. The text of its secret is in this answer and nowhere else. */
  register(viewer: Viewer, input: unknown): Promise<RegisterOutcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(registerWebhookInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { url } = parsed.value;
      const { actorId } = viewer;
      if (viewer.role !== 'editor' || actorId === null) return onlyEditors;
      const message = refuseUrl(url, this.toLoopback);
      if (message !== null) return invalid([{ path: 'input.url', message }]);
      const existing = await takeWebhooks(work, actorId);
      const same = existing.find((webhook) => webhook.url === url);
      if (same) return conflict(`${same.id} is called at this URL already: revoke it first.`);
      const found = existing.length + 1;
      if (found > WEBHOOKS_PER_ACTOR)
        return { kind: 'limit-exceeded', limit: 'webhooks', allowed: WEBHOOKS_PER_ACTOR, found };
      const id = work.newId('whk');
      const { text, sealed } = this.secrets.make(id);
      const kinds = parsed.value.kinds ?? NOTIFICATION_KINDS;
      await insertWebhook(work, {
        id,
        actorId,
        url,
        kinds: NOTIFICATION_KINDS.filter((kind) => kinds.includes(kind)),
        sealed,
      });
      await record(work, 'webhook.registered', id);
      return { kind: 'registered', id, secret: text };
    });
  }

  /** Nothing is called there any more, what waits included. Doing it twice is doing it once. */
  revoke(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, async (work, id, { revoked }) => {
      if (revoked) return saved(id);
      await revokeWebhook(work, id);
      await record(work, 'webhook.revoked', id);
      return saved(id);
    });
  }

  /** Has a webhook called once, with nothing to tell; one that was disabled works again if it answers. */
  ping(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.about(viewer, input, async (work, id, { revoked }) => {
      if (revoked) return conflict('The webhook was revoked: register another.');
      const deliveryId = work.newId('whd');
      if (!(await insertPing(work, deliveryId, id))) return conflict('A ping is under way already.');
      await append(work.em, { kind: 'webhook.due', deliveryId });
      await record(work, 'webhook.pinged', id);
      return saved(id);
    });
  }

  private about(
    viewer: Viewer,
    input: unknown,
    body: (work: Work, id: string, webhook: { readonly revoked: boolean }) => Promise<Outcome>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(webhookTarget, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id } = parsed.value;
      const webhook = await findWebhook(work, id);
      return webhook ? body(work, id, webhook) : notFound(id);
    });
  }
}

const onlyEditors = forbidden('Editors register webhooks of their own actor.');
