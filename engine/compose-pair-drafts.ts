import { compareDrafts, draftKey } from './draft-key.ts';
import type { Draft, DraftKind, Reason } from './draft.ts';
import type { Footprint } from './footprint.ts';
import { footprintOf, tentativeAmong } from './overlap-pair.ts';
import type { Overlap } from './overlap.ts';
import { RULES, type Facet } from './rules.ts';
import { rolesOn } from './standing.ts';
import type { Terrain } from './terrain.ts';
import { cutAt, type DayRange } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';
import { emptySet, isEmpty, lowestBit, union } from './values/facet-set.ts';

/**
 * The drafts that follow from single overlaps as of a day, unless their days are over: for opposed stances or diverging facts a
 * `RESOLVE_CONTRADICTION`, for each other `DUPLICATION` an `AVOID_DUPLICATION`. A pair is told once: who contradict each other have
 * that to settle before they divide any work. By value, the highest first, then by start, then by key. @throws when an overlap names a
 * footprint that is not given.
 */
export function composePairDrafts(
  overlaps: readonly Overlap[],
  footprintsById: ReadonlyMap<string, Footprint>,
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  return overlaps
    .flatMap((overlap) => {
      const window = cutAt(overlap.days, asOf);
      if (window === null) return [];
      const pair = [overlap.a, overlap.b].map((id) => footprintOf(id, footprintsById));
      if (overlap.contradiction !== null || overlap.divergence !== null) {
        return [resolveContradiction(overlap, pair, window, terrain)];
      }
      return overlap.kind === 'DUPLICATION' ? [avoidDuplication(overlap, pair, window, terrain, asOf)] : [];
    })
    .sort(compareDrafts);
}

function avoidDuplication(
  overlap: Overlap,
  pair: readonly Footprint[],
  window: DayRange,
  terrain: Terrain,
  asOf: EpochDay,
): Draft {
  const { strength, shared } = overlap;
  const lead: Reason[] = window.start > asOf ? [{ code: 'LEAD_TIME', days: window.start - asOf }] : [];
  return {
    ...pairDraft('AVOID_DUPLICATION', overlap, window, terrain),
    value: strength,
    audiences: shared.audiences,
    reasons: [
      { code: 'COUNTRIES', countries: [bestCountry(overlap)] },
      { code: 'SAME_AUDIENCES', audiences: shared.audiences, similarity: similarityOf(overlap, 'audience') },
      { code: 'SAME_THEMES', themes: shared.themes, similarity: similarityOf(overlap, 'theme') },
      { code: 'SAME_CHANNELS', channels: shared.channels, similarity: similarityOf(overlap, 'channel') },
      { code: 'SHARED_DAYS', days: window },
      { code: 'MEAN_STRENGTH', strength },
      ...lead,
      ...tentativeAmong(pair),
    ],
  };
}

function resolveContradiction(overlap: Overlap, pair: readonly Footprint[], window: DayRange, terrain: Terrain): Draft {
  const { contradiction, divergence } = overlap;
  const { themes } = overlap.shared;
  const { leastValue } = RULES.contradiction;
  const same: Reason[] = isEmpty(themes)
    ? []
    : [{ code: 'SAME_THEMES', themes, similarity: similarityOf(overlap, 'theme') }];
  return {
    ...pairDraft('RESOLVE_CONTRADICTION', overlap, window, terrain),
    value: leastValue + (1 - leastValue) * overlap.strength,
    audiences: union(contradiction?.audiences ?? emptySet, divergence?.audiences ?? emptySet),
    reasons: [
      ...(contradiction === null ? [] : [{ code: 'OPPOSED_STANCES', ...contradiction } as const]),
      ...(divergence === null ? [] : [{ code: 'DIVERGING_FACTS', ...divergence } as const]),
      { code: 'COUNTRIES', countries: [bestCountry(overlap)] },
      ...same,
      { code: 'SHARED_DAYS', days: window },
      { code: 'MEAN_STRENGTH', strength: overlap.strength },
      ...tentativeAmong(pair),
    ],
  };
}

/** Both take part, in the country of the best place they share, on the lowest corridor of both. Nobody leads, nothing is missing. */
function pairDraft(kind: DraftKind, overlap: Overlap, window: DayRange, terrain: Terrain) {
  const { shared, strength } = overlap;
  const bit = lowestBit(shared.corridors);
  const corridor = terrain.corridors.find((candidate) => candidate.bit === bit);
  const country = bestCountry(overlap);
  const role = corridor === undefined ? null : (rolesOn(corridor, country)[0] ?? null);
  const participants = [overlap.a, overlap.b].map((id) => ({ footprint: id, country, role, lead: false, strength }));
  return {
    kind,
    key: draftKey(kind, corridor?.code ?? null, participants, window),
    corridor: bit,
    about: null,
    strength,
    window,
    themes: shared.themes,
    participants,
    missing: { roles: [], countries: [], languages: emptySet, channels: emptySet },
  };
}

function bestCountry({ a, b, shared }: Overlap): number {
  const country = shared.places[0]?.country;
  if (country === undefined)
    throw new Error(`${a} and ${b} share no place, so neither duplicates or contradicts the other`);
  return country;
}

function similarityOf({ parts }: Overlap, facet: Facet): number {
  return parts.find((part) => part.facet === facet)?.similarity ?? 0;
}
