import type { DeliveryService } from '../core/notifications/delivery.service.ts';
import { postOutside } from '../platform/post-outside.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done, retry } from './runtime/outcome.ts';

/** Calls a webhook. Whoever is called twice, because a worker died in between, knows it by the id of the delivery. */
export function deliverWebhook(deliveries: DeliveryService, toLoopback: boolean): WorkerDefinition {
  return defineWorker({
    queue: 'deliver-webhook',
    handle: async ({ deliveryId }, { transaction, log }) => {
      const begun = await transaction((work) => deliveries.begin(work, deliveryId));
      if (begun.kind === 'unknown-delivery') return discard(`no delivery ${deliveryId}`);
      if (begun.kind === 'nothing') return done;
      const outcome = await postOutside(begun.call, { toLoopback });
      const { kind, result } = await transaction((work) => deliveries.end(work, deliveryId, outcome));
      if (kind === 'delivered') return done;
      log.debug({ id: deliveryId, code: result }, 'webhook not reached');
      return kind === 'try-later' ? retry(result) : discard(result);
    },
  });
}
