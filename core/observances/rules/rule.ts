import type { ObservanceKind } from '../observance.ts';

/**
 * When something is, every year. `rule` is written in the grammar of date-holidays: `12-25 P2D`, `easter -2`, `1 Shawwal P3D`,
 * `chinese 01-0-01`. `newMoonBetween` is the first day of the lunar month that begins between two days of the year, written
 * `MM-DD`: months of South and Southeast Asian calendars begin with the same new moons as those of the Chinese one, give or take a day.
 */
export type When = (
  | { readonly rule: string }
  /** Up to but without the next day of the second rule. */
  | { readonly rule: string; readonly until: string }
  | { readonly newMoonBetween: readonly [first: string, last: string] }
) & {
  /** So many days longer on either side; below 0, shorter. */
  readonly before?: number;
  readonly after?: number;
};

/** An observance of the hub's own, for countries and customs that date-holidays does not have. */
export interface OwnRule {
  readonly kind: ObservanceKind;
  readonly name: string;
  /** ISO 3166-1 alpha-2; none: everywhere. */
  readonly countries: readonly string[];
  readonly when: When;
  readonly estimated?: true;
  readonly reason?: string;
  /** Codes of the themes that the day is about. */
  readonly themes?: readonly string[];
}
