import { effectiveChannels } from './channel-fit.ts';
import type { Draft, Missing, Participant, Reason } from './draft.ts';
import type { Footprint } from './footprint.ts';
import type { Candidate } from './merge-candidates.ts';
import type { Seat } from './seat-window.ts';
import { rolesOn } from './standing.ts';
import type { Corridor, Terrain } from './terrain.ts';
import type { EpochDay } from './values/epoch-day.ts';
import { bitsOf, difference, emptySet, facetSet, isEmpty, union, type FacetSet } from './values/facet-set.ts';
import {
  bringsStateAndNonStateTogether,
  hasUnmetNeed,
  isTravelledIn,
  rolesOf,
  rolesSeated,
} from './value-joint-campaign.ts';

/** Writes a candidate out as a draft: who leads, what is missing, and why it is proposed. */
export function describeJointCampaign(
  candidate: Candidate,
  corridor: Corridor,
  terrain: Terrain,
  asOf: EpochDay,
): Draft {
  const { key, value, themes, audiences, seating } = candidate;
  const { window, seats, strength } = seating;
  return {
    kind: 'JOINT_CAMPAIGN',
    key,
    corridor: corridor.bit,
    about: null,
    value,
    strength,
    window,
    themes,
    audiences,
    participants: describeParticipants(seats, corridor),
    missing: findMissing(seats, audiences, corridor, terrain),
    reasons: giveReasons(candidate, corridor, terrain, asOf),
  };
}

function describeParticipants(seats: readonly Seat[], corridor: Corridor): Participant[] {
  const lead = chooseLead(seats);
  return seats.map((seat) => ({
    footprint: seat.member.footprint.id,
    country: seat.country,
    role: rolesOn(corridor, seat.country)[0] ?? null,
    lead: seat === lead,
    strength: seat.strength,
  }));
}

/**
 * Who has committed resources leads, then who sits in more countries, then who overlaps most strongly with the others, then the
 * lower id; of one footprint's equal seats the one in the lower country.
 */
function chooseLead(seats: readonly Seat[]): Seat | undefined {
  const countSeats = (seat: Seat): number => seats.filter((other) => other.member === seat.member).length;
  return seats.toSorted(
    (a, b) =>
      Number(b.member.footprint.committed) - Number(a.member.footprint.committed) ||
      countSeats(b) - countSeats(a) ||
      b.strength - a.strength ||
      (a.member === b.member ? a.country - b.country : a.member.footprint.id < b.member.footprint.id ? -1 : 1),
  )[0];
}

function findMissing(seats: readonly Seat[], audiences: FacetSet, corridor: Corridor, terrain: Terrain): Missing {
  const seated = new Set(seats.map(({ country }) => country));
  const covered = rolesSeated(corridor, seats);
  const countries = new Set(corridor.legs.map((leg) => leg.country));
  const unite = (facet: 'languages' | 'channels'): FacetSet =>
    seats.reduce((all, { member }) => union(all, member.footprint[facet]), emptySet);
  const reaching = bitsOf(audiences)
    .map((audience) => effectiveChannels(terrain, audience, (place) => seated.has(place.country)))
    .reduce(union, emptySet);
  return {
    roles: rolesOf(corridor).filter((role) => !covered.includes(role)),
    countries: [...countries].filter((country) => !seated.has(country)).sort((a, b) => a - b),
    languages: difference(corridor.languages, unite('languages')),
    channels: difference(reaching, unite('channels')),
  };
}

/** The reasons that count in the value, in its order, then what one should know about the footprints. */
function giveReasons(candidate: Candidate, corridor: Corridor, terrain: Terrain, asOf: EpochDay): Reason[] {
  const { seats, strength, window } = candidate.seating;
  const inNeed = bitsOf(candidate.audiences).filter((audience) => hasUnmetNeed(audience, corridor, seats, terrain));
  const committed = idsWhere(seats, (footprint) => footprint.committed);
  const audienceNotStated = idsWhere(seats, (footprint) => isEmpty(footprint.audiences));
  const tentative = idsWhere(seats, (footprint) => footprint.tentative);
  const reasons: Reason[] = [
    { code: 'ROLES_COVERED', roles: rolesSeated(corridor, seats) },
    { code: 'COUNTRIES', countries: [...new Set(seats.map(({ country }) => country))] },
  ];
  if (bringsStateAndNonStateTogether(seats)) reasons.push({ code: 'STATE_AND_NON_STATE' });
  reasons.push({ code: 'SHARED_DAYS', days: window }, { code: 'MEAN_STRENGTH', strength });
  if (inNeed.length > 0) reasons.push({ code: 'UNMET_NEED', audiences: facetSet(inNeed) });
  if (corridor.season !== null && isTravelledIn(corridor, window))
    reasons.push({ code: 'IN_SEASON', ...corridor.season });
  if (committed.length > 0) reasons.push({ code: 'COMMITTED_RESOURCES', footprints: committed });
  if (window.start > asOf) reasons.push({ code: 'LEAD_TIME', days: window.start - asOf });
  if (audienceNotStated.length > 0) reasons.push({ code: 'AUDIENCE_NOT_STATED', footprints: audienceNotStated });
  if (tentative.length > 0) reasons.push({ code: 'TENTATIVE', footprints: tentative });
  return reasons;
}

/** The ids of the seated footprints of which something holds, each once, ascending. */
function idsWhere(seats: readonly Seat[], holds: (footprint: Footprint) => boolean): string[] {
  const footprints = seats.map(({ member }) => member.footprint).filter(holds);
  return [...new Set(footprints.map(({ id }) => id))].sort();
}
