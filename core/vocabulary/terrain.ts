import {
  type Corridor,
  type DayRange,
  type Insight,
  type Terrain,
  dayRange,
  epochDay,
  facetSet,
  OPEN_END,
} from '../../engine/index.ts';
import type { FacetKind } from './code-kind.ts';
import { type VocabularyPlace, toNumbers } from './vocabulary-place.ts';
import type { CorridorRow, InsightRow } from './vocabulary.rows.ts';

/** How codes become the numbers the engine works with; both throw for a code that is none. */
export interface Numbering {
  bitOf(kind: FacetKind, code: string): number;
  placeOf(code: string): VocabularyPlace;
}

/**
 * What matching knows beside footprints, in bits. Corridors in the order given; an insight about several places becomes one
 * for each. Overlaps and joint campaigns count insights whatever their validity: an overlap depends on the registry alone, never on the
 * day it is computed, so one that no longer holds is to be withdrawn. Gaps are about days, and ask whether an insight holds then.
 */
export function toTerrain(
  corridors: readonly CorridorRow[],
  insights: readonly InsightRow[],
  numbering: Numbering,
): Terrain {
  return {
    corridors: corridors.map((corridor) => toCorridor(corridor, numbering)),
    insights: insights.flatMap((insight) => toInsights(insight, numbering)),
  };
}

function toCorridor(corridor: CorridorRow, numbering: Numbering): Corridor {
  return {
    bit: corridor.bit,
    code: corridor.code,
    legs: corridor.legs.map(({ country, role }) => ({ country: numbering.placeOf(country).countryBit, role })),
    themes: facetSet(corridor.themes.map((code) => numbering.bitOf('theme', code))),
    languages: facetSet(corridor.languages.map((code) => numbering.bitOf('language', code))),
    season: corridor.season,
  };
}

function toInsights(insight: InsightRow, numbering: Numbering): Insight[] {
  const everywhere: Insight = {
    id: insight.id,
    kind: insight.kind,
    place: null,
    corridor: insight.corridor === null ? null : numbering.bitOf('corridor', insight.corridor),
    audience: numbering.bitOf('audience', insight.audience),
    themes: facetSet(insight.themes.map((code) => numbering.bitOf('theme', code))),
    days: validityOf(insight),
    channels: Object.entries(insight.channels).map(([code, weight]) => ({
      channel: numbering.bitOf('channel', code),
      weight,
    })),
  };
  if (insight.places.length === 0) return [everywhere];
  return insight.places.map((code) => ({ ...everywhere, place: toNumbers(numbering.placeOf(code)) }));
}

function validityOf({ validFrom, validTo }: InsightRow): DayRange | null {
  if (validFrom === null && validTo === null) return null;
  return dayRange(epochDay(validFrom ?? -OPEN_END), epochDay(validTo ?? OPEN_END));
}
