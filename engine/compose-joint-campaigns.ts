import { describeJointCampaign } from './describe-joint-campaign.ts';
import { draftKey, type Seated } from './draft-key.ts';
import type { Draft } from './draft.ts';
import { findWindows } from './find-windows.ts';
import type { Footprint } from './footprint.ts';
import { mergeCandidates, type Candidate } from './merge-candidates.ts';
import { meanStrengthOfPairs, rememberStrengths, seatWindow, type Member } from './seat-window.ts';
import { standingOf } from './standing.ts';
import type { Corridor, Terrain } from './terrain.ts';
import { covers, cutAt, type DayRange } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';
import { bitsOf, facetSet, has, isEmpty } from './values/facet-set.ts';
import { valueJointCampaign, type Seating } from './value-joint-campaign.ts';

/** The members that speak to one audience about one theme; those that state no audience speak to each audience of their theme. */
interface Cell {
  readonly theme: number;
  readonly audience: number;
  readonly members: readonly Member[];
}

/**
 * The joint campaigns to propose on a corridor as of a day: one for each window of each theme and audience in which two
 * different actors sit in two different countries, the nearly equal ones merged. By value, the highest first, then by start,
 * then by key. Windows that are over are left out, those that run begin at `asOf`. Of the footprints those count that are on the
 * corridor and have a seat there; their order does not matter. At worst cells × windows × members².
 */
export function composeJointCampaigns(
  corridor: Corridor,
  footprints: readonly Footprint[],
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  const seatingOf = rememberSeatings();
  const candidates = cellsOf(findMembers(corridor, footprints, terrain)).flatMap(({ theme, audience, members }) =>
    findWindows(members.map(({ footprint }) => footprint.days)).flatMap((window): Candidate[] => {
      const daysLeft = cutAt(window, asOf);
      if (daysLeft === null) return [];
      const together = members.filter(({ footprint }) => covers(footprint.days, window));
      const seating = seatingOf(together, daysLeft);
      if (seating === null) return [];
      const value = valueJointCampaign(seating, audience, corridor, terrain, asOf);
      return [{ ...identify(corridor, seating), value, themes: facetSet([theme]), audiences: facetSet([audience]) }];
    }),
  );
  return mergeCandidates(candidates).map((candidate) => describeJointCampaign(candidate, corridor, terrain, asOf));
}

/** The footprints that are on the corridor and have a seat there, by id. */
function findMembers(corridor: Corridor, footprints: readonly Footprint[], terrain: Terrain): Member[] {
  return footprints
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((footprint) => {
      const standing = standingOf(footprint, terrain);
      const countries = standing.seats.get(corridor.bit);
      return countries === undefined ? [] : [{ standing, footprint, countries }];
    });
}

function cellsOf(members: readonly Member[]): Cell[] {
  const themes = new Set(members.flatMap(({ footprint }) => bitsOf(footprint.themes)));
  return [...themes].flatMap((theme) => {
    const ofTheme = members.filter(({ footprint }) => has(footprint.themes, theme));
    const audiences = new Set(ofTheme.flatMap(({ footprint }) => bitsOf(footprint.audiences)));
    return [...audiences].map((audience) => ({
      theme,
      audience,
      members: ofTheme.filter(({ footprint }) => isEmpty(footprint.audiences) || has(footprint.audiences, audience)),
    }));
  });
}

/** Seats each set of members once: cells that differ only in theme or audience ask for the same again and again. */
function rememberSeatings(): (members: readonly Member[], window: DayRange) => Seating | null {
  const strengthBetween = rememberStrengths();
  const known = new Map<string, Seating | null>();
  return (members, window) => {
    const key = `${window.start}-${window.end} ${members.map(({ footprint }) => footprint.id).join(' ')}`;
    let seating = known.get(key);
    if (seating === undefined) {
      const seats = seatWindow(members, strengthBetween);
      seating = seats.length === 0 ? null : { window, seats, strength: meanStrengthOfPairs(seats, strengthBetween) };
      known.set(key, seating);
    }
    return seating;
  };
}

function identify(corridor: Corridor, seating: Seating) {
  const participants: Seated[] = seating.seats.map(({ member, country }) => ({
    footprint: member.footprint.id,
    country,
  }));
  const key = draftKey('JOINT_CAMPAIGN', corridor.code, participants, seating.window);
  return { key, seating, participants };
}
