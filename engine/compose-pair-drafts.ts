import { draftKey } from './draft-key.ts';
import type { Draft, Reason } from './draft.ts';
import type { Footprint } from './footprint.ts';
import type { Overlap } from './overlap.ts';
import type { Facet } from './rules.ts';
import { rolesOn } from './standing.ts';
import type { Terrain } from './terrain.ts';
import { cutAt, type DayRange } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';
import { emptySet, lowestBit } from './values/facet-set.ts';

/**
 * The drafts that follow from single overlaps as of a day: for each `DUPLICATION` an `AVOID_DUPLICATION`, unless its days are
 * over. By value (its strength), the highest first, then by start, then by key. @throws when an overlap names a footprint that is not given.
 */
export function composePairDrafts(
  overlaps: readonly Overlap[],
  footprintsById: ReadonlyMap<string, Footprint>,
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  return overlaps
    .filter(({ kind }) => kind === 'DUPLICATION')
    .flatMap((overlap) => {
      const window = cutAt(overlap.days, asOf);
      if (window === null) return [];
      const pair = [overlap.a, overlap.b].map((id) => footprintOf(id, footprintsById));
      return [avoidDuplication(overlap, pair, window, terrain, asOf)];
    })
    .sort((a, b) => b.value - a.value || a.window.start - b.window.start || (a.key < b.key ? -1 : 1));
}

/** Both take part, in the country of the best place they share, on the lowest corridor of both. Nobody leads, nothing is missing. */
function avoidDuplication(
  overlap: Overlap,
  pair: readonly Footprint[],
  window: DayRange,
  terrain: Terrain,
  asOf: EpochDay,
): Draft {
  const bit = lowestBit(overlap.shared.corridors);
  const corridor = terrain.corridors.find((candidate) => candidate.bit === bit);
  const country = overlap.shared.places[0]?.country;
  if (country === undefined) throw new Error(`the duplication of ${overlap.a} and ${overlap.b} shares no place`);
  const role = corridor === undefined ? null : (rolesOn(corridor, country)[0] ?? null);
  const participants = pair.map(({ id }) => ({
    footprint: id,
    country,
    role,
    lead: false,
    strength: overlap.strength,
  }));
  return {
    kind: 'AVOID_DUPLICATION',
    key: draftKey('AVOID_DUPLICATION', corridor?.code ?? null, participants, window),
    corridor: bit,
    about: null,
    value: overlap.strength,
    strength: overlap.strength,
    window,
    themes: overlap.shared.themes,
    audiences: overlap.shared.audiences,
    participants,
    missing: { roles: [], countries: [], languages: emptySet, channels: emptySet },
    reasons: giveReasons(overlap, pair, window, country, asOf),
  };
}

function giveReasons(
  { parts, shared, strength }: Overlap,
  pair: readonly Footprint[],
  window: DayRange,
  country: number,
  asOf: EpochDay,
): Reason[] {
  const similarity = (facet: Facet): number => parts.find((part) => part.facet === facet)?.similarity ?? 0;
  const tentative = pair.filter((footprint) => footprint.tentative).map(({ id }) => id);
  const reasons: Reason[] = [
    { code: 'COUNTRIES', countries: [country] },
    { code: 'SAME_AUDIENCES', audiences: shared.audiences, similarity: similarity('audience') },
    { code: 'SAME_THEMES', themes: shared.themes, similarity: similarity('theme') },
    { code: 'SAME_CHANNELS', channels: shared.channels, similarity: similarity('channel') },
    { code: 'SHARED_DAYS', days: window },
    { code: 'MEAN_STRENGTH', strength },
  ];
  if (window.start > asOf) reasons.push({ code: 'LEAD_TIME', days: window.start - asOf });
  if (tentative.length > 0) reasons.push({ code: 'TENTATIVE', footprints: tentative });
  return reasons;
}

function footprintOf(id: string, footprintsById: ReadonlyMap<string, Footprint>): Footprint {
  const footprint = footprintsById.get(id);
  if (footprint === undefined) throw new Error(`an overlap names footprint ${id}, which is not among those given`);
  return footprint;
}
