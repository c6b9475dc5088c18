import { RULES } from './rules.ts';
import { isInSeason } from './season.ts';
import type { Seat } from './seat-window.ts';
import { rolesOn } from './standing.ts';
import type { Corridor, CountryRole, Terrain } from './terrain.ts';
import { lengthOf, type DayRange } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';

/** Who would take part in a joint campaign, and when. */
export interface Seating {
  readonly window: DayRange;
  /** By country, then id. */
  readonly seats: readonly Seat[];
  /** Mean strength of the pairs of seats. */
  readonly strength: number;
}

/** How much a joint campaign for one audience is worth proposing, 0 to 1: the shares of `RULES.jointCampaign.value`, added in this order. */
export function valueJointCampaign(
  { window, seats, strength }: Seating,
  audience: number,
  corridor: Corridor,
  terrain: Terrain,
  asOf: EpochDay,
): number {
  const { value, fullDays, fullLeadDays, leadStepDays } = RULES.jointCampaign;
  const roles = rolesSeated(corridor, seats).length / rolesOf(corridor).length;
  const leadDays = Math.floor(Math.min(window.start - asOf, fullLeadDays) / leadStepDays) * leadStepDays;
  const needed = hasUnmetNeed(audience, corridor, seats, terrain) || isTravelledIn(corridor, window);
  const hundredths =
    value.roles * roles +
    value.stateAndNonState * Number(bringsStateAndNonStateTogether(seats)) +
    value.days * (Math.min(lengthOf(window), fullDays) / fullDays) +
    value.strength * strength +
    value.unmetNeed * Number(needed) +
    value.committed * Number(seats.some(({ member }) => member.footprint.committed)) +
    value.leadTime * (leadDays / fullLeadDays);
  return hundredths / 100;
}

/** The different roles of a corridor, in the order of its legs. */
export function rolesOf(corridor: Corridor): CountryRole[] {
  return [...new Set(corridor.legs.map((leg) => leg.role))];
}

/** The different roles that the countries of the seats have on the corridor, in the order of its legs. */
export function rolesSeated(corridor: Corridor, seats: readonly Seat[]): CountryRole[] {
  const seated = new Set(seats.flatMap(({ country }) => rolesOn(corridor, country)));
  return rolesOf(corridor).filter((role) => seated.has(role));
}

/** Whether public bodies and others would work side by side. */
export function bringsStateAndNonStateTogether(seats: readonly Seat[]): boolean {
  return (
    seats.some(({ member }) => member.footprint.publicBody) && seats.some(({ member }) => !member.footprint.publicBody)
  );
}

/** Whether an insight says that this audience lacks something: in a country of the seats, on this corridor, or without either. */
export function hasUnmetNeed(audience: number, corridor: Corridor, seats: readonly Seat[], terrain: Terrain): boolean {
  return terrain.insights.some(
    (insight) =>
      insight.kind === 'unmet_need' &&
      insight.audience === audience &&
      (insight.corridor === corridor.bit ||
        (insight.place === null
          ? insight.corridor === null
          : seats.some(({ country }) => country === insight.place?.country))),
  );
}

/** Whether days of the window are in the corridor's season. */
export function isTravelledIn(corridor: Corridor, window: DayRange): boolean {
  return corridor.season !== null && isInSeason(window, corridor.season);
}
