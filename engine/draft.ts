import type { CountryRole } from './terrain.ts';
import type { DayRange } from './values/day-range.ts';
import type { FacetSet } from './values/facet-set.ts';

export type DraftKind =
  | 'JOINT_CAMPAIGN'
  | 'ALIGN_DATES'
  | 'AVOID_DUPLICATION'
  | 'RESOLVE_CONTRADICTION'
  | 'LEVERAGE_CHANNEL'
  | 'FILL_GAP'
  | 'REPLICATE_PRACTICE';

/** One seat in a draft: a footprint in one of its countries. */
export interface Participant {
  /** The footprint's id. */
  readonly footprint: string;
  readonly country: number;
  /** The country's role on the draft's corridor (that of its first leg); null without corridor or leg. */
  readonly role: CountryRole | null;
  /** Proposed to lead. A joint campaign has exactly one lead, other drafts none. */
  readonly lead: boolean;
  /** Mean strength with the footprints of the other countries in the window; of a pair, the overlap's; of a gap or a practice, how well it fits. */
  readonly strength: number;
}

/** What a joint campaign of these participants would still lack, and what is missing in a gap. */
export interface Missing {
  /** Roles of the corridor that no participant's country has, in the order of its legs. */
  readonly roles: readonly CountryRole[];
  /** Countries of the corridor without a participant, ascending. */
  readonly countries: readonly number[];
  /** Languages of the corridor that no participant speaks. */
  readonly languages: FacetSet;
  /** Channels by which these audiences obtain information and that no participant uses. */
  readonly channels: FacetSet;
}

/** Other days for one of a pair. */
export interface Move {
  /** The footprint's id. */
  readonly footprint: string;
  readonly days: DayRange;
  /** By how many days it moves, either way. */
  readonly daysMoved: number;
}

/** A way to bring a pair together, and what is gained by it. */
export interface Alternative {
  /** One or both, the earlier first. */
  readonly moves: readonly Move[];
  readonly sharedDays: number;
}

/** Why a draft is proposed, as codes with parameters; whoever shows it makes the words. */
export type Reason =
  | { readonly code: 'ROLES_COVERED'; readonly roles: readonly CountryRole[] }
  | { readonly code: 'COUNTRIES'; readonly countries: readonly number[] }
  | { readonly code: 'STATE_AND_NON_STATE' }
  | { readonly code: 'SHARED_DAYS'; readonly days: DayRange }
  | { readonly code: 'MEAN_STRENGTH'; readonly strength: number }
  | { readonly code: 'UNMET_NEED'; readonly audiences: FacetSet }
  | { readonly code: 'TREND'; readonly audiences: FacetSet }
  /** The insights, by id, that declare the need. */
  | { readonly code: 'DECLARED_NEED'; readonly insights: readonly string[] }
  | { readonly code: 'NOBODY_SPEAKS'; readonly languages: FacetSet }
  | { readonly code: 'NOBODY_USES'; readonly channels: FacetSet }
  /** These reach the audience already, about something else or without a campaign. */
  | { readonly code: 'REACHES_AUDIENCE'; readonly footprints: readonly string[] }
  | {
      /** `footprint` has a channel by which the audience really obtains information, and the other has not. */
      readonly code: 'EFFECTIVE_CHANNEL';
      readonly footprint: string;
      readonly channel: number;
      readonly audience: number;
      readonly weight: number;
      readonly insight: string;
    }
  | { readonly code: 'IN_SEASON'; readonly fromMonth: number; readonly toMonth: number }
  | { readonly code: 'COMMITTED_RESOURCES'; readonly footprints: readonly string[] }
  | { readonly code: 'LEAD_TIME'; readonly days: number }
  | { readonly code: 'AUDIENCE_NOT_STATED'; readonly footprints: readonly string[] }
  | { readonly code: 'TENTATIVE'; readonly footprints: readonly string[] }
  | { readonly code: 'SAME_AUDIENCES'; readonly audiences: FacetSet; readonly similarity: number }
  | { readonly code: 'SAME_THEMES'; readonly themes: FacetSet; readonly similarity: number }
  | { readonly code: 'SAME_CHANNELS'; readonly channels: FacetSet; readonly similarity: number }
  /** Where the practice was done. */
  | { readonly code: 'PRACTICE'; readonly countries: readonly number[] }
  | { readonly code: 'NOBODY_DOES'; readonly channels: FacetSet }
  | { readonly code: 'EVIDENCED' }
  /** The days between them; the footprints' ids. */
  | { readonly code: 'GAP_DAYS'; readonly days: number; readonly earlier: string; readonly later: string }
  | ({ readonly code: 'ALTERNATIVE_DAYS' } & Alternative)
  | {
      readonly code: 'OPPOSED_STANCES';
      readonly audiences: FacetSet;
      /** Footprints' ids. */
      readonly deterring: string;
      readonly protecting: string;
    }
  /** `kinds` as in `Divergence`. */
  | { readonly code: 'DIVERGING_FACTS'; readonly audiences: FacetSet; readonly kinds: readonly string[] };

/** A proposal to act, before it has met what people already decided. */
export interface Draft {
  readonly kind: DraftKind;
  /** Says what is proposed to whom and when: `kind|corridor code|participants|window`, and `|about` where it is about something. Equal keys, equal proposals. */
  readonly key: string;
  readonly corridor: number | null;
  /** What it is about where participants and days do not tell, as a gap or a practice; drafts about different things are never the same. */
  readonly about: string | null;
  /** How much it is worth proposing, 0 to 1. */
  readonly value: number;
  /** Mean strength of the pairs of participants, 0 to 1; of a gap, how well they fit on average. */
  readonly strength: number;
  /** The days it is about: those that all share; of dates to align, from the first day of the one to the last of the other. */
  readonly window: DayRange;
  readonly themes: FacetSet;
  readonly audiences: FacetSet;
  /** By country, then footprint id. */
  readonly participants: readonly Participant[];
  readonly missing: Missing;
  readonly reasons: readonly Reason[];
}
