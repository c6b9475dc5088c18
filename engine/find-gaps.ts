import { effectiveChannels } from './channel-fit.ts';
import type { Footprint } from './footprint.ts';
import { RULES } from './rules.ts';
import { isInSeason } from './season.ts';
import { rolesOn, standingOf } from './standing.ts';
import type { Corridor, CountryRole, Insight, Terrain } from './terrain.ts';
import { rolesOf } from './value-joint-campaign.ts';
import { cutAt, dayRange, intersect, lengthOf, type DayRange } from './values/day-range.ts';
import { nextQuarter, quarterOf, startOfQuarter, type EpochDay, type Quarter } from './values/epoch-day.ts';
import { bitsOf, difference, emptySet, has, intersection, isEmpty, union, type FacetSet } from './values/facet-set.ts';

/** A declared need that no campaign answers: an audience, a theme and a quarter on a corridor. */
export interface Gap {
  readonly audience: number;
  readonly theme: number;
  readonly quarter: Quarter;
  /** The days of the quarter. */
  readonly days: DayRange;
  /** How much it is worth filling, 0 to 1. */
  readonly value: number;
  /** Ids of the unmet needs and of the trends that declare it, ascending; none of either where only the season does. */
  readonly needs: readonly string[];
  readonly trends: readonly string[];
  /** The corridor is travelled most in this quarter. */
  readonly inSeason: boolean;
  /** The countries of the corridor that it is about, ascending: those of the insights' places, else all. */
  readonly countries: readonly number[];
  /** Roles of the corridor in whose countries no campaign speaks to this audience, whatever about, in the order of its legs. */
  readonly roles: readonly CountryRole[];
  /** Languages of the corridor, and channels by which the audience obtains information, that no campaign to it uses. */
  readonly languages: FacetSet;
  readonly channels: FacetSet;
  /** Who could fill it, the best placed first. */
  readonly able: readonly Able[];
}

/** Somebody at work on the corridor in what is left of the quarter of a gap, who has its audience or its theme. */
export interface Able {
  readonly footprint: Footprint;
  /** Its lowest country that the need is about, else its lowest on the corridor. */
  readonly country: number;
  readonly reachesAudience: boolean;
  /** Share of audience and theme that it has: 1 or ½. */
  readonly fit: number;
}

/** What there is on a corridor: campaigns with their dated parts, and the standing work that they come from. */
export interface Work {
  readonly campaigns: readonly Footprint[];
  readonly programmes: readonly Footprint[];
}

/**
 * The gaps of a corridor as of a day. A need is declared by an insight about the corridor, about a country on it or about
 * everywhere, for the themes it states (only those of the corridor, unless it names the corridor) or else for all of the
 * corridor's; and by the corridor's season for every audience that an insight knows there. It is a gap in each of the next four
 * quarters in which the insight holds and no campaign with a seat on the corridor states both audience and theme: what is not
 * stated fills nothing, and neither does standing work without a campaign. By value, the highest first, then by start, audience and theme.
 * Linear in cells × footprints.
 */
export function findGaps(corridor: Corridor, work: Work, terrain: Terrain, asOf: EpochDay): Gap[] {
  const campaigns = seatedOn(corridor, work.campaigns, terrain);
  const everybody = [...campaigns, ...seatedOn(corridor, work.programmes, terrain)];
  const insights = terrain.insights.filter((insight) => concerns(insight, corridor));
  return quartersFrom(asOf)
    .flatMap((time) => {
      const { days, daysLeft } = time;
      const speaking = campaigns.filter(({ footprint }) => intersect(footprint.days, days) !== null);
      const atWork = everybody.filter(({ footprint }) => intersect(footprint.days, daysLeft) !== null);
      const holding = insights.filter((insight) => insight.days === null || intersect(insight.days, days) !== null);
      return needsIn(corridor, holding, days)
        .filter((need) => !speaking.some((seated) => fits(seated, need).fit === 1))
        .map((need) => describeGap(need, time, { speaking, atWork }, corridor, terrain));
    })
    .sort((a, b) => b.value - a.value || a.days.start - b.days.start || a.audience - b.audience || a.theme - b.theme);
}

/** A footprint with its countries on the corridor, ascending. */
interface Seated {
  readonly footprint: Footprint;
  readonly countries: readonly number[];
}

interface Need {
  readonly audience: number;
  readonly theme: number;
  readonly insights: readonly Insight[];
  readonly inSeason: boolean;
}

interface Time {
  readonly quarter: Quarter;
  readonly days: DayRange;
  /** What of it is not over. */
  readonly daysLeft: DayRange;
  /** Quarters from the present one. */
  readonly ahead: number;
}

function seatedOn(corridor: Corridor, footprints: readonly Footprint[], terrain: Terrain): Seated[] {
  return footprints.flatMap((footprint) => {
    const countries = standingOf(footprint, terrain).seats.get(corridor.bit);
    return countries === undefined ? [] : [{ footprint, countries }];
  });
}

/** Whether an insight is about the corridor: the corridor it names decides, else its place, else it is about everywhere. */
function concerns({ corridor: named, place }: Insight, corridor: Corridor): boolean {
  if (named !== null) return named === corridor.bit;
  return place === null || corridor.legs.some((leg) => leg.country === place.country);
}

/** The present quarter while enough of it is left, and those after it. */
function quartersFrom(asOf: EpochDay): Time[] {
  const times: Time[] = [];
  let quarter = quarterOf(asOf);
  for (let ahead = 0; ahead < RULES.gaps.quartersAhead; ahead++) {
    const next = nextQuarter(quarter);
    const days = dayRange(startOfQuarter(quarter), startOfQuarter(next));
    const daysLeft = cutAt(days, asOf);
    if (daysLeft !== null && lengthOf(daysLeft) >= RULES.gaps.minDaysLeft)
      times.push({ quarter, days, daysLeft, ahead });
    quarter = next;
  }
  return times;
}

/** The needs declared on a corridor in some days, by audience, then theme. */
function needsIn(corridor: Corridor, holding: readonly Insight[], days: DayRange): Need[] {
  const inSeason = corridor.season !== null && isInSeason(days, corridor.season);
  const audiences = [...new Set(holding.map(({ audience }) => audience))].sort((a, b) => a - b);
  return audiences.flatMap((audience) => {
    const declaring = holding.filter((one) => one.audience === audience && one.kind !== 'information_way');
    const themes = declaring.map((insight) => themesOf(insight, corridor)).reduce(union, emptySet);
    return bitsOf(inSeason ? union(themes, corridor.themes) : themes).map((theme) => ({
      audience,
      theme,
      insights: declaring.filter((insight) => has(themesOf(insight, corridor), theme)),
      inSeason: inSeason && has(corridor.themes, theme),
    }));
  });
}

function themesOf(insight: Insight, corridor: Corridor): FacetSet {
  if (isEmpty(insight.themes)) return corridor.themes;
  return insight.corridor === null ? intersection(insight.themes, corridor.themes) : insight.themes;
}

function fits({ footprint }: Seated, { audience, theme }: Need): { reachesAudience: boolean; fit: number } {
  const reachesAudience = has(footprint.audiences, audience);
  return { reachesAudience, fit: (Number(reachesAudience) + Number(has(footprint.themes, theme))) / 2 };
}

function describeGap(
  need: Need,
  { quarter, days, ahead }: Time,
  { speaking, atWork }: { readonly speaking: readonly Seated[]; readonly atWork: readonly Seated[] },
  corridor: Corridor,
  terrain: Terrain,
): Gap {
  const { audience, theme, insights, inSeason } = need;
  const toThem = speaking.filter(({ footprint }) => has(footprint.audiences, audience));
  const unite = (facet: 'languages' | 'channels'): FacetSet =>
    toThem.reduce((all, { footprint }) => union(all, footprint[facet]), emptySet);
  const legs = new Set(corridor.legs.map(({ country }) => country));
  const ways = effectiveChannels(terrain, audience, ({ country }) => legs.has(country));
  const roles = uncoveredRoles(corridor, toThem);
  const countries = countriesOf(insights, legs);
  const idsOf = (kind: Insight['kind']): string[] =>
    [...new Set(insights.filter((insight) => insight.kind === kind).map(({ id }) => id))].sort();
  return {
    audience,
    theme,
    quarter,
    days,
    value: valueOf(need, ahead, roles.length / rolesOf(corridor).length),
    needs: idsOf('unmet_need'),
    trends: idsOf('trend'),
    inSeason,
    countries,
    roles,
    languages: difference(corridor.languages, unite('languages')),
    channels: difference(ways, unite('channels')),
    able: chooseAble(need, atWork, countries, ways),
  };
}

function uncoveredRoles(corridor: Corridor, speaking: readonly Seated[]): CountryRole[] {
  const covered = new Set(
    speaking.flatMap(({ countries }) => countries).flatMap((country) => rolesOn(corridor, country)),
  );
  return rolesOf(corridor).filter((role) => !covered.has(role));
}

function countriesOf(insights: readonly Insight[], legs: ReadonlySet<number>): number[] {
  const named = insights.map(({ place, corridor }) => (corridor === null ? (place?.country ?? null) : null));
  const all = named.length === 0 || named.includes(null) ? [...legs] : named.filter((country) => country !== null);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The shares of `RULES.gaps.value`, added in this order. */
function valueOf({ insights, inSeason }: Need, ahead: number, uncovered: number): number {
  const { value, statedHere, statedEverywhere, trend, quartersAhead } = RULES.gaps;
  const weights = insights.map(
    ({ kind, place, corridor }) =>
      (kind === 'trend' ? trend : 1) * (place === null && corridor === null ? statedEverywhere : statedHere),
  );
  const hundredths =
    value.need * Math.max(0, ...weights) +
    value.season * Number(inSeason) +
    value.soon * (1 - ahead / quartersAhead) +
    value.roles * uncovered;
  return hundredths / 100;
}

/**
 * Who could fill a gap: those who have audience and theme before those who have the audience, before those who have the theme; then
 * who committed resources, then who uses an effective channel, then the lower id. One of each owner, and few of each country.
 */
function chooseAble(need: Need, atWork: readonly Seated[], countries: readonly number[], ways: FacetSet): Able[] {
  const ranked = atWork
    .map((seated) => ({ ...seated, ...fits(seated, need) }))
    .filter(({ fit }) => fit > 0)
    .sort(
      (a, b) =>
        b.fit - a.fit ||
        Number(b.reachesAudience) - Number(a.reachesAudience) ||
        Number(b.footprint.committed) - Number(a.footprint.committed) ||
        Number(usesOne(b, ways)) - Number(usesOne(a, ways)) ||
        (a.footprint.id < b.footprint.id ? -1 : 1),
    );
  const chosen: Able[] = [];
  for (const { footprint, countries: seats, reachesAudience, fit } of ranked) {
    const country = seats.find((seat) => countries.includes(seat)) ?? seats[0];
    if (country === undefined || chosen.length === RULES.gaps.participants) continue;
    if (chosen.some((other) => other.footprint.owner === footprint.owner)) continue;
    if (chosen.filter((other) => other.country === country).length === RULES.gaps.participantsPerCountry) continue;
    chosen.push({ footprint, country, reachesAudience, fit });
  }
  return chosen;
}

function usesOne({ footprint }: Seated, ways: FacetSet): boolean {
  return !isEmpty(intersection(footprint.channels, ways));
}
