import { GUIDANCE_FACETS, GUIDANCE_RULES, GUIDANCE_WEIGHTS, type GuidanceFacet } from './guidance-rules.ts';
import { type FacetSet, intersection, isEmpty, popcount } from './values/facet-set.ts';

/** The terms of each facet by their bits; empty: none in particular. */
export type GuidanceScope = Readonly<Record<GuidanceFacet, FacetSet>>;

/** A section of guidance, as ranking sees it. */
export interface GuidanceSection {
  readonly id: string;
  /** The position of its step in the handbook. */
  readonly step: number;
  readonly scope: GuidanceScope;
}

/** What guidance is asked for: a campaign, an actor … */
export interface GuidanceSubject {
  readonly scope: GuidanceScope;
  /** The step that its present phase belongs to; null: unknown, or several. */
  readonly stepAtHand: number | null;
}

/** A section that holds for a subject, and what speaks for it. */
export interface GivenGuidance {
  readonly id: string;
  readonly step: number;
  /** What both are about, in the order of the facets. */
  readonly matches: readonly { readonly facet: GuidanceFacet; readonly shared: FacetSet }[];
  /** What the section is about and the subject says nothing of; but for its phase and objective, which change little. */
  readonly unstated: readonly GuidanceFacet[];
}

interface Fit extends GivenGuidance {
  readonly score: number;
}

/**
 * The sections that hold for a subject, the most useful first. What matches outranks what holds for everybody, and that outranks
 * what differs; the narrower of two matches wins. Steps take turns, so that the first eight sections cover every step that has
 * any. Ties are broken by step, then by id in code-unit order; the order of `sections` does not matter. O(n log n).
 */
export function rankGuidance(subject: GuidanceSubject, sections: readonly GuidanceSection[]): GivenGuidance[] {
  const fits = sections.flatMap((section) => fit(subject, section) ?? []).sort(compare);
  return takeTurns(fits, subject.stepAtHand).map(({ id, step, matches, unstated }) => ({
    id,
    step,
    matches,
    unstated,
  }));
}

/** How well a section fits; null when it is about something else. */
function fit({ scope }: GuidanceSubject, section: GuidanceSection): Fit | null {
  const matches: { facet: GuidanceFacet; shared: FacetSet }[] = [];
  const unstated: GuidanceFacet[] = [];
  let score = 0;
  for (const facet of GUIDANCE_FACETS) {
    const about = section.scope[facet];
    if (isEmpty(about)) continue;
    const weight = GUIDANCE_WEIGHTS[facet];
    const shared = intersection(about, scope[facet]);
    if (!isEmpty(shared)) {
      matches.push({ facet, shared });
      score += weight * narrowness(shared, about);
    } else if (isEmpty(scope[facet])) {
      // When advice is of use, and to what end, need not be known to take it.
      if (GUIDANCE_RULES.soft.includes(facet)) continue;
      unstated.push(facet);
      score -= weight * GUIDANCE_RULES.unstated;
    } else if (GUIDANCE_RULES.soft.includes(facet)) {
      score -= weight * GUIDANCE_RULES.differs;
    } else {
      return null;
    }
  }
  return { id: section.id, step: section.step, matches, unstated, score };
}

/** From a half, of a section about many things, to one, of a section about nothing else. */
function narrowness(shared: FacetSet, about: FacetSet): number {
  return (1 + popcount(shared) / popcount(about)) / 2;
}

/** Deals sections in rounds: of each step its next best, of the step at hand its next few; within a round the best first. */
function takeTurns(fits: readonly Fit[], stepAtHand: number | null): Fit[] {
  const seen = new Map<number, number>();
  const dealt = fits.map((one) => {
    const before = seen.get(one.step) ?? 0;
    seen.set(one.step, before + 1);
    const perRound = one.step === stepAtHand ? GUIDANCE_RULES.dealtOfStepAtHand : 1;
    return { one, round: Math.floor(before / perRound) };
  });
  return dealt.sort((a, b) => a.round - b.round || compare(a.one, b.one)).map(({ one }) => one);
}

function compare(a: Fit, b: Fit): number {
  return b.score - a.score || a.step - b.step || (a.id < b.id ? -1 : 1);
}
