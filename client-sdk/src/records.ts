import type {
  ActorFieldsFragment,
  ApiKeyFieldsFragment,
  CalendarEntryFieldsFragment,
  CalendarFeedFieldsFragment,
  CalendarSubscriptionFieldsFragment,
  CampaignFieldsFragment,
  CaseStudyFieldsFragment,
  CommitmentFieldsFragment,
  ContactFieldsFragment,
  CorridorBriefQuery,
  CorridorsQuery,
  CoverageQuery,
  EraseContactMutation,
  GetCaseStudyQuery,
  GuidanceFieldsFragment,
  InsightFieldsFragment,
  InterestFieldsFragment,
  InterestMapQuery,
  IssueApiKeyMutation,
  IssueCalendarFeedMutation,
  ImportItemFieldsFragment,
  ImportRunFieldsFragment,
  JointCampaignFieldsFragment,
  JointDecisionsQuery,
  JointMessageFieldsFragment,
  JointOutcomeFieldsFragment,
  JointPartFieldsFragment,
  JointProposedDatesQuery,
  JointTaskFieldsFragment,
  ListGapsQuery,
  ListGuidanceQuery,
  MarkReadMutation,
  MembershipFieldsFragment,
  NotificationFieldsFragment,
  ObservanceFieldsFragment,
  ObservancesQuery,
  OverlapFieldsFragment,
  PreferenceFieldsFragment,
  PresenceQuery,
  PreviewAsQuery,
  PreviewOverlapsQuery,
  ProblemFieldsFragment,
  ProgrammeFieldsFragment,
  ProposeDatesQuery,
  RankingFieldsFragment,
  RegisterWebhookMutation,
  ShareFieldsFragment,
  StatusQuery,
  SuggestionFieldsFragment,
  TaxonomyQuery,
  ViewerQuery,
  WebhookFieldsFragment,
  WhoDoesWhatWhereQuery,
} from './generated.ts';

// The records as the client fetches them: what lists and decisions need, and no more. For other fields send a document of your own.
// Their fields are described in the contract. They are interfaces where that can be, so that editors and the reference call them by
// these names; `@interface` has the reference list the fields of the others.

/** Who is registered: a public body, an NGO, an association, a company. */
export interface Actor extends ActorFieldsFragment {}
/** Standing work of an actor. */
export interface Programme extends ProgrammeFieldsFragment {}
/** A communication effort, inside a programme or on its own. */
export interface Campaign extends CampaignFieldsFragment {}
/** A dated piece of a campaign. */
export interface CalendarEntry extends CalendarEntryFieldsFragment {}
/** Two records that meet in days, places and subject. */
export interface Overlap extends OverlapFieldsFragment {}
/** A proposal to act. Its version rises when others take part, on other days or about something else. */
export interface Suggestion extends SuggestionFieldsFragment {}
/** What an agreed suggestion becomes. */
export interface JointCampaign extends JointCampaignFieldsFragment {}
/** What one actor does in one country of a joint campaign. */
export interface JointPart extends JointPartFieldsFragment {}
/** A task of a part, by role and phase. */
export interface JointTask extends JointTaskFieldsFragment {}
/** What a joint campaign says, in one language, reviewed by another part. */
export interface JointMessage extends JointMessageFieldsFragment {}
/** What became of a joint campaign, published once all who take part consent. */
export interface JointOutcome extends JointOutcomeFieldsFragment {}
/**
 * One line of the log of decisions of a joint campaign.
 * @interface
 */
export type JointDecision = Within<JointDecisionsQuery, 'JointCampaign'>['list']['nodes'][number];
/**
 * Other dates that a part would prefer.
 * @interface
 */
export type ProposedDates = Within<JointProposedDatesQuery, 'JointCampaign'>['proposedDates'][number];
/** Why a suggestion stands where it stands: by what people made of those like it. */
export interface SuggestionRanking extends RankingFieldsFragment {}
/** What was tried and what came of it. */
export interface CaseStudy extends CaseStudyFieldsFragment {}
/**
 * A case study with the texts that lists leave out, and the evidence.
 * @interface
 */
export type FullCaseStudy = Within<GetCaseStudyQuery, 'CaseStudy'>;
/** What is known of an audience: sourced, dated, attributed. */
export interface Insight extends InsightFieldsFragment {}
/** Resources that an actor promises. */
export interface Commitment extends CommitmentFieldsFragment {}
/** What an actor wants to contribute to. */
export interface Interest extends InterestFieldsFragment {}
/**
 * How many want to contribute to a theme on a corridor.
 * @interface
 */
export type InterestCell = InterestMapQuery['result'][number];
/** Days to mind: holidays, fasting, home visits, seasons. */
export interface Observance extends ObservanceFieldsFragment {}
/**
 * One occurrence of an observance.
 * @interface
 */
export type ObservedDays = ObservancesQuery['result'][number];
/** How to reach somebody; encrypted in the hub. */
export interface Contact extends ContactFieldsFragment {}
/**
 * What is left of a contact that was forgotten: when.
 * @interface
 */
export type ErasedContact = Success<EraseContactMutation['result']>;
/** One entry of the inbox. */
export interface Notification extends NotificationFieldsFragment {}
/** What is told by mail, how often and to whom. */
export interface NotificationPreferences extends PreferenceFieldsFragment {}
/**
 * What marking entries of the inbox as read answers.
 * @interface
 */
export type MarkedRead = Success<MarkReadMutation['result']>;
/** An address of yours that the hub posts to. */
export interface Webhook extends WebhookFieldsFragment {}
/**
 * A new webhook with its secret, which is shown this once.
 * @interface
 */
export type RegisteredWebhook = Success<RegisterWebhookMutation['result']>;
/** A key, without its text. */
export interface ApiKey extends ApiKeyFieldsFragment {}
/**
 * A new key with its text, which is shown this once.
 * @interface
 */
export type IssuedApiKey = Success<IssueApiKeyMutation['result']>;
/** For whom a person may act, and in which role. */
export interface Membership extends MembershipFieldsFragment {}
/** Whom a programme is shown to. */
export interface Share extends ShareFieldsFragment {}
/**
 * A record as others see it.
 * @interface
 */
export type SeenRecord = NonNullable<NonNullable<PreviewAsQuery['result']>['seen']>;
/**
 * What somebody else would see of a record of yours.
 * @interface
 */
export type RecordPreview = NonNullable<PreviewAsQuery['result']>;
/**
 * How far one quarter is covered.
 * @interface
 */
export type CoverageCell = CoverageQuery['result'][number];
/**
 * A corridor and quarter in which at least three others work.
 * @interface
 */
export type PresenceCell = PresenceQuery['result'][number];
/**
 * Programmes, campaigns and entries counted by two axes.
 * @interface
 */
export type Matrix = WhoDoesWhatWhereQuery['result'];
/**
 * Versions of the hub, and how much there is as far as you may see it.
 * @interface
 */
export type HubStatus = StatusQuery['hub'];
/** A calendar that a program outside subscribes to, without its address. */
export interface CalendarFeed extends CalendarFeedFieldsFragment {}
/**
 * A new feed with its address, which is shown this once.
 * @interface
 */
export type IssuedCalendarFeed = Success<IssueCalendarFeedMutation['result']>;
/** A calendar outside that a campaign follows, and whether that works. */
export interface CalendarSubscription extends CalendarSubscriptionFieldsFragment {}
/** A file that was sent in, and what became of it. */
export interface ImportRun extends ImportRunFieldsFragment {}
/** One record of a file, and what becomes of it. */
export interface ImportItem extends ImportItemFieldsFragment {}
/**
 * A declared need that no campaign answers.
 * @interface
 */
export type Gap = ListGapsQuery['list']['nodes'][number];
/**
 * A window with its trade-offs, in codes and in words.
 * @interface
 */
export type DateProposal = ProposeDatesQuery['result'][number];
/**
 * A corridor in words and figures, to read aloud, print and hand on.
 * @interface
 */
export type CorridorBrief = CorridorBriefQuery['result'];
/**
 * A section of the library, ranked for something, and why.
 * @interface
 */
export type Guidance = ListGuidanceQuery['list']['nodes'][number];
/** A section of the library: what to do, on whose advice. */
export interface GuidanceSection extends GuidanceFieldsFragment {}
/**
 * What a footprint that is not registered would meet.
 * @interface
 */
export type OverlapPreview = PreviewOverlapsQuery['result'][number];
/**
 * A way that migrants take, with its countries in their roles.
 * @interface
 */
export type Corridor = CorridorsQuery['corridors'][number];
/**
 * One code of a taxonomy.
 * @interface
 */
export type Term = TaxonomyQuery['taxonomy'][number];
/**
 * Who is asking, and for whom.
 * @interface
 */
export type Viewer = ViewerQuery['viewer'];

/** The answer about a node, when it is of this type. */
type Within<Answer extends { readonly node: unknown }, Name extends string> = Extract<
  Answer['node'],
  { readonly __typename: Name }
>;

/** What the caller can act on, told apart by `__typename` or `code`. */
export type Problem = ProblemFieldsFragment;

/** What of a result is no problem. */
export type Success<Result> = Exclude<Result, Problem>;

/** Tells a problem from a record. One of a kind that a newer hub has invented is a problem, too. */
export function isProblem<Result extends object>(result: Result): result is Extract<Result, Problem> {
  return 'code' in result && 'message' in result;
}
