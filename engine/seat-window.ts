import type { Footprint } from './footprint.ts';
import { meet } from './meet.ts';
import { RULES } from './rules.ts';
import { addUp, compareFacets } from './score-overlap.ts';
import type { Standing } from './standing.ts';

/** A footprint on one corridor, with its seats there. */
export interface Member {
  readonly standing: Standing;
  readonly footprint: Footprint;
  /** Its countries with a leg on the corridor, ascending, at least one. */
  readonly countries: readonly number[];
}

/** A member in one of its countries. */
export interface Seat {
  readonly member: Member;
  readonly country: number;
  /** Mean strength with the members of the window that are seated in another country. */
  readonly strength: number;
}

/** How strongly two members overlap; 0 when they do not meet. */
export type StrengthBetween = (a: Member, b: Member) => number;

/** Compares members afresh, each pair at most once. */
export function rememberStrengths(): StrengthBetween {
  const known = new Map<Member, Map<Member, number>>();
  return (a, b) => {
    const [first, second] = a.footprint.id < b.footprint.id ? [a, b] : [b, a];
    const row = known.get(first) ?? new Map<Member, number>();
    const strength = row.get(second) ?? strengthOf(first.standing, second.standing);
    known.set(first, row.set(second, strength));
    return strength;
  };
}

/**
 * Who would take part in a joint campaign of the members of a window: of each country up to three, by their mean strength with
 * the other countries' members, then by id. By country, then id. Empty when no two different actors would sit in two
 * different countries. `members` in order of id; quadratic in them.
 */
export function seatWindow(members: readonly Member[], strengthBetween: StrengthBetween): Seat[] {
  const countries = [...new Set(members.flatMap((member) => member.countries))].sort((a, b) => a - b);
  const seats = countries.flatMap((country) =>
    members
      .filter((member) => member.countries.includes(country))
      .map((member) => ({ member, country, strength: meanStrengthAcross(member, country, members, strengthBetween) }))
      .sort((a, b) => b.strength - a.strength || compareIds(a.member, b.member))
      .slice(0, RULES.jointCampaign.participantsPerCountry)
      .sort((a, b) => compareIds(a.member, b.member)),
  );
  return bringTogether(seats) ? seats : [];
}

/** The mean strength of the pairs of seats in different countries that different footprints have, 0 to 1. */
export function meanStrengthOfPairs(seats: readonly Seat[], strengthBetween: StrengthBetween): number {
  const strengths = seats.flatMap((seat, at) =>
    seats
      .slice(at + 1)
      .filter((other) => other.country !== seat.country && other.member !== seat.member)
      .map((other) => strengthBetween(seat.member, other.member)),
  );
  return mean(strengths);
}

function meanStrengthAcross(
  member: Member,
  country: number,
  members: readonly Member[],
  strengthBetween: StrengthBetween,
): number {
  const across = members.filter((other) => other !== member && other.countries.some((seat) => seat !== country));
  return mean(across.map((other) => strengthBetween(member, other)));
}

/** Whether two different actors sit in two different countries. */
function bringTogether(seats: readonly Seat[]): boolean {
  return seats.some((seat) =>
    seats.some(
      (other) => other.country !== seat.country && other.member.footprint.owner !== seat.member.footprint.owner,
    ),
  );
}

function strengthOf(a: Standing, b: Standing): number {
  const meeting = meet(a, b, 1);
  return meeting === null ? 0 : addUp(compareFacets(a.footprint, b.footprint, meeting.place)).strength;
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function compareIds(a: Member, b: Member): number {
  return a.footprint.id < b.footprint.id ? -1 : 1;
}
