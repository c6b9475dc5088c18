import {
  bitsOf,
  fromCivil,
  has,
  toCivil,
  type Corridor,
  type Footprint,
  type Insight,
  type Terrain,
} from '../../../engine/index.ts';

export interface ExpectedGap {
  readonly cell: string;
  readonly value: number;
  readonly days: readonly [start: number, end: number];
  readonly insights: readonly string[];
  readonly inSeason: boolean;
  readonly countries: readonly number[];
  readonly roles: readonly string[];
  readonly languages: readonly number[];
  readonly channels: readonly number[];
  /** As `id@country`. */
  readonly able: readonly string[];
}

/** The gaps of a corridor, written from the words of the domain and decision 0017: every cell is looked at on every day of it. */
export function gapsOf(
  corridor: Corridor,
  campaigns: readonly Footprint[],
  programmes: readonly Footprint[],
  terrain: Terrain,
  asOf: number,
): ExpectedGap[] {
  const found: ExpectedGap[] = [];
  const countriesOnRoute = [...new Set(corridor.legs.map(({ country }) => country))];
  const everyRole = [...new Set(corridor.legs.map(({ role }) => role))];
  const seats = (one: Footprint): number[] => {
    const own = one.places.map(({ country }) => country);
    const states = bitsOf(one.corridors);
    const derived = own.some((country) => countriesOnRoute.includes(country)) && sharesOne(one.themes, corridor.themes);
    if (states.length > 0 ? !states.includes(corridor.bit) : !derived) return [];
    return countriesOnRoute.filter((country) => own.includes(country)).sort((a, b) => a - b);
  };
  const about = terrain.insights.filter((insight) =>
    insight.corridor !== null
      ? insight.corridor === corridor.bit
      : insight.place === null || countriesOnRoute.includes(insight.place.country),
  );
  for (let ahead = 0; ahead < 4; ahead++) {
    const days = daysOfQuarter(asOf, ahead);
    const left = days.filter((day) => day >= asOf);
    const [first] = days;
    if (first === undefined || left.length < 30) continue;
    const runs = (one: { readonly start: number; readonly end: number }): boolean =>
      days.some((day) => one.start <= day && day < one.end);
    const isNotOver = (one: Footprint): boolean => left.some((day) => one.days.start <= day && day < one.days.end);
    const season = corridor.season;
    const travelled = season !== null && days.some((day) => monthsOf(season).includes(toCivil(fromNumber(day)).month));
    const holding = about.filter((insight) => insight.days === null || runs(insight.days));
    const at = (list: readonly Footprint[]): Footprint[] =>
      list.filter((one) => seats(one).length > 0 && runs(one.days));
    const [speaking, standing] = [at(campaigns), at(programmes)];
    for (const audience of new Set(holding.map((insight) => insight.audience))) {
      for (let theme = 0; theme < 100; theme++) {
        const declaring = holding.filter(
          (insight) =>
            insight.kind !== 'information_way' && insight.audience === audience && isAbout(insight, theme, corridor),
        );
        const inSeason = travelled && has(corridor.themes, theme);
        if (declaring.length === 0 && !inSeason) continue;
        if (speaking.some((one) => has(one.audiences, audience) && has(one.themes, theme))) continue;
        const toThem = speaking.filter((one) => has(one.audiences, audience));
        const roles = everyRole.filter(
          (role) =>
            !toThem.some((one) => corridor.legs.some((leg) => leg.role === role && seats(one).includes(leg.country))),
        );
        const places = declaring.map((insight) => (insight.corridor === null ? insight.place : null));
        const countries =
          places.length === 0 || places.includes(null)
            ? countriesOnRoute
            : [...new Set(places.flatMap((place) => (place ? [place.country] : [])))];
        const ways = waysOf(terrain, audience, countriesOnRoute);
        found.push({
          cell: `${audience}|${theme}|${toCivil(fromNumber(first)).year}-Q${Math.ceil(toCivil(fromNumber(first)).month / 3)}`,
          value:
            (40 * Math.max(0, ...declaring.map(weigh)) +
              20 * Number(inSeason) +
              20 * (1 - ahead / 4) +
              20 * (roles.length / everyRole.length)) /
            100,
          days: [first, first + days.length],
          insights: [...new Set(declaring.map(({ id }) => id))].sort(),
          inSeason,
          countries: countries.toSorted((a, b) => a - b),
          roles,
          languages: bitsOf(corridor.languages).filter((bit) => !toThem.some((one) => has(one.languages, bit))),
          channels: ways.filter((bit) => !toThem.some((one) => has(one.channels, bit))),
          able: chooseFrom([...speaking, ...standing].filter(isNotOver), audience, theme, countries, ways, seats),
        });
      }
    }
  }
  return found;
}

function chooseFrom(
  candidates: readonly Footprint[],
  audience: number,
  theme: number,
  countries: readonly number[],
  ways: readonly number[],
  seats: (one: Footprint) => number[],
): string[] {
  /** A word that is lower the better one is placed. */
  const rank = (one: Footprint): string => {
    const [whom, what] = [has(one.audiences, audience), has(one.themes, theme)];
    const group = whom && what ? 0 : whom ? 1 : 2;
    const uses = ways.some((way) => has(one.channels, way));
    return [group, one.committed ? 0 : 1, uses ? 0 : 1, one.id].join(' ');
  };
  const chosen: { owner: string; country: number; told: string }[] = [];
  for (const one of candidates
    .filter(({ audiences, themes }) => has(audiences, audience) || has(themes, theme))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))) {
    const own = seats(one);
    const country = own.find((seat) => countries.includes(seat)) ?? own[0] ?? NaN;
    if (chosen.length === 4 || chosen.some(({ owner }) => owner === one.owner)) continue;
    if (chosen.filter((other) => other.country === country).length === 2) continue;
    chosen.push({ owner: one.owner, country, told: `${one.id}@${country}` });
  }
  return chosen.map(({ told }) => told);
}

function weigh({ kind, place, corridor }: Insight): number {
  return (kind === 'trend' ? 0.5 : 1) * (place === null && corridor === null ? 0.5 : 1);
}

function isAbout({ themes, corridor: named }: Insight, theme: number, corridor: Corridor): boolean {
  if (bitsOf(themes).length === 0) return has(corridor.themes, theme);
  return has(themes, theme) && (named !== null || has(corridor.themes, theme));
}

/** The effective channels of an audience in some countries, ascending. */
function waysOf({ insights }: Terrain, audience: number, countries: readonly number[]): number[] {
  const all = insights.filter((insight) => insight.kind === 'information_way' && insight.audience === audience);
  const here = all.filter(({ place }) => place !== null && countries.includes(place.country));
  const told = (here.length > 0 ? here : all.filter(({ place }) => place === null)).flatMap(({ channels }) => channels);
  return [...new Set(told.filter(({ weight }) => weight >= 0.25).map(({ channel }) => channel))].sort((a, b) => a - b);
}

function sharesOne(a: Footprint['themes'], b: Footprint['themes']): boolean {
  return bitsOf(a).some((bit) => has(b, bit));
}

function monthsOf({ fromMonth, toMonth }: { readonly fromMonth: number; readonly toMonth: number }): number[] {
  const months: number[] = [];
  for (let month = fromMonth; ; month = (month % 12) + 1) {
    months.push(month);
    if (month === toMonth) return months;
  }
}

function daysOfQuarter(asOf: number, ahead: number): number[] {
  const { year, month } = toCivil(fromNumber(asOf));
  const months = year * 12 + Math.floor((month - 1) / 3) * 3 + ahead * 3;
  const firstOf = (count: number): number =>
    fromCivil({ year: Math.floor(count / 12), month: (count % 12) + 1, dayOfMonth: 1 });
  const first = firstOf(months);
  return Array.from({ length: firstOf(months + 3) - first }, (_, offset) => first + offset);
}

function fromNumber(day: number) {
  return day as Parameters<typeof toCivil>[0];
}
