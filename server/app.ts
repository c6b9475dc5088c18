// type-graphql's decorators need it before the first of them runs.
import 'reflect-metadata';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Meter } from '@opentelemetry/api';
import { AccessService } from '../core/access/access.service.ts';
import { AuditLog } from '../core/access/audit-log.ts';
import { ApiKeyService } from '../core/access/api-key.service.ts';
import type { HubSecrets } from '../core/access/hub-secrets.ts';
import { type Peppers, onePepper } from '../core/access/peppers.ts';
import { MembershipService } from '../core/access/membership.service.ts';
import { OwnMemberships } from '../core/access/own-memberships.ts';
import { SessionService } from '../core/access/session.service.ts';
import { SignInAudit } from '../core/access/sign-in-audit.ts';
import { Spending } from '../core/access/spending.ts';
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
import type { OidcConfig } from '../platform/config.ts';
import type { Randomness } from '../platform/ids.ts';
import { onceReader, snapshotReader } from '../platform/database/orm.ts';
import { ReplicaReader } from '../platform/database/replica.ts';
import type { Log } from '../platform/log.ts';
import { listenOn } from '../platform/listen-on.ts';
import type { Notices } from '../platform/notices.ts';
import { isTracing } from '../platform/telemetry/tracing.ts';
import { ApiKeyResolver } from '../schema/access/api-key.resolver.ts';
import { MembershipResolver } from '../schema/access/membership.resolver.ts';
import { ViewerResolver } from '../schema/access/viewer.resolver.ts';
import { ActorResolver } from '../schema/actors/actor.resolver.ts';
import { PlannedQueries } from '../schema/execution/planned-queries.ts';
import { buildHubSchema } from '../schema/build.ts';
import { Costs } from '../schema/limits/cost.ts';
import { CalendarResolver, CampaignEntriesResolver } from '../schema/calendar/calendar.resolver.ts';
import { CampaignWarningsResolver } from '../schema/campaigns/campaign-warnings.resolver.ts';
import {
  ActorCampaignsResolver,
  CampaignResolver,
  ProgrammeCampaignsResolver,
} from '../schema/campaigns/campaign.resolver.ts';
import { CommitmentGiverResolver, CommitmentResolver } from '../schema/commitments/commitment.resolver.ts';
import { ContactResolver } from '../schema/contacts/contact.resolver.ts';
import { CalendarFeedResolver } from '../schema/feeds/feed.resolver.ts';
import { CalendarSubscriptionResolver } from '../schema/feeds/subscription.resolver.ts';
import { GuidanceResolver, GuidanceVersionsResolver } from '../schema/guidance/guidance.resolver.ts';
import { DateResolver } from '../schema/dates/date.resolver.ts';
import { HubResolver } from '../schema/hub/hub.resolver.ts';
import { CalendarBandsResolver, ObservanceResolver } from '../schema/observances/observance.resolver.ts';
import { BriefResolver } from '../schema/briefs/brief.resolver.ts';
import { CoverageResolver } from '../schema/matrix/coverage.resolver.ts';
import { MatrixResolver } from '../schema/matrix/matrix.resolver.ts';
import { InterestResolver } from '../schema/interests/interest.resolver.ts';
import { GapResolver } from '../schema/gaps/gap.resolver.ts';
import { NameQuestionResolver } from '../schema/names/name-question.resolver.ts';
import { InsightResolver } from '../schema/insights/insight.resolver.ts';
import { JointCampaignResolver } from '../schema/joint-campaigns/joint-campaign.resolver.ts';
import { JointMessageResolver } from '../schema/joint-campaigns/joint-message.resolver.ts';
import { JointPartResolver } from '../schema/joint-campaigns/joint-part.resolver.ts';
import { NotificationResolver } from '../schema/notifications/notification.resolver.ts';
import { PreferencesResolver } from '../schema/notifications/preferences.resolver.ts';
import { WebhookResolver } from '../schema/notifications/webhook.resolver.ts';
import { OverlapResolver, SuggestionOverlapsResolver } from '../schema/overlaps/overlap.resolver.ts';
import { PublishingResolver } from '../schema/practices/publishing.resolver.ts';
import { CaseStudyResolver, SuggestionPracticeResolver } from '../schema/practices/case-study.resolver.ts';
import { ImportResolver } from '../schema/imports/import.resolver.ts';
import { PresenceResolver } from '../schema/presence/presence.resolver.ts';
import { ActorProgrammesResolver, ProgrammeResolver } from '../schema/programmes/programme.resolver.ts';
import { ProgrammeSharesResolver, ShareResolver } from '../schema/sharing/share.resolver.ts';
import { AnswerResolver } from '../schema/suggestions/answer.resolver.ts';
import { RankingResolver } from '../schema/suggestions/ranking.resolver.ts';
import { SuggestionResolver } from '../schema/suggestions/suggestion.resolver.ts';
import { VocabularyResolver } from '../schema/vocabulary/vocabulary.resolver.ts';
import { Issuer } from './auth/issuer.ts';
import { TokenVerifier } from './auth/oidc.ts';
import { OwnCookie } from './auth/own-cookie.ts';
import { ACCESS_CHANGED } from './auth/access-changed.ts';
import { RecentSignIns } from './auth/recent-sign-ins.ts';
import { createSignIn } from './auth/sign-in.ts';
import { SignInUnderWay } from './auth/sign-in-under-way.ts';
import { createHttpServer } from './http/app.ts';
import type { Door } from './http/admit.ts';
import { presentFault } from './http/errors.ts';
import { type Execution, startApollo } from './http/graphql.ts';
import { KnownQueries } from './http/known-queries.ts';
import { type Budget, Budgets } from './limits/budgets.ts';
import { Gate } from './limits/gate.ts';
import { InFlight, MOST_IN_FLIGHT } from './limits/in-flight.ts';
import { OpenOfKey, SUBSCRIPTIONS_OF_KEY } from './limits/open-of-key.ts';
import { SignInAttempts } from './limits/sign-in-attempts.ts';
import { RequestMetrics } from './telemetry/request-metrics.ts';
import { traceMutations } from './telemetry/trace-mutations.ts';
import type { IssuerSignInOptions } from './http/issuer-sign-in.ts';
import type { DemoKeys } from './http/session.ts';

const COUNTS_WRITTEN_EVERY_MS = 60_000;
/** What subscribed calendars say is told as soon as it was fetched; this finds what was missed, and what had to wait. */
const SUBSCRIPTIONS_APPLIED_EVERY_MS = 300_000;

export interface AppOptions {
  /** On the app login, migrated; the caller closes it after the app. */
  readonly orm: MikroORM;
  /** On the app login of a replica; null or left out: there is none. */
  readonly replica?: MikroORM | null;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly secrets: HubSecrets;
  /** Left out: the one that follows from the secret, which is never rotated. */
  readonly peppers?: Peppers;
  /** Whose tokens prove who a person is; null or left out: only keys of ours open the hub. */
  readonly oidc?: OidcConfig | null;
  /** How queries are executed; left out: planned. */
  readonly execution?: Execution;
  /** What one key may spend. */
  readonly budget: Budget;
  /** How many proxies stand in front, whose word on where a request comes from is taken; left out: none. */
  readonly proxies?: number;
  /** Whether webhooks may be on this machine; left out: they may not. */
  readonly webhooksToLoopback?: boolean;
  /** Where people reach the hub, without a slash at its end; left out: at the address it listens on by default. */
  readonly publicUrl?: string;
  /** As whom a demo lets people look around by one click; left out: nobody. Only for a hub that nobody else can reach. */
  readonly demoKeys?: DemoKeys;
  /** What may be done with files that are taken out; null or left out: nobody has said. */
  readonly exportLicence?: string | null;
  /** Told who came in and who was turned away after the audit has noted it; awaited before an answer leaves. */
  readonly onSignIn?: OnSignIn;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Why the hub cannot serve yet, or null when it can. */
  readonly notReady?: () => Promise<string | null>;
  /** Where requests are counted; left out: nowhere. */
  readonly meter?: Meter;
}

export interface RunningApp {
  readonly url: string;
  readonly services: Services;
  /** Takes no more requests, finishes those under way, closes streams. */
  close(): Promise<void>;
}

export type Services = ReturnType<typeof createServices>;

/** Composition root of the request process: every service, by hand, in the order of who needs whom. */
export function createServices(
  options: Pick<
    AppOptions,
    | 'orm'
    | 'replica'
    | 'clock'
    | 'randomness'
    | 'secrets'
    | 'peppers'
    | 'onSignIn'
    | 'webhooksToLoopback'
    | 'publicUrl'
    | 'exportLicence'
  >,
) {
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

/** The resolvers over the services; also what the schema is emitted from. */
export function createResolvers(services: Services): readonly object[] {
  const { reads, feeds, jointCampaigns: joint } = services;
  return [
    new ViewerResolver(reads),
    new ApiKeyResolver(services.apiKeys, reads),
    new MembershipResolver(services.memberships, reads),
    new VocabularyResolver(reads),
    new ActorResolver(services.actors, reads),
    new ProgrammeResolver(services.programmes, reads),
    new ActorProgrammesResolver(),
    new CampaignResolver(services.campaigns, reads),
    new ActorCampaignsResolver(),
    new CampaignWarningsResolver(),
    new ProgrammeCampaignsResolver(),
    new CalendarResolver(services.calendar, reads),
    new CampaignEntriesResolver(),
    new ShareResolver(services.shares, reads),
    new ProgrammeSharesResolver(),
    new SuggestionResolver(services.suggestions, reads),
    new AnswerResolver(services.answers, reads),
    new RankingResolver(services.rankings, reads),
    new JointCampaignResolver(joint.starting, joint.leading, reads),
    new JointPartResolver(joint.parts, joint.tasks, reads),
    new JointMessageResolver(joint.messages, joint.outcomes, reads),
    new OverlapResolver(services.previews, reads),
    new SuggestionOverlapsResolver(),
    new PresenceResolver(reads),
    new ObservanceResolver(services.observances, services.bands, reads),
    new CalendarBandsResolver(),
    new DateResolver(services.dates),
    new MatrixResolver(reads),
    new CoverageResolver(reads, services.clock),
    new BriefResolver(services.briefs),
    new NameQuestionResolver(services.names, reads),
    new InsightResolver(services.insights, reads),
    new GapResolver(reads),
    new ContactResolver(services.contacts),
    new GuidanceResolver(services.guidance, services.guidanceFinder, reads),
    new GuidanceVersionsResolver(),
    new CaseStudyResolver(services.practices, reads),
    new PublishingResolver(joint.publishing, reads),
    new SuggestionPracticeResolver(),
    new InterestResolver(services.interests, reads),
    new CommitmentResolver(services.commitments, reads),
    new CommitmentGiverResolver(),
    new NotificationResolver(services.notifications, reads),
    new PreferencesResolver(services.preferences),
    new WebhookResolver(services.webhooks, reads),
    new CalendarFeedResolver(feeds.service, reads, feeds.publicUrl),
    new CalendarSubscriptionResolver(feeds.subscriptions, reads),
    new ImportResolver(services.imports, reads),
    new HubResolver(services.failedJobs, reads),
  ];
}

/** Starts the request process on an open database and resolves once it listens. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const metrics = options.meter ? new RequestMetrics(options.meter) : null;
  const services = createServices({
    ...options,
    onSignIn: async (event) => {
      metrics?.hearSignIn(event);
      await options.onSignIn?.(event);
    },
  });
  const schema = await buildHubSchema(createResolvers(services), presentFault(options.log));
  if (isTracing()) traceMutations(schema);
  // A unit of work of its own: what is settled in the background is no write that anybody has to hear of.
  const spending = new Spending(new UnitOfWork(options.orm, options.clock, options.randomness));
  const budgets = new Budgets(options.budget, spending, options.clock, options.log);
  const door: Door = {
    schema,
    gate: new Gate(new Costs(schema), budgets, metrics),
    inFlight: new InFlight(MOST_IN_FLIGHT),
    subscriptions: new OpenOfKey(SUBSCRIPTIONS_OF_KEY),
  };
  const queries = options.execution === 'plain' ? null : new PlannedQueries(schema);
  const known =
    queries &&
    new KnownQueries({ queries, gate: door.gate, onAnswered: (seconds) => metrics?.recordAnswered(seconds) });
  const apollo = await startApollo({
    ...door,
    log: options.log,
    ...(queries && known && { planned: { queries, known } }),
    plugins: metrics ? [metrics.plugin()] : [],
  });
  const recent = new RecentSignIns();
  services.unitOfWork.afterWrites(() => recent.forget());
  const heedOthers = options.notices.subscribe(ACCESS_CHANGED, () => recent.forget());
  const newRequestId = (): string => Buffer.from(options.randomness.bytes(9)).toString('base64url');
  const attempts = new SignInAttempts();
  const { publicUrl } = services.feeds;
  const server = createHttpServer({
    schema,
    door,
    attempts,
    proxies: options.proxies ?? 0,
    apollo,
    known,
    newRequestId,
    log: options.log,
    notReady: options.notReady ?? (() => Promise.resolve(null)),
    notices: options.notices,
    exports: services.exports,
    briefExports: services.briefExports,
    unsubscribe: (token) => services.preferences.unsubscribe(token),
    readFeed: (token) => services.feeds.calendar.read(token),
    imports: services.imports,
    annotatedCopies: services.annotatedCopies,
    sessions: services.sessions,
    browsers: { cookie: new OwnCookie('concord-session', 'Strict', { host: options.host, publicUrl }), publicUrl },
    issuerSignIn: openIssuerSignIn(options, services, publicUrl, attempts),
    demoKeys: options.demoKeys ?? (() => Promise.resolve(null)),
    signIn: createSignIn({
      access: services.access,
      sessions: services.sessions,
      tokens: options.oidc ? new TokenVerifier(options.oidc, options.clock) : null,
      reads: services.reads,
      recent,
      attempts,
      notices: options.notices,
      log: options.log,
    }),
  });
  const port = await listenOn(server.http, { host: options.host, port: options.port, variable: 'PORT' });
  const { signInAudit } = services;
  const tellUnwritten = (error: unknown): void => {
    options.log.error({ err: error }, 'denials that were counted could not be written');
  };
  const counting = setInterval(() => void signInAudit.writeCounts().catch(tellUnwritten), COUNTS_WRITTEN_EVERY_MS);
  const applying = followSubscriptions(services, options);
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${String(port)}`,
    services,
    close: async () => {
      clearInterval(counting);
      heedOthers();
      await applying.stop();
      const closed = server.drain();
      await server.dispose();
      await closed;
      await apollo.stop();
      await services.reads.settled();
      await budgets.close();
      await signInAudit.settle().catch(tellUnwritten);
    },
  };
}

/** Null where the issuer knows no client of this hub's. */
function openIssuerSignIn(
  { oidc, host, secrets, clock, randomness, log }: AppOptions,
  { access, ownMemberships: memberships }: Services,
  publicUrl: string,
  attempts: SignInAttempts,
): IssuerSignInOptions | null {
  if (!oidc?.client) return null;
  // Strict would keep it from the hub when the issuer leads back to it.
  const cookie = new OwnCookie('concord-sign-in', 'Lax', { host, publicUrl });
  return {
    issuer: new Issuer(oidc, oidc.client, `${publicUrl}/session/issuer`, clock),
    underWay: new SignInUnderWay(cookie, secrets.signIns, clock, randomness),
    access,
    memberships,
    attempts,
    publicUrl,
    log,
  };
}

/** Has what subscribed calendars say told to the registry, until stopped: then it waits for what is under way. */
function followSubscriptions(
  { feeds }: Services,
  { notices, log }: Pick<AppOptions, 'notices' | 'log'>,
): { stop(): Promise<void> } {
  const apply = (only: string | null): void => {
    feeds.applying.apply(only).catch((error: unknown) => {
      log.error({ err: error }, 'what a subscribed calendar says could not be written');
    });
  };
  const unsubscribe = notices.subscribe('subscription.fetched', (notice) => {
    apply(notice.kind === 'changed' ? notice.id : null);
  });
  const sweeping = setInterval(() => {
    apply(null);
  }, SUBSCRIPTIONS_APPLIED_EVERY_MS);
  return {
    stop: () => {
      clearInterval(sweeping);
      unsubscribe();
      return feeds.applying.close();
    },
  };
}
