export * from './values/epoch-day.ts';
export * from './values/day-range.ts';
export * from './values/facet-set.ts';
export * from './values/place.ts';
export * from './values/hub-id.ts';
export type { Footprint } from './footprint.ts';
export type { ChannelWeight, Corridor, CountryRole, Insight, Leg, Season, Terrain } from './terrain.ts';
export * from './rules.ts';
export { deriveCorridors } from './standing.ts';
export type { Contradiction, Overlap, OverlapKind, ScorePart, Shared } from './overlap.ts';
export type { Draft, DraftKind, Missing, Participant, Reason } from './draft.ts';
export { measure, type MeetOptions } from './measure-overlap.ts';
export { rankPartners, type RankOptions } from './rank-partners.ts';
export { findWindows } from './find-windows.ts';
export { composeJointCampaigns } from './compose-joint-campaigns.ts';
export { composePairDrafts } from './compose-pair-drafts.ts';
export {
  foldDrafts,
  type DraftIdentity,
  type FoldStep,
  type PastSuggestion,
  type SuggestionStatus,
} from './fold-drafts.ts';
export { bestOverlaps } from './find-overlaps.ts';
export { buildColumns } from './columns/build-columns.ts';
export { findBestLists, type BestLists, type BestListsOptions } from './columns/best-lists.ts';
export { countPairs, forEachPair, probe, type VisitPair } from './columns/for-each-pair.ts';
export { openDesk, type Desk } from './columns/seek.ts';
export type { Columns } from './columns/columns.ts';
