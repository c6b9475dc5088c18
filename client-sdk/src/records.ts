import type {
  ActorFieldsFragment,
  ApiKeyFieldsFragment,
  CalendarEntryFieldsFragment,
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

/** The records as the client fetches them: what lists and decisions need, and no more. For other fields send your own document. */
export type Actor = ActorFieldsFragment;
export type Programme = ProgrammeFieldsFragment;
export type Campaign = CampaignFieldsFragment;
export type CalendarEntry = CalendarEntryFieldsFragment;
export type Overlap = OverlapFieldsFragment;
export type Suggestion = SuggestionFieldsFragment;
export type JointCampaign = JointCampaignFieldsFragment;
export type JointPart = JointPartFieldsFragment;
export type JointTask = JointTaskFieldsFragment;
export type JointMessage = JointMessageFieldsFragment;
export type JointOutcome = JointOutcomeFieldsFragment;
export type JointDecision = Within<JointDecisionsQuery, 'JointCampaign'>['list']['nodes'][number];
export type ProposedDates = Within<JointProposedDatesQuery, 'JointCampaign'>['proposedDates'][number];
export type SuggestionRanking = RankingFieldsFragment;
export type CaseStudy = CaseStudyFieldsFragment;
/** With the texts that lists leave out, and the evidence. */
export type FullCaseStudy = Within<GetCaseStudyQuery, 'CaseStudy'>;
export type Insight = InsightFieldsFragment;
export type Commitment = CommitmentFieldsFragment;
export type Interest = InterestFieldsFragment;
export type InterestCell = InterestMapQuery['result'][number];
export type Observance = ObservanceFieldsFragment;
export type ObservedDays = ObservancesQuery['result'][number];
export type Contact = ContactFieldsFragment;
export type ErasedContact = Success<EraseContactMutation['result']>;
export type Notification = NotificationFieldsFragment;
export type NotificationPreferences = PreferenceFieldsFragment;
export type MarkedRead = Success<MarkReadMutation['result']>;
export type Webhook = WebhookFieldsFragment;
export type RegisteredWebhook = Success<RegisterWebhookMutation['result']>;
export type ApiKey = ApiKeyFieldsFragment;
export type IssuedApiKey = Success<IssueApiKeyMutation['result']>;
export type Membership = MembershipFieldsFragment;
export type Share = ShareFieldsFragment;
export type SeenRecord = NonNullable<NonNullable<PreviewAsQuery['result']>['seen']>;
export type RecordPreview = NonNullable<PreviewAsQuery['result']>;
export type CoverageCell = CoverageQuery['result'][number];
export type PresenceCell = PresenceQuery['result'][number];
export type Matrix = WhoDoesWhatWhereQuery['result'];
export type HubStatus = StatusQuery['hub'];
export type Gap = ListGapsQuery['list']['nodes'][number];
export type DateProposal = ProposeDatesQuery['result'][number];
export type CorridorBrief = CorridorBriefQuery['result'];
export type Guidance = ListGuidanceQuery['list']['nodes'][number];
export type GuidanceSection = GuidanceFieldsFragment;
export type OverlapPreview = PreviewOverlapsQuery['result'][number];
export type Corridor = CorridorsQuery['corridors'][number];
export type Term = TaxonomyQuery['taxonomy'][number];
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
