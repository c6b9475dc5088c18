export { Concord, type ConcordOptions, type PreviewOptions } from './concord.ts';
export type { CallOptions } from './calls.ts';
export type { TypedDocument } from './document.ts';
export { ConcordProblemError, ConcordProtocolError, ConcordTransportError, type GraphQLErrorEntry } from './errors.ts';
export type { ExportedFile, ExportFilters, ExportFormat, ExportList, ExportOptions } from './exports.ts';
export { Outbox, type OutboxEntry, type OutboxReport } from './outbox.ts';
export type { OutboxDraft, OutboxRecord } from './outbox-drafts.ts';
export { memoryStorage, type OutboxStorage, webStorage } from './outbox-storage.ts';
export type { WatchOverlapsOptions } from './overlaps.ts';
export type { ListOptions, Page, PageOptions, Pages } from './pages.ts';
export { isProblem } from './records.ts';
export type {
  Actor,
  CalendarEntry,
  Campaign,
  Corridor,
  CorridorBrief,
  DateProposal,
  Gap,
  Guidance,
  JointCampaign,
  JointPart,
  Overlap,
  OverlapPreview,
  Problem,
  Programme,
  Suggestion,
  Term,
  Viewer,
} from './records.ts';
export type { ManyOptions, RowProgress, RowVerdict } from './register-many.ts';
export type { SuggestionRead, WatchSuggestionsOptions } from './suggestions.ts';
export type { ExternalId } from './upsert-programme.ts';
export type {
  ActorFilter,
  ActorOrder,
  AddCalendarEntryInput,
  CalendarEntryOrder,
  CalendarFilter,
  CampaignFilter,
  CampaignOrder,
  CancelCalendarEntryInput,
  CancelCampaignInput,
  FootprintInput,
  GapFilter,
  GuidanceFilter,
  JointCampaignFilter,
  JointCampaignOrder,
  OverlapFilter,
  OverlapKind,
  OverlapOrder,
  PlanCampaignInput,
  ProgrammeFilter,
  ProgrammeOrder,
  ProposeDatesInput,
  RegisterActorInput,
  RegisterProgrammeInput,
  RescheduleCampaignInput,
  RespondToInvitationInput,
  ReviseActorInput,
  ReviseCalendarEntryInput,
  ReviseCampaignInput,
  ReviseProgrammeInput,
  StartJointCampaignInput,
  SuggestionFilter,
  SuggestionKind,
  SuggestionOrder,
  SuggestionStatus,
  TaxonomyKind,
  WithdrawProgrammeInput,
} from './generated.ts';
export type { WatchOptions } from './watch.ts';
