import { RULES } from './rules.ts';
import type { Insight, Terrain } from './terrain.ts';
import { facetSet, type FacetSet } from './values/facet-set.ts';
import type { Place } from './values/place.ts';

/**
 * The channels by which an audience really obtains information: those with a weight of at least .25 in an insight about a place
 * that is `here`. Only when no insight about this audience is, those without a place speak.
 */
export function effectiveChannels(terrain: Terrain, audience: number, isHere: (place: Place) => boolean): FacetSet {
  const ways = terrain.insights.filter(
    (insight) => insight.kind === 'information_way' && insight.audience === audience,
  );
  const here = ways.filter(({ place }) => place !== null && isHere(place));
  return facetSet(channelsOf(here.length > 0 ? here : ways.filter(({ place }) => place === null)));
}

function channelsOf(insights: readonly Insight[]): number[] {
  return insights
    .flatMap((insight) => insight.channels)
    .filter(({ weight }) => weight >= RULES.overlap.effectiveChannelWeight)
    .map(({ channel }) => channel);
}
