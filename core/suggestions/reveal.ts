import type { DraftKind } from '../../engine/index.ts';
import { assertNever } from '../outcome.ts';

/** A participant of a suggestion: an actor in one of its countries. */
export interface Seat {
  readonly actorId: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What is known of a suggestion when it is decided who meets. */
export interface Consent {
  readonly kind: DraftKind;
  readonly seats: readonly Seat[];
  /** The actors whose endorsement of the present version stands. */
  readonly endorsers: ReadonlySet<string>;
}

/**
 * Who may know of each other because they endorsed the same: all endorsers that take part, or nobody. A joint campaign needs two of
 * them, from two countries; so do a practice to replicate and a gap to fill, unless all who are asked are in one country, where any
 * two are enough. Where a suggestion is about a pair, both. In the order of their ids.
 */
export function findWhoMeets({ kind, seats, endorsers }: Consent): readonly string[] {
  const endorsed = seats.filter(({ actorId }) => endorsers.has(actorId));
  const actors = [...new Set(endorsed.map(({ actorId }) => actorId))].sort();
  return actors.length >= 2 && isEnough(kind, seats, endorsed) ? actors : [];
}

function isEnough(kind: DraftKind, seats: readonly Seat[], endorsed: readonly Seat[]): boolean {
  switch (kind) {
    case 'JOINT_CAMPAIGN':
      return countCountries(endorsed) >= 2;
    case 'REPLICATE_PRACTICE':
    case 'FILL_GAP':
      return countCountries(endorsed) >= Math.min(2, countCountries(seats));
    case 'ALIGN_DATES':
    case 'AVOID_DUPLICATION':
    case 'RESOLVE_CONTRADICTION':
    case 'LEVERAGE_CHANNEL':
      return endorsed.length === seats.length;
    default:
      return assertNever(kind);
  }
}

function countCountries(seats: readonly Seat[]): number {
  return new Set(seats.map(({ country }) => country)).size;
}
