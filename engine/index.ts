/**
 * The engine: who overlaps with whom, and what follows from it. Pure values and functions; it knows no clock, no randomness and
 * nothing outside its folder. Everything it says is a function of its arguments, whatever their order.
 *
 * Terms, in the order in which one leads to the next:
 * - *footprint*: the who-what-where-when of one programme, campaign or calendar entry.
 * - *facet*: one side of it (place, audience, theme, time, channel, language). A *facet set* holds terms by their bit numbers.
 * - *terrain*: the corridors and insights that footprints are seen against. A footprint has a *seat* on a corridor in each of its
 *   countries with a leg there.
 * - two footprints *meet* by place or across countries on a corridor; meeting, they have an *overlap*: score, kind, what they share.
 * - a *part* of a footprint has it among its ancestors; a part's overlap is told instead of its ancestor's.
 * - *practice*: a published case study; where nobody works as it did, it could be replicated.
 * - *columns*: many footprints laid out for comparing all with all.
 * - *window*: days in which a set of footprints runs together. From windows, from single overlaps, and from pairs that only a gap of
 *   days keeps apart, come *drafts*: proposals.
 * - a *gap* is a need that an insight or a season declares and no campaign answers; from gaps come drafts as well.
 * - drafts *fold* into the suggestions that people have seen and decided about.
 * - *guidance* is ranked for a subject by what both are about; its numbers are in `guidance-rules.ts`.
 * - *bands* are days on which something is observed; *neighbours*, campaigns of others: by them dates are proposed.
 *
 * Begin with `measure-overlap.ts`, then `columns/seek.ts`, then `compose-joint-campaigns.ts`; the numbers are in `rules.ts`.
 */
export * from './values/epoch-day.ts';
export * from './values/day-range.ts';
export * from './values/facet-set.ts';
export * from './values/place.ts';
export * from './values/hub-id.ts';
export type { Fact, Footprint } from './footprint.ts';
export type { ChannelWeight, Corridor, CountryRole, Insight, Leg, Season, Terrain } from './terrain.ts';
export * from './rules.ts';
export { deriveCorridors } from './standing.ts';
export type { Contradiction, Divergence, Overlap, OverlapKind, ScorePart, Shared } from './overlap.ts';
export type { Alternative, Draft, DraftKind, Missing, Move, Participant, Reason } from './draft.ts';
export { measure, type MeetOptions } from './measure-overlap.ts';
export { rankPartners, weighPartners, type Partner, type RankOptions } from './rank-partners.ts';
export { informationWays, type InformationWay } from './channel-fit.ts';
export { findGaps, type Able, type Gap } from './find-gaps.ts';
export { findWindows } from './find-windows.ts';
export { composeJointCampaigns } from './compose-joint-campaigns.ts';
export { composePairDrafts } from './compose-pair-drafts.ts';
export type { Practice } from './practice.ts';
export { composeReplications } from './compose-replications.ts';
export { composeAlignments } from './compose-alignments.ts';
export { proposeAlternatives } from './propose-alternatives.ts';
export type { Ground } from './ground.ts';
export { composeLeverageDrafts } from './compose-leverage-drafts.ts';
export { composeGapDrafts } from './compose-gap-drafts.ts';
export {
  foldDrafts,
  type DraftIdentity,
  type FoldStep,
  type PastSuggestion,
  type SuggestionStatus,
} from './fold-drafts.ts';
export { rankingFactor, type Feedback } from './ranking-factor.ts';
export {
  proposeDates,
  type DateBand,
  type DateBandKind,
  type DateNeighbour,
  type DateProposal,
  type DatesSought,
} from './propose-dates.ts';
export type { TradeOff } from './dates/trade-offs.ts';
export { bestOverlaps } from './find-overlaps.ts';
export { buildColumns } from './columns/build-columns.ts';
export { findBestLists, mergeBestLists, type BestLists, type BestListsOptions } from './columns/best-lists.ts';
export {
  countPairs,
  forEachPair,
  forEachPairApart,
  forEachRow,
  type VisitPair,
  type VisitRow,
} from './columns/for-each-pair.ts';
export { probe } from './columns/probe.ts';
export { openDesk, type Desk } from './columns/desk.ts';
export { shareSheet } from './columns/share-sheet.ts';
export { splitRows, type RowBlock } from './columns/split-rows.ts';
export { openKernel, openListKernel, type Kernel } from './kernel/open-kernel.ts';
export { type Gathered, type Looker, type Meetable, ColumnsGatherer } from './columns/gather-columns.ts';
export type { BookLimits } from './columns/book.ts';
export { listFinder, type ListFinder, type ListLimits } from './columns/find-lists-of.ts';
export type { Seekers } from './columns/seekers.ts';
export type { Columns, Sheet } from './columns/columns.ts';
export { GUIDANCE_FACETS, type GuidanceFacet } from './guidance-rules.ts';
export {
  rankGuidance,
  type GivenGuidance,
  type GuidanceScope,
  type GuidanceSection,
  type GuidanceSubject,
} from './rank-guidance.ts';
