import { accessViews } from './access/viewer.reads.ts';
import { actorViews } from './actors/actor.reads.ts';
import { calendarViews } from './calendar/calendar.reads.ts';
import { campaignViews } from './campaigns/campaign.reads.ts';
import { dateViews } from './dates/date.reads.ts';
import { commitmentViews } from './commitments/commitment.reads.ts';
import { footprintViews } from './footprints/footprint.reads.ts';
import { releaseView } from './footprints/holder-view.ts';
import { guidanceViews } from './guidance/guidance.reads.ts';
import { shareViews } from './sharing/share.reads.ts';
import { gapViews } from './gaps/gap.reads.ts';
import { channelFitViews } from './insights/channel-fit.reads.ts';
import { insightViews } from './insights/insight.reads.ts';
import { importViews } from './imports/import.reads.ts';
import { hubViews } from './hub/hub.reads.ts';
import { interestViews } from './interests/interest.reads.ts';
import { jointCampaignViews } from './joint-campaigns/joint-campaign.reads.ts';
import { notificationViews } from './notifications/notification.reads.ts';
import { overlapViews } from './overlaps/overlap.reads.ts';
import { observanceViews } from './observances/observance.reads.ts';
import { coverageViews } from './matrix/coverage.reads.ts';
import { matrixViews } from './matrix/matrix.reads.ts';
import { nameViews } from './names/name-question.reads.ts';
import { practiceViews } from './practices/practice.reads.ts';
import { programmeViews } from './programmes/programme.reads.ts';
import { presenceViews } from './presence/presence.reads.ts';
import { feedViews } from './feeds/feed.reads.ts';
import { subscriptionViews } from './feeds/subscription.reads.ts';
import { webhookViews } from './notifications/webhook.reads.ts';
import type { View } from './projection/view.ts';
import { suggestionViews } from './suggestions/suggestion.reads.ts';
import { vocabularyViews } from './vocabulary/vocabulary.reads.ts';

/** Every type that reads answer, gathered from the domains. */
export const views: readonly View[] = [
  ...accessViews,
  ...vocabularyViews,
  ...actorViews,
  ...footprintViews,
  releaseView,
  ...shareViews,
  ...programmeViews,
  ...campaignViews,
  ...calendarViews,
  ...feedViews,
  ...subscriptionViews,
  ...overlapViews,
  ...suggestionViews,
  ...jointCampaignViews,
  ...presenceViews,
  ...guidanceViews,
  ...observanceViews,
  ...dateViews,
  ...matrixViews,
  ...coverageViews,
  ...practiceViews,
  ...interestViews,
  ...commitmentViews,
  ...insightViews,
  ...channelFitViews,
  ...gapViews,
  ...notificationViews,
  ...webhookViews,
  ...nameViews,
  ...importViews,
  ...hubViews,
];
