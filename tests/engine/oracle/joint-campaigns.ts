/**
 * Joint campaigns, written down a second time from the words of the domain and its rulings, without regard to speed. Uses the other
 * oracles, and the engine only to read its values.
 */
import { bitsOf, type Corridor, type Footprint, type Insight, type Terrain } from '../../../engine/index.ts';
import { isOn, legCountries, meets, score } from './overlaps.ts';
import { windowsByDay } from './windows.ts';

interface Seat {
  readonly x: Footprint;
  readonly country: number;
  readonly mean: number;
}

export interface ExpectedDraft {
  readonly value: number;
  readonly strength: number;
  readonly window: { start: number; end: number };
  readonly themes: number[];
  readonly audiences: number[];
  /** `id@country role` with `*` after the lead's. */
  readonly participants: string[];
}

interface Candidate extends Omit<ExpectedDraft, 'participants'> {
  readonly key: string;
  readonly seats: Seat[];
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: number[]): number => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);
const ascending = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);
const byId = (a: Footprint, b: Footprint): number => (a.id < b.id ? -1 : 1);

export function jointCampaigns(
  corridor: Corridor,
  footprints: readonly Footprint[],
  terrain: Terrain,
  asOf: number,
): ExpectedDraft[] {
  const seatsOf = (x: Footprint) => ascending(legCountries(x, corridor));
  const members = footprints.filter((x) => isOn(x, corridor) && seatsOf(x).length > 0).sort(byId);
  const strength = (a: Footprint, b: Footprint) => (meets(a, b, terrain) ? score(a, b, terrain).strength : 0);

  const candidates: Candidate[] = [];
  for (const theme of ascending(members.flatMap((x) => bitsOf(x.themes)))) {
    const ofTheme = members.filter((x) => bitsOf(x.themes).includes(theme));
    for (const audience of ascending(ofTheme.flatMap((x) => bitsOf(x.audiences)))) {
      const cell = ofTheme.filter((x) => bitsOf(x.audiences).length === 0 || bitsOf(x.audiences).includes(audience));
      for (const found of windowsByDay(cell.map((x) => x.days))) {
        const window = { start: Math.max(found.start, asOf), end: found.end };
        if (window.start >= window.end) continue;
        const inWindow = found.members.flatMap((member) => cell[member] ?? []);
        const seats = ascending(inWindow.flatMap(seatsOf)).flatMap((country) =>
          inWindow
            .filter((x) => seatsOf(x).includes(country))
            .map((x): Seat => {
              const others = inWindow.filter((y) => y !== x && seatsOf(y).some((seat) => seat !== country));
              return { x, country, mean: mean(others.map((y) => strength(x, y))) };
            })
            .sort((s, t) => t.mean - s.mean || byId(s.x, t.x))
            .slice(0, 3)
            .sort((s, t) => byId(s.x, t.x)),
        );
        const apart = seats.flatMap((s, at) =>
          seats.slice(at + 1).flatMap((t) => (t.country !== s.country ? [[s, t] as const] : [])),
        );
        if (!apart.some(([s, t]) => s.x.owner !== t.x.owner)) continue;
        const pairs = apart.filter(([s, t]) => s.x !== t.x);
        const draftStrength = mean(pairs.map(([s, t]) => strength(s.x, t.x)));
        candidates.push({
          key: [
            'JOINT_CAMPAIGN',
            corridor.code,
            seats
              .map((s) => `${s.x.id}@${s.country}`)
              .sort()
              .join(),
            `${window.start}-${window.end}`,
          ].join('|'),
          value: valueOf(corridor, seats, window, audience, draftStrength, terrain, asOf),
          strength: draftStrength,
          window,
          themes: [theme],
          audiences: [audience],
          seats,
        });
      }
    }
  }
  return merge(candidates).map(({ seats, value, strength: draftStrength, window, themes, audiences }) => ({
    value,
    strength: draftStrength,
    window,
    themes,
    audiences,
    participants: seats.map(
      (seat) =>
        `${seat.x.id}@${seat.country} ${corridor.legs.find((leg) => leg.country === seat.country)?.role}${seat === lead(seats) ? '*' : ''}`,
    ),
  }));
}

function valueOf(
  corridor: Corridor,
  seats: Seat[],
  window: { start: number; end: number },
  audience: number,
  strength: number,
  terrain: Terrain,
  asOf: number,
): number {
  const countries = seats.map((seat) => seat.country);
  const seated = new Set(corridor.legs.filter((leg) => countries.includes(leg.country)).map((leg) => leg.role));
  const all = new Set(corridor.legs.map((leg) => leg.role));
  const names = (insight: Insight) =>
    (insight.place === null && insight.corridor === null) ||
    insight.corridor === corridor.bit ||
    (insight.place !== null && countries.includes(insight.place.country));
  const need = terrain.insights.some(
    (insight) => insight.kind === 'unmet_need' && insight.audience === audience && names(insight),
  );
  const inSeason =
    corridor.season !== null && monthsIn(window).some((month) => monthsOf(corridor.season).includes(month));
  const mixed = new Set(seats.map((seat) => seat.x.publicBody)).size === 2;
  return (
    (25 * (seated.size / all.size) +
      15 * (mixed ? 1 : 0) +
      15 * (Math.min(window.end - window.start, 30) / 30) +
      20 * strength +
      10 * (need || inSeason ? 1 : 0) +
      10 * (seats.some((seat) => seat.x.committed) ? 1 : 0) +
      5 * ([10, 20, 30].filter((days) => window.start - asOf >= days).length / 3)) /
    100
  );
}

function monthsOf(season: Corridor['season']): number[] {
  if (season === null) return [];
  const months = [season.fromMonth];
  for (let month = season.fromMonth; month !== season.toMonth; months.push(month)) month = month === 12 ? 1 : month + 1;
  return months;
}

/** Months of the days of a window; a year and a bit is as good as longer. */
function monthsIn(window: { start: number; end: number }): number[] {
  const days = Array.from({ length: Math.min(window.end - window.start, 400) }, (_, day) => window.start + day);
  return [...new Set(days.map((day) => new Date(day * 86_400_000).getUTCMonth() + 1))];
}

function lead(seats: Seat[]): Seat | undefined {
  const count = (seat: Seat) => seats.filter((other) => other.x === seat.x).length;
  const committed = seats.filter((seat) => seat.x.committed);
  let best = committed.length > 0 ? committed : seats;
  const keep = (rank: (seat: Seat) => number) => {
    const top = Math.max(...best.map(rank));
    best = best.filter((seat) => rank(seat) === top);
  };
  keep(count);
  keep((seat) => seat.mean);
  return best.sort((s, t) => (s.x === t.x ? s.country - t.country : byId(s.x, t.x)))[0];
}

function merge(candidates: Candidate[]): Candidate[] {
  const jaccard = <T>(a: Set<T>, b: Set<T>) => {
    const both = [...a].filter((element) => b.has(element)).length;
    return both / (a.size + b.size - both);
  };
  const ids = (candidate: Candidate) => new Set(candidate.seats.map((seat) => seat.x.id));
  const days = ({ window: v }: Candidate, { window: w }: Candidate) => {
    const both = Math.max(0, Math.min(v.end, w.end) - Math.max(v.start, w.start));
    return both / (v.end - v.start + (w.end - w.start) - both);
  };
  const kept: Candidate[] = [];
  const order = (a: Candidate, b: Candidate) =>
    b.value - a.value || a.window.start - b.window.start || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  for (const candidate of [...candidates].sort(order)) {
    const at = kept.findIndex((best) => days(best, candidate) >= 0.6 && jaccard(ids(best), ids(candidate)) >= 0.6);
    const best = kept[at];
    if (best === undefined) kept.push(candidate);
    else {
      const themes = ascending([...best.themes, ...candidate.themes]);
      kept[at] = { ...best, themes, audiences: ascending([...best.audiences, ...candidate.audiences]) };
    }
  }
  return kept;
}
