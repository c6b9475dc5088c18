import { RULES } from './rules.ts';
import type { ChannelWeight, Insight, Terrain } from './terrain.ts';
import { facetSet, type FacetSet } from './values/facet-set.ts';
import { WHOLE_COUNTRY, type Place } from './values/place.ts';

/** A channel by which an audience obtains information, and the insight that says so. */
export interface InformationWay extends ChannelWeight {
  /** The insight's id. */
  readonly insight: string;
}

/**
 * How an audience really obtains information: each channel once, at the highest weight that an insight about a place that is
 * `here` gives it. Only when no insight about this audience is, those without a place speak. By weight, the highest first, then by
 * channel; of equal weights the insight with the lower id.
 */
export function informationWays(
  terrain: Terrain,
  audience: number,
  isHere: (place: Place) => boolean,
): InformationWay[] {
  const about = terrain.insights.filter(
    (insight) => insight.kind === 'information_way' && insight.audience === audience,
  );
  const here = about.filter(({ place }) => place !== null && isHere(place));
  const ways = (here.length > 0 ? here : about.filter(({ place }) => place === null)).flatMap(waysOf).sort(compareWays);
  return ways.filter(({ channel }, at) => ways.findIndex((way) => way.channel === channel) === at);
}

/** Those of them with a weight of at least .25. */
export function effectiveChannels(terrain: Terrain, audience: number, isHere: (place: Place) => boolean): FacetSet {
  return facetSet(
    informationWays(terrain, audience, isHere)
      .filter(isEffective)
      .map(({ channel }) => channel),
  );
}

/** Whether `place` is one of the places or the country of one. */
export function isAtOneOf(places: readonly Place[], place: Place): boolean {
  return places.some(
    ({ country, subdivision }) =>
      place.country === country && (place.subdivision === WHOLE_COUNTRY || place.subdivision === subdivision),
  );
}

/** Whether a channel is worth borrowing. */
export function isEffective({ weight }: ChannelWeight): boolean {
  return weight >= RULES.overlap.effectiveChannelWeight;
}

function waysOf({ id, channels }: Insight): InformationWay[] {
  return channels.map(({ channel, weight }) => ({ channel, weight, insight: id }));
}

function compareWays(a: InformationWay, b: InformationWay): number {
  return b.weight - a.weight || a.channel - b.channel || (a.insight < b.insight ? -1 : a.insight > b.insight ? 1 : 0);
}
