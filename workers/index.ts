import type { HubSecrets } from '../core/access/hub-secrets.ts';
import type { UnitOfWork } from '../core/access/unit-of-work.ts';
import { ActorService } from '../core/actors/actor.service.ts';
import { CalendarService } from '../core/calendar/calendar.service.ts';
import { CampaignService } from '../core/campaigns/campaign.service.ts';
import { ContactVault } from '../core/contacts/contact-vault.ts';
import { FetchingService } from '../core/feeds/fetching.service.ts';
import { FootprintService } from '../core/footprints/footprint.service.ts';
import { Importer } from '../core/imports/importer.ts';
import { NameQuestionService } from '../core/names/name-question.service.ts';
import { OverlapService } from '../core/overlaps/overlap.service.ts';
import { DeliveryService } from '../core/notifications/delivery.service.ts';
import { DigestService } from '../core/notifications/digest.service.ts';
import { TellingService } from '../core/notifications/telling.service.ts';
import { UnsubscribeLinks } from '../core/notifications/unsubscribe-link.ts';
import { WebhookSecrets } from '../core/notifications/webhook-secrets.ts';
import { RecomputingService } from '../core/recomputation/recomputing.service.ts';
import { ProgrammeService } from '../core/programmes/programme.service.ts';
import { ComposingService } from '../core/suggestions/composing.service.ts';
import { RevealingService } from '../core/suggestions/revealing.service.ts';
import { VocabularyService } from '../core/vocabulary/vocabulary.service.ts';
import { systemRandomness } from '../platform/ids.ts';
import { advanceDay } from './advance-day.worker.ts';
import { applyInsights } from './apply-insights.worker.ts';
import { applyRetention } from './apply-retention.worker.ts';
import { composeSuggestions } from './compose-suggestions.worker.ts';
import { deliverWebhook } from './deliver-webhook.worker.ts';
import { matchFootprint } from './match-footprint.worker.ts';
import type { Outbound } from './outbound.ts';
import { planDigests } from './plan-digests.worker.ts';
import { recompute, recomputeBlock, recomputeScope } from './recompute.worker.ts';
import { refreshCalendars } from './refresh-calendars.worker.ts';
import { revealEndorsers } from './reveal-endorsers.worker.ts';
import type { WorkerDefinition } from './runtime/define-worker.ts';
import { sendDigest } from './send-digest.worker.ts';
import { workOnImport } from './work-on-import.worker.ts';
import { writeNotifications } from './write-notifications.worker.ts';

/** What the workers of the hub are made from; their domain services are made here, as the server makes its own. */
export interface WorkerServices {
  readonly secrets: HubSecrets;
  readonly outbound: Outbound;
  /** On the app login, for what is done in somebody's name: their rights, and no others. */
  readonly inSendersName: UnitOfWork | null;
}

/** Every worker of the hub, one per queue. */
export function hubWorkers({ secrets, outbound, inSendersName }: WorkerServices): readonly WorkerDefinition[] {
  const vocabulary = new VocabularyService();
  const footprints = new FootprintService(vocabulary);
  const overlaps = new OverlapService(vocabulary, footprints, secrets.derivedIds);
  const composing = new ComposingService(vocabulary);
  const recomputing = new RecomputingService(vocabulary, overlaps);
  const webhookSecrets = new WebhookSecrets(secrets.contacts, systemRandomness);
  const telling = new TellingService(secrets.derivedIds);
  return [
    matchFootprint(overlaps),
    composeSuggestions(composing),
    recompute(recomputing),
    recomputeBlock(recomputing),
    recomputeScope(composing),
    applyInsights(overlaps, composing),
    revealEndorsers(new RevealingService()),
    writeNotifications(telling),
    advanceDay(composing, telling),
    applyRetention(),
    deliverWebhook(new DeliveryService(webhookSecrets), outbound.webhooksToLoopback),
    refreshCalendars(new FetchingService(), outbound.calendars),
    ...digestWorkers({ secrets, outbound }),
    ...importWorkers(inSendersName),
  ];
}

/** None where the process has no app login, so that one that has takes their jobs. */
function importWorkers(unitOfWork: UnitOfWork | null): readonly WorkerDefinition[] {
  if (unitOfWork === null) return [];
  const vocabulary = new VocabularyService();
  const calendar = new CalendarService(unitOfWork, vocabulary);
  const campaigns = new CampaignService(unitOfWork, vocabulary, calendar);
  const programmes = new ProgrammeService(unitOfWork, vocabulary, campaigns);
  const actors = new ActorService(unitOfWork, vocabulary);
  const names = new NameQuestionService(unitOfWork);
  return [workOnImport(new Importer(unitOfWork, { vocabulary, actors, programmes, campaigns, calendar, names }))];
}

/** Those that send mail; none where there is no mail server, so that a process that has one takes their jobs. */
function digestWorkers({ secrets, outbound }: Omit<WorkerServices, 'inSendersName'>): readonly WorkerDefinition[] {
  const { mailer, publicUrl, digestHour } = outbound;
  if (mailer === null) return [];
  const vault = new ContactVault(secrets.contacts, systemRandomness);
  const digests = new DigestService(vault, new UnsubscribeLinks(secrets.derivedIds), publicUrl);
  return [planDigests(digests, digestHour), sendDigest(digests, mailer)];
}
