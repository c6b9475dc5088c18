import { ApiKeyResolver } from '../schema/access/api-key.resolver.ts';
import { MembershipResolver } from '../schema/access/membership.resolver.ts';
import { ViewerResolver } from '../schema/access/viewer.resolver.ts';
import { ActorResolver } from '../schema/actors/actor.resolver.ts';
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
import type { Services } from './services.ts';

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
