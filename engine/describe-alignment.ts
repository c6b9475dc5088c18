import { draftKey } from './draft-key.ts';
import type { Alternative, Draft, Participant, Reason } from './draft.ts';
import { tentativeAmong } from './overlap-pair.ts';
import type { Footprint } from './footprint.ts';
import type { Ground, PairCountries } from './ground.ts';
import type { Overlap } from './overlap.ts';
import { gapBetween } from './propose-alternatives.ts';
import { FACET_WEIGHTS, RULES, type Facet } from './rules.ts';
import { rolesOn } from './standing.ts';
import { emptySet, isEmpty } from './values/facet-set.ts';

/** Two footprints that would meet if it were not for their days. */
export interface Apart {
  readonly earlier: Footprint;
  readonly later: Footprint;
  /** But for time. */
  readonly strength: number;
}

/** Such a pair, measured, and how it could be brought together. */
export interface Alignment extends Apart {
  /** As if both were on the same days. */
  readonly overlap: Overlap;
  /** Of the earlier and of the later one. */
  readonly countries: PairCountries;
  /** At least one. */
  readonly alternatives: readonly Alternative[];
}

/** How much it is worth, 0 to 1: the strength, where days close to each other stand for shared ones. */
export function valueOfAlignment({ earlier, later, strength }: Apart): number {
  const nearness = 1 - gapBetween(earlier, later) / (RULES.alignDates.maxGapDays + 1);
  return strength + (FACET_WEIGHTS.time / 100) * nearness;
}

/**
 * Writes it out as a draft. Its window is the hull of both, from the first day of the earlier to the last of the later one: every
 * alternative lies within it, and it is the same every day until one of them moves.
 */
export function describeAlignment(alignment: Alignment, ground: Ground): Draft {
  const { earlier, later, overlap, strength, countries } = alignment;
  const corridor = ground.kind === 'corridor' ? ground.corridor : null;
  const window = { start: earlier.days.start, end: later.days.end };
  const seat = ({ id }: Footprint, country: number): Participant => {
    const role = corridor === null ? null : (rolesOn(corridor, country)[0] ?? null);
    return { footprint: id, country, role, lead: false, strength };
  };
  const participants = [seat(earlier, countries[0]), seat(later, countries[1])].sort(
    (a, b) => a.country - b.country || (a.footprint < b.footprint ? -1 : 1),
  );
  return {
    kind: 'ALIGN_DATES',
    key: draftKey('ALIGN_DATES', corridor?.code ?? null, participants, window),
    corridor: corridor?.bit ?? null,
    about: null,
    value: valueOfAlignment(alignment),
    strength,
    window,
    themes: overlap.shared.themes,
    audiences: overlap.shared.audiences,
    participants,
    missing: { roles: [], countries: [], languages: emptySet, channels: emptySet },
    reasons: giveReasons(alignment, participants),
  };
}

function giveReasons(alignment: Alignment, participants: readonly Participant[]): Reason[] {
  const { earlier, later, overlap, strength, alternatives } = alignment;
  const { audiences, themes } = overlap.shared;
  const similarity = (facet: Facet): number => overlap.parts.find((part) => part.facet === facet)?.similarity ?? 0;
  const reasons: Reason[] = [
    { code: 'GAP_DAYS', days: gapBetween(earlier, later), earlier: earlier.id, later: later.id },
    ...alternatives.map((alternative): Reason => ({ code: 'ALTERNATIVE_DAYS', ...alternative })),
    { code: 'COUNTRIES', countries: [...new Set(participants.map(({ country }) => country))] },
  ];
  if (!isEmpty(audiences)) reasons.push({ code: 'SAME_AUDIENCES', audiences, similarity: similarity('audience') });
  if (!isEmpty(themes)) reasons.push({ code: 'SAME_THEMES', themes, similarity: similarity('theme') });
  return [...reasons, { code: 'MEAN_STRENGTH', strength }, ...tentativeAmong([earlier, later])];
}
