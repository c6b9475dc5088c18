import type { DigestService } from '../core/notifications/digest.service.ts';
import type { Mailer } from '../platform/mail.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done, retry } from './runtime/outcome.ts';

/** Sends one mail, at most once: whoever died while sending has perhaps sent it. Its log says nothing of to whom, nor of what. */
export function sendDigest(digests: DigestService, mailer: Mailer): WorkerDefinition {
  return defineWorker({
    queue: 'send-digest',
    handle: async ({ digestId }, { transaction, log }) => {
      const begun = await transaction((work) => digests.begin(work, digestId));
      if (begun.kind === 'unknown-digest') return discard(`no digest ${digestId}`);
      if (begun.kind === 'lost') return discard(`${digestId} was being sent when its worker ended`);
      if (begun.kind === 'nothing') return done;
      const outcome = await mailer.send(begun.mail);
      const ended = await transaction((work) => digests.end(work, digestId, outcome));
      if (outcome.kind === 'sent') return done;
      log.warn({ id: digestId, kind: outcome.kind, code: outcome.code }, 'digest not sent');
      return ended === 'try-later' ? retry(outcome.code) : discard(`${outcome.kind}: ${outcome.code}`);
    },
  });
}
