import { informationWays, isAtOneOf, isEffective, type InformationWay } from './channel-fit.ts';
import { compareDrafts, draftKey } from './draft-key.ts';
import type { Draft, Reason } from './draft.ts';
import type { Footprint } from './footprint.ts';
import { footprintOf, tentativeAmong } from './overlap-pair.ts';
import type { Overlap } from './overlap.ts';
import { RULES } from './rules.ts';
import { rolesOn, standingOf } from './standing.ts';
import type { Corridor, Terrain } from './terrain.ts';
import type { EpochDay } from './values/epoch-day.ts';
import { bitsOf, emptySet, facetSet, has, lowestBit } from './values/facet-set.ts';

/** A channel that one of a pair has and the other could borrow, for an audience of both. */
interface Offer extends InformationWay {
  readonly audience: number;
}

/**
 * The drafts that propose to a public body to speak by a channel that another already has: one for each overlap that is a
 * `LEVERAGE`, unless its days are over; of each public record the best three, and no more of a scope than anybody reads. By value
 * (half the strength, half the weight of the best channel), the highest first, then by start, then by key. The window is all of the days
 * they share, so that nothing of a draft changes by the mere passing of days.
 * @param overlaps those of one scope @throws when one names a footprint that is not given
 */
export function composeLeverageDrafts(
  overlaps: readonly Overlap[],
  footprintsById: ReadonlyMap<string, Footprint>,
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  const drafts = overlaps
    .filter(({ kind, days }) => kind === 'LEVERAGE' && days.end > asOf)
    .map((overlap) => propose(overlap, footprintsById, terrain))
    .sort((a, b) => compareDrafts(a.draft, b.draft));
  const ofPublicBody = new Map<string, number>();
  const kept = drafts.filter(({ publicBody }) => {
    const before = ofPublicBody.get(publicBody) ?? 0;
    ofPublicBody.set(publicBody, before + 1);
    return before < RULES.leverage.perPublicBody;
  });
  return kept.slice(0, RULES.leverage.draftsPerScope).map(({ draft }) => draft);
}

function propose(
  overlap: Overlap,
  footprintsById: ReadonlyMap<string, Footprint>,
  terrain: Terrain,
): { readonly draft: Draft; readonly publicBody: string } {
  const pair = [overlap.a, overlap.b].map((id) => footprintOf(id, footprintsById));
  const [publicBody, carrier] = pair[0]?.publicBody === true ? pair : pair.toReversed();
  if (publicBody === undefined || carrier === undefined) throw new Error(`an overlap of ${overlap.a} with nobody`);
  const bit = lowestBit(overlap.shared.corridors);
  const corridor = terrain.corridors.find((candidate) => candidate.bit === bit);
  const participants = pair
    .map((footprint) => {
      const country = overlap.shared.places[0]?.country ?? seatOf(footprint, corridor, terrain);
      const role = corridor === undefined ? null : (rolesOn(corridor, country)[0] ?? null);
      return { footprint: footprint.id, country, role, lead: false, strength: overlap.strength };
    })
    .sort((a, b) => a.country - b.country || (a.footprint < b.footprint ? -1 : 1));
  const offers = findOffers(overlap, publicBody, carrier, terrain);
  const draft: Draft = {
    kind: 'LEVERAGE_CHANNEL',
    key: draftKey('LEVERAGE_CHANNEL', corridor?.code ?? null, participants, overlap.days),
    corridor: bit,
    about: null,
    value: (overlap.strength + (offers[0]?.weight ?? 0)) / 2,
    strength: overlap.strength,
    window: overlap.days,
    themes: overlap.shared.themes,
    audiences: facetSet(offers.map(({ audience }) => audience)),
    participants,
    missing: { roles: [], countries: [], languages: emptySet, channels: emptySet },
    reasons: giveReasons(overlap, offers, [publicBody, carrier], participants),
  };
  return { draft, publicBody: publicBody.id };
}

/** The effective channels that the carrier has and the public body lacks, each for the audience of both that it serves best. */
function findOffers({ shared }: Overlap, publicBody: Footprint, carrier: Footprint, terrain: Terrain): Offer[] {
  const offers = bitsOf(shared.audiences)
    .flatMap((audience) =>
      informationWays(terrain, audience, (place) => isAtOneOf(shared.places, place)).map((way) => ({
        ...way,
        audience,
      })),
    )
    .filter((way) => isEffective(way) && has(carrier.channels, way.channel) && !has(publicBody.channels, way.channel))
    .sort((a, b) => b.weight - a.weight || a.channel - b.channel || a.audience - b.audience);
  return offers.filter(({ channel }, at) => offers.findIndex((offer) => offer.channel === channel) === at);
}

function giveReasons(
  { strength, days }: Overlap,
  offers: readonly Offer[],
  [publicBody, carrier]: readonly [Footprint, Footprint],
  participants: Draft['participants'],
): Reason[] {
  return [
    ...offers.map((offer): Reason => ({ code: 'EFFECTIVE_CHANNEL', footprint: carrier.id, ...offer })),
    { code: 'COUNTRIES', countries: [...new Set(participants.map(({ country }) => country))] },
    { code: 'STATE_AND_NON_STATE' },
    { code: 'SHARED_DAYS', days },
    { code: 'MEAN_STRENGTH', strength },
    ...tentativeAmong([publicBody, carrier]),
  ];
}

/** The lowest country of a footprint on the corridor by which a pair meets that shares no place. */
function seatOf(footprint: Footprint, corridor: Corridor | undefined, terrain: Terrain): number {
  const seats = corridor && standingOf(footprint, terrain).seats.get(corridor.bit);
  const country = seats?.[0];
  if (country === undefined) throw new Error(`${footprint.id} has no seat where it is met`);
  return country;
}
