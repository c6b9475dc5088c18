export {
  Concord,
  type ConcordOptions,
  type CoverageOptions,
  type MatrixOptions,
  type PreviewOptions,
} from './concord.ts';
export { Actors, type VettingGrounds } from './actors.ts';
export { ApiKeys } from './api-keys.ts';
export { Calendar } from './calendar.ts';
export { Campaigns } from './campaigns.ts';
export { CaseStudies } from './case-studies.ts';
export { Commitments } from './commitments.ts';
export { Contacts } from './contacts.ts';
export { GuidanceLibrary } from './guidance.ts';
export { Insights } from './insights.ts';
export { Interests } from './interests.ts';
export {
  type DatesConfirmation,
  type InvitationReply,
  JointCampaigns,
  type PartChanges,
  type PartRead,
} from './joint-campaigns.ts';
export { Memberships } from './memberships.ts';
export { Notifications } from './notifications.ts';
export { Programmes } from './programmes.ts';
export { Shares } from './shares.ts';
export { Webhooks } from './webhooks.ts';
export { connect, type ConnectOptions } from './connect.ts';
export type { CallOptions, Calls } from './calls.ts';
export type * from './contract-types.ts';
export type { TypedDocument } from './document.ts';
export { ConcordProblemError, ConcordProtocolError, ConcordTransportError, type GraphQLErrorEntry } from './errors.ts';
export type { ImportFile, ImportSettings, SettleOptions } from './imports.ts';
export type { ExportedFile, ExportFilters, ExportFormat, ExportList, ExportOptions } from './exports.ts';
export { Outbox, type OutboxEntry, type OutboxReport } from './outbox.ts';
export type { OutboxDraft, OutboxRecord } from './outbox-drafts.ts';
export { memoryStorage, type KeyValueStorage, type OutboxStorage, webStorage } from './outbox-storage.ts';
export { Overlaps, type WatchOverlapsOptions } from './overlaps.ts';
export type { JointMessages, JointReview } from './joint-messages.ts';
export type { JointOutcomes } from './joint-outcomes.ts';
export type { JointTasks } from './joint-tasks.ts';
export type { OutcomeStudy } from './joint-outcomes.ts';
export { Observances, type ObservanceOptions } from './observances.ts';
export type { ListOptions, Page, PageOptions, Pages } from './pages.ts';
export type { ReasonOptions, RecordRead } from './record-read.ts';
export { isProblem } from './records.ts';
export type {
  Actor,
  ApiKey,
  CalendarEntry,
  CalendarFeed,
  CalendarSubscription,
  Campaign,
  CaseStudy,
  Commitment,
  Contact,
  Corridor,
  CorridorBrief,
  CoverageCell,
  DateProposal,
  ErasedContact,
  FullCaseStudy,
  Gap,
  Guidance,
  GuidanceSection,
  HubStatus,
  Insight,
  Interest,
  InterestCell,
  IssuedApiKey,
  ImportItem,
  ImportRun,
  JointCampaign,
  JointDecision,
  JointMessage,
  JointOutcome,
  JointPart,
  JointTask,
  MarkedRead,
  Matrix,
  Membership,
  Notification,
  NotificationPreferences,
  Observance,
  ObservedDays,
  Overlap,
  IssuedCalendarFeed,
  OverlapPreview,
  PresenceCell,
  Problem,
  Programme,
  ProposedDates,
  RecordPreview,
  RegisteredWebhook,
  SeenRecord,
  Share,
  Suggestion,
  SuggestionRanking,
  Term,
  Viewer,
  Webhook,
} from './records.ts';
export type { ManyOptions, RowProgress, RowVerdict } from './register-many.ts';
export { Suggestions, type DismissOptions, type WatchSuggestionsOptions } from './suggestions.ts';
export type { ExternalId } from './upsert-programme.ts';
export type { WatchOptions } from './watch.ts';
