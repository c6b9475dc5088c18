/**
 * The rules of overlaps, written down a second time from the words of the domain, with plain sets and no regard to speed. Nothing
 * here may use the engine's functions beyond reading its values.
 */
import {
  bitsOf,
  OPEN_END,
  type Corridor,
  type FacetSet,
  type Footprint,
  type Place,
  type Terrain,
} from '../../../engine/index.ts';

const setOf = (facet: FacetSet): Set<number> => new Set(bitsOf(facet));
const share = <T>(a: Iterable<T>, b: Set<T>): boolean => [...a].some((element) => b.has(element));

export function sharedDays(a: Footprint, b: Footprint): number {
  const first = Math.max(a.days.start, b.days.start);
  const last = Math.min(a.days.end - 1, b.days.end - 1);
  return last >= first ? last - first + 1 : 0;
}

/** Country numbers of a footprint that have a leg on the corridor. */
export function legCountries(x: Footprint, corridor: Corridor): Set<number> {
  const countries = new Set(x.places.map((place) => place.country));
  return new Set(corridor.legs.map((leg) => leg.country).filter((country) => countries.has(country)));
}

export function isOn(x: Footprint, corridor: Corridor): boolean {
  const stated = setOf(x.corridors);
  if (stated.size > 0) return stated.has(corridor.bit);
  return legCountries(x, corridor).size > 0 && share(setOf(x.themes), setOf(corridor.themes));
}

function pairOfPlaces(p: Place, q: Place): number {
  if (p.country !== q.country) return 0;
  if (p.subdivision === q.subdivision) return 1;
  return p.subdivision === 0 || q.subdivision === 0 ? 0.7 : 0;
}

/** Country pairs (p of a, q of b, p ≠ q) with legs on a corridor both are on. */
function crossings(a: Footprint, b: Footprint, corridor: Corridor): [number, number][] {
  if (!isOn(a, corridor) || !isOn(b, corridor)) return [];
  return [...legCountries(a, corridor)].flatMap((p) =>
    [...legCountries(b, corridor)].filter((q) => q !== p).map((q): [number, number] => [p, q]),
  );
}

export function placeSimilarity(a: Footprint, b: Footprint, terrain: Terrain): number {
  const pairs = a.places.flatMap((p) => b.places.map((q) => pairOfPlaces(p, q)));
  const across = terrain.corridors.some((corridor) => crossings(a, b, corridor).length > 0) ? 0.5 : 0;
  return Math.max(0, across, ...pairs);
}

/** The corridors by which two footprints meet across countries. */
export function meetingCorridors(a: Footprint, b: Footprint, terrain: Terrain): number[] {
  const audience = share(setOf(a.audiences), setOf(b.audiences));
  const theme = share(setOf(a.themes), setOf(b.themes));
  return terrain.corridors
    .filter((corridor) => crossings(a, b, corridor).length > 0)
    .filter(({ bit }) => {
      const bothState = setOf(a.corridors).has(bit) && setOf(b.corridors).has(bit);
      return bothState ? audience || theme : audience && theme;
    })
    .map(({ bit }) => bit);
}

export function meets(a: Footprint, b: Footprint, terrain: Terrain, minSharedDays = 1): boolean {
  if (a.owner === b.owner) return false;
  if (a.partners.includes(b.owner) || b.partners.includes(a.owner)) return false;
  if (sharedDays(a, b) < minSharedDays) return false;
  const audience = share(setOf(a.audiences), setOf(b.audiences));
  const theme = share(setOf(a.themes), setOf(b.themes));
  const byPlace = a.places.some((p) => b.places.some((q) => pairOfPlaces(p, q) > 0)) && (audience || theme);
  return byPlace || meetingCorridors(a, b, terrain).length > 0;
}

function likeness(a: FacetSet, b: FacetSet): number {
  const all = new Set([...bitsOf(a), ...bitsOf(b)]);
  const both = bitsOf(a).filter((bit) => setOf(b).has(bit));
  return all.size === 0 ? 0 : both.length / all.size;
}

/** Similarities in the order of the table; null where not both state the facet. */
export function similarities(a: Footprint, b: Footprint, terrain: Terrain): (number | null)[] {
  const whenStated = (x: FacetSet, y: FacetSet): number | null =>
    bitsOf(x).length > 0 && bitsOf(y).length > 0 ? likeness(x, y) : null;
  const bothOpen = a.days.end === OPEN_END && b.days.end === OPEN_END;
  const shorter = Math.min(a.days.end - a.days.start, b.days.end - b.days.start);
  return [
    a.places.length > 0 && b.places.length > 0 ? placeSimilarity(a, b, terrain) : null,
    whenStated(a.audiences, b.audiences),
    whenStated(a.themes, b.themes),
    bothOpen ? 1 : sharedDays(a, b) / shorter,
    whenStated(a.channels, b.channels),
    whenStated(a.languages, b.languages),
  ];
}

const WEIGHTS = [25, 25, 20, 15, 10, 5];

export function score(
  a: Footprint,
  b: Footprint,
  terrain: Terrain,
): { strength: number; score: number; confidence: number } {
  let sum = 0;
  let stated = 0;
  similarities(a, b, terrain).forEach((similarity, facet) => {
    const weight = WEIGHTS[facet] ?? NaN;
    if (similarity === null) return;
    sum += weight * similarity;
    stated += weight;
  });
  return { strength: sum / 100, score: sum / stated, confidence: stated / 100 };
}

export function kind(a: Footprint, b: Footprint, terrain: Terrain): string {
  const [place, audience, theme, time, channel] = similarities(a, b, terrain).map((similarity) => similarity ?? 0);
  if (
    place === undefined ||
    audience === undefined ||
    theme === undefined ||
    time === undefined ||
    channel === undefined
  ) {
    throw new Error('six similarities expected');
  }
  const languages = [setOf(a.languages), setOf(b.languages)] as const;
  const oneLanguage = languages.some((set) => set.size === 0) || share(...languages);
  if (place >= 0.7 && audience >= 0.5 && theme >= 0.5 && channel >= 0.5 && time >= 0.25 && oneLanguage)
    return 'DUPLICATION';

  const rolesOf = (corridor: Corridor, country: number) =>
    corridor.legs.filter((leg) => leg.country === country).map((leg) => leg.role);
  const differentRoles = terrain.corridors.some((corridor) =>
    crossings(a, b, corridor).some(([p, q]) =>
      rolesOf(corridor, p).some((role) => rolesOf(corridor, q).some((other) => role !== other)),
    ),
  );
  if (place < 0.7 && differentRoles) return 'COMPLEMENT';

  const audiences = bitsOf(a.audiences).filter((bit) => setOf(b.audiences).has(bit));
  if (a.publicBody !== b.publicBody) {
    const state = a.publicBody ? a : b;
    const carrier = a.publicBody ? b : a;
    const found = audiences.some((bit) => {
      const ways = terrain.insights.filter((insight) => insight.kind === 'information_way' && insight.audience === bit);
      const atShared = ways.filter(
        ({ place: at }) =>
          at !== null &&
          sharedPlaces(a, b).some(
            (p) => p.country === at.country && (at.subdivision === 0 || at.subdivision === p.subdivision),
          ),
      );
      const used = atShared.length > 0 ? atShared : ways.filter(({ place: at }) => at === null);
      return used.some(({ channels }) =>
        channels.some(
          ({ channel: by, weight }) =>
            weight >= 0.25 && setOf(carrier.channels).has(by) && !setOf(state.channels).has(by),
        ),
      );
    });
    if (found) return 'LEVERAGE';
  }
  const channels = [setOf(a.channels), setOf(b.channels)] as const;
  if (place >= 0.7 && audiences.length > 0 && channels.every((set) => set.size > 0) && !share(...channels))
    return 'REINFORCEMENT';
  return 'CO_PRESENCE';
}

/** The finer of each pair of places that are equal or contain each other. */
export function sharedPlaces(a: Footprint, b: Footprint): Place[] {
  return a.places.flatMap((p) =>
    b.places.filter((q) => pairOfPlaces(p, q) > 0).map((q) => (p.subdivision === 0 ? q : p)),
  );
}

export function contradicts(a: Footprint, b: Footprint, terrain: Terrain): boolean {
  if ((similarities(a, b, terrain)[0] ?? 0) < 0.7) return false;
  const addressed = (x: Footprint) =>
    bitsOf(x.audiences).length > 0 ? setOf(x.audiences) : new Set([...bitsOf(x.deters), ...bitsOf(x.protects)]);
  const both = [...addressed(a)].filter((bit) => addressed(b).has(bit));
  return both.some(
    (bit) =>
      (setOf(a.deters).has(bit) && setOf(b.protects).has(bit)) ||
      (setOf(b.deters).has(bit) && setOf(a.protects).has(bit)),
  );
}

/** Ids of the best overlaps of x: suppression first, then order, then at most three an owner, then twenty. */
export function bestPartners(
  x: Footprint,
  all: readonly Footprint[],
  terrain: Terrain,
  k = 20,
  perOwner = 3,
): string[] {
  const family = (of: Footprint) => all.filter((y) => y.id === of.id || y.ancestors.includes(of.id));
  const candidates = all.filter((y) => {
    if (!meets(x, y, terrain)) return false;
    return !family(x).some((d) => family(y).some((e) => !(d.id === x.id && e.id === y.id) && meets(d, e, terrain)));
  });
  const ranked = candidates
    .map((y) => ({ y, strength: score(x, y, terrain).strength }))
    .sort((s, t) => (t.strength !== s.strength ? t.strength - s.strength : s.y.id < t.y.id ? -1 : 1));
  const kept: Footprint[] = [];
  for (const { y } of ranked) {
    if (kept.length < k && kept.filter((z) => z.owner === y.owner).length < perOwner) kept.push(y);
  }
  return kept.map(({ id }) => id);
}
