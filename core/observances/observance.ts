import type { DayRange } from '../../engine/index.ts';

/** What bears on when a campaign is best held. People enter any of them but the first four are derived too. */
export const OBSERVANCE_KINDS = [
  'PUBLIC_HOLIDAY',
  'RELIGIOUS_PERIOD',
  'INTERNATIONAL_DAY',
  'HOME_VISIT_PEAK',
  'ELECTION',
  'OTHER',
] as const;
export type ObservanceKind = (typeof OBSERVANCE_KINDS)[number];

/** An observance that nobody entered: it follows from a calendar. */
export interface DerivedObservance {
  readonly kind: ObservanceKind;
  /** English. */
  readonly name: string;
  readonly days: DayRange;
  /** ISO 3166-1 alpha-2; null: everywhere. */
  readonly country: string | null;
  /** Why it matters to a campaign, where its name does not say it. */
  readonly reason: string | null;
  readonly source: string;
  /** Follows the moon or custom: it may come a day earlier or later. */
  readonly estimated: boolean;
  /** Codes of the themes that a day is about; of other kinds, and of a day about all of them, none. */
  readonly themes: readonly string[];
}
