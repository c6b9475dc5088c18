import type {
  ActorFieldsFragment,
  CalendarEntryFieldsFragment,
  CampaignFieldsFragment,
  CorridorBriefQuery,
  CorridorsQuery,
  ImportItemFieldsFragment,
  ImportRunFieldsFragment,
  JointCampaignFieldsFragment,
  JointPartFieldsFragment,
  ListGapsQuery,
  ListGuidanceQuery,
  OverlapFieldsFragment,
  PreviewOverlapsQuery,
  ProblemFieldsFragment,
  ProgrammeFieldsFragment,
  ProposeDatesQuery,
  SuggestionFieldsFragment,
  TaxonomyQuery,
  ViewerQuery,
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
export type ImportRun = ImportRunFieldsFragment;
export type ImportItem = ImportItemFieldsFragment;
export type Gap = ListGapsQuery['list']['nodes'][number];
export type DateProposal = ProposeDatesQuery['result'][number];
export type CorridorBrief = CorridorBriefQuery['result'];
export type Guidance = ListGuidanceQuery['list']['nodes'][number];
export type OverlapPreview = PreviewOverlapsQuery['result'][number];
export type Corridor = CorridorsQuery['corridors'][number];
export type Term = TaxonomyQuery['taxonomy'][number];
export type Viewer = ViewerQuery['viewer'];

/** What the caller can act on, told apart by `__typename` or `code`. */
export type Problem = ProblemFieldsFragment;

/** What of a result is no problem. */
export type Success<Result> = Exclude<Result, Problem>;

/** Tells a problem from a record. One of a kind that a newer hub has invented is a problem, too. */
export function isProblem<Result extends object>(result: Result): result is Extract<Result, Problem> {
  return 'code' in result && 'message' in result;
}
