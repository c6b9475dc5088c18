import type { MikroORM } from '@mikro-orm/postgresql';
import { AccessService } from '../core/access/access.service.ts';
import { AuditLog } from '../core/access/audit-log.ts';
import { ApiKeyService } from '../core/access/api-key.service.ts';
import type { HubSecrets } from '../core/access/hub-secrets.ts';
import { type Peppers, onePepper } from '../core/access/peppers.ts';
import { MembershipService } from '../core/access/membership.service.ts';
import { OwnMemberships } from '../core/access/own-memberships.ts';
import { SessionService } from '../core/access/session.service.ts';
import { SignInAudit } from '../core/access/sign-in-audit.ts';
import type { OnSignIn } from '../core/access/sign-in-watch.ts';
import { UnitOfWork } from '../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../core/access/viewer.ts';
import { ActorService } from '../core/actors/actor.service.ts';
import { BriefService } from '../core/briefs/brief.service.ts';
import { CalendarService } from '../core/calendar/calendar.service.ts';
import { CampaignService } from '../core/campaigns/campaign.service.ts';
import { CommitmentService } from '../core/commitments/commitment.service.ts';
import { ContactService } from '../core/contacts/contact.service.ts';
import { ContactVault } from '../core/contacts/contact-vault.ts';
import { ApplyingService } from '../core/feeds/applying.service.ts';
import { FeedCalendar } from '../core/feeds/feed-calendar.ts';
import { FeedService } from '../core/feeds/feed.service.ts';
import { SubscriptionService } from '../core/feeds/subscription.service.ts';
import { AnnotatedCopyService } from '../core/imports/annotated-copy.service.ts';
import { ImportService } from '../core/imports/import.service.ts';
import { BriefExportService } from '../core/exports/brief-export.service.ts';
import { ExportService, NO_LICENCE } from '../core/exports/export.service.ts';
import { GuidanceFinder } from '../core/guidance/guidance-finder.ts';
import { GuidanceService } from '../core/guidance/guidance.service.ts';
import { DateProposals } from '../core/dates/date-proposals.ts';
import { Bands } from '../core/observances/bands.ts';
import { ObservanceCalendar } from '../core/observances/observance-calendar.ts';
import { ObservanceService } from '../core/observances/observance.service.ts';
import { FailedJobService } from '../core/hub/failed-job.service.ts';
import { InterestService } from '../core/interests/interest.service.ts';
import { NameQuestionService } from '../core/names/name-question.service.ts';
import { InsightService } from '../core/insights/insight.service.ts';
import { LeadingService } from '../core/joint-campaigns/leading.service.ts';
import { MessageService } from '../core/joint-campaigns/message.service.ts';
import { OutcomeService } from '../core/joint-campaigns/outcome.service.ts';
import { PublishingService } from '../core/joint-campaigns/publishing.service.ts';
import { PartService } from '../core/joint-campaigns/part.service.ts';
import { StartingService } from '../core/joint-campaigns/starting.service.ts';
import { TaskService } from '../core/joint-campaigns/task.service.ts';
import { NotificationService } from '../core/notifications/notification.service.ts';
import { PreferencesService } from '../core/notifications/preferences.service.ts';
import { UnsubscribeLinks } from '../core/notifications/unsubscribe-link.ts';
import { WebhookService } from '../core/notifications/webhook.service.ts';
import { WebhookSecrets } from '../core/notifications/webhook-secrets.ts';
import { OverlapPreviews } from '../core/overlaps/overlap-previews.ts';
import { PracticeService } from '../core/practices/practice.service.ts';
import { ProgrammeService } from '../core/programmes/programme.service.ts';
import { Reads } from '../core/projection/reads.ts';
import { ShareService } from '../core/sharing/share.service.ts';
import { AnswerService } from '../core/suggestions/answer.service.ts';
import { RankingService } from '../core/suggestions/ranking.service.ts';
import { SuggestionService } from '../core/suggestions/suggestion.service.ts';
import { views } from '../core/views.ts';
import { VocabularyService } from '../core/vocabulary/vocabulary.service.ts';
import type { Clock } from '../platform/clock.ts';
import type { Randomness } from '../platform/ids.ts';
import { onceReader, snapshotReader } from '../platform/database/orm.ts';
import { ReplicaReader } from '../platform/database/replica.ts';

/** What services are made of. */
export interface ServiceOptions {
  /** On the app login, migrated; the caller closes it after the app. */
  readonly orm: MikroORM;
  /** On the app login of a replica; null or left out: there is none. */
  readonly replica?: MikroORM | null;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly secrets: HubSecrets;
  /** Left out: the one that follows from the secret, which is never rotated. */
  readonly peppers?: Peppers;
  /** Told who came in and who was turned away after the audit has noted it; awaited before an answer leaves. */
  readonly onSignIn?: OnSignIn;
  /** Whether webhooks may be on this machine; left out: they may not. */
  readonly webhooksToLoopback?: boolean;
  /** Where people reach the hub, without a slash at its end; left out: at the address it listens on by default. */
  readonly publicUrl?: string;
  /** What may be done with files that are taken out; null or left out: nobody has said. */
  readonly exportLicence?: string | null;
}

export type Services = ReturnType<typeof createServices>;

/** Composition root of the request process: every service, by hand, in the order of who needs whom. */
export function createServices(options: ServiceOptions) {
  const { orm, clock, randomness, secrets } = options;
  const peppers = options.peppers ?? onePepper(secrets.pepper);
  const unitOfWork = new UnitOfWork(orm, clock, randomness);
  const auditLog = new AuditLog(unitOfWork);
  const signInAudit = new SignInAudit(auditLog, clock);
  const access = new AccessService(orm, clock, randomness, peppers, async (event) => {
    await signInAudit.hear(event);
    await options.onSignIn?.(event);
  });
  const sessions = new SessionService(unitOfWork, access, clock, randomness, secrets.pepper);
  const apiKeys = new ApiKeyService(unitOfWork, access);
  const memberships = new MembershipService(unitOfWork);
  const ownMemberships = new OwnMemberships(unitOfWork, access);
  const vocabulary = new VocabularyService();
  const observanceCalendar = new ObservanceCalendar(clock);
  const bands = new Bands(unitOfWork, vocabulary, observanceCalendar);
  const primary = onceReader(orm);
  const readers = options.replica ? new ReplicaReader(primary, onceReader(options.replica)) : null;
  const reads = new Reads(
    readers ?? primary,
    views,
    secrets.cursor,
    {
      checkCodes: (written) =>
        vocabulary.checkAsked((body) => unitOfWork.look(HUB_VIEWER, ({ em }) => body(em)), written),
      prepare: (selection) => bands.prepare(selection),
      noteWatched: (viewer, ids) =>
        auditLog.noteAll(
          viewer,
          ids.map((subjectId) => ({ kind: 'restricted.read', subjectId })),
        ),
    },
    snapshotReader(orm),
  );
  const actors = new ActorService(unitOfWork, vocabulary);
  const calendar = new CalendarService(unitOfWork, vocabulary);
  const campaigns = new CampaignService(unitOfWork, vocabulary, calendar);
  const programmes = new ProgrammeService(unitOfWork, vocabulary, campaigns);
  const shares = new ShareService(unitOfWork);
  const suggestions = new SuggestionService(unitOfWork);
  const answers = new AnswerService(unitOfWork);
  const rankings = new RankingService(unitOfWork);
  const names = new NameQuestionService(unitOfWork);
  const insights = new InsightService(unitOfWork, vocabulary);
  const previews = new OverlapPreviews(unitOfWork, vocabulary, reads);
  const observances = new ObservanceService(unitOfWork, vocabulary);
  const dates = new DateProposals(unitOfWork, vocabulary, observanceCalendar, reads);
  const contacts = new ContactService(unitOfWork, new ContactVault(secrets.contacts, randomness), auditLog);
  const guidance = new GuidanceService(unitOfWork, vocabulary);
  const guidanceFinder = new GuidanceFinder(unitOfWork, vocabulary, reads);
  const briefs = new BriefService(reads, clock);
  const licence = options.exportLicence ?? NO_LICENCE;
  const exports = new ExportService(reads, unitOfWork, vocabulary, auditLog, clock, licence);
  const briefExports = new BriefExportService(briefs, auditLog, licence);
  const practices = new PracticeService(unitOfWork, vocabulary);
  const jointCampaigns = createJointServices(unitOfWork, calendar, practices);
  const interests = new InterestService(unitOfWork, vocabulary);
  const commitments = new CommitmentService(unitOfWork, vocabulary);
  const notifications = new NotificationService(unitOfWork);
  const preferences = new PreferencesService(unitOfWork, new UnsubscribeLinks(secrets.derivedIds));
  const webhookSecrets = new WebhookSecrets(secrets.contacts, randomness);
  const webhooks = new WebhookService(unitOfWork, webhookSecrets, options.webhooksToLoopback ?? false);
  const feeds = {
    service: new FeedService(unitOfWork, reads, randomness, peppers),
    calendar: new FeedCalendar(unitOfWork, reads, clock, peppers),
    publicUrl: options.publicUrl ?? 'http://127.0.0.1:4000',
    subscriptions: new SubscriptionService(unitOfWork),
    applying: new ApplyingService(unitOfWork, calendar, clock),
  };
  return {
    failedJobs: new FailedJobService(unitOfWork),
    readers,
    clock,
    unitOfWork,
    peppers,
    access,
    auditLog,
    signInAudit,
    sessions,
    apiKeys,
    memberships,
    ownMemberships,
    reads,
    vocabulary,
    actors,
    programmes,
    campaigns,
    calendar,
    shares,
    suggestions,
    answers,
    rankings,
    names,
    insights,
    jointCampaigns,
    previews,
    observances,
    bands,
    dates,
    contacts,
    guidance,
    guidanceFinder,
    briefs,
    exports,
    briefExports,
    practices,
    interests,
    commitments,
    notifications,
    preferences,
    webhooks,
    feeds,
    imports: new ImportService(unitOfWork),
    annotatedCopies: new AnnotatedCopyService(unitOfWork),
  };
}

function createJointServices(unitOfWork: UnitOfWork, calendar: CalendarService, practices: PracticeService) {
  return {
    starting: new StartingService(unitOfWork),
    leading: new LeadingService(unitOfWork),
    parts: new PartService(unitOfWork, calendar),
    tasks: new TaskService(unitOfWork),
    messages: new MessageService(unitOfWork),
    outcomes: new OutcomeService(unitOfWork),
    publishing: new PublishingService(unitOfWork, practices),
  };
}
