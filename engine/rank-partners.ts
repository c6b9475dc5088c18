import type { Footprint } from './footprint.ts';
import { toOverlap, type MeetOptions } from './measure-overlap.ts';
import { meet, type Meeting } from './meet.ts';
import type { Overlap } from './overlap.ts';
import { RULES } from './rules.ts';
import { strengthOf } from './score-overlap.ts';
import { standingOf, type Standing } from './standing.ts';
import type { Terrain } from './terrain.ts';

export interface RankOptions extends MeetOptions {
  /** How many overlaps a footprint keeps; default 20. */
  readonly k?: number;
  /** How many of them with one other owner; default 3. */
  readonly perOwner?: number;
}

/** A footprint that another meets, weighed and not yet described. */
export interface Partner {
  readonly footprint: Footprint;
  /** 0 to 1: the strength of their overlap, to the last bit. */
  readonly strength: number;
  /** All there is to say of their overlap: some ten times the price of weighing it. */
  readonly describe: () => Overlap;
}

interface Met {
  readonly standing: Standing;
  readonly meeting: Meeting;
  readonly strength: number;
}

/**
 * The best overlaps of `x`: by strength, the strongest first, then by the other's id in code-unit order; at most `perOwner`
 * with one other owner and `k` in all. An overlap that a part of either side (a footprint of which it is an ancestor) has with
 * the other side or with a part of it is told there and not here.
 *
 * `candidates` are any footprints that include all that meet `x`, and the families of both sides: what is part of `x`, what is
 * part of a partner. More candidates change nothing, nor does their order; `x` itself may be among them.
 * O(candidates × parts of x).
 */
export function rankPartners(
  x: Footprint,
  candidates: readonly Footprint[],
  terrain: Terrain,
  options: RankOptions = {},
): Overlap[] {
  return weighPartners(x, candidates, terrain, options).map(({ describe }) => describe());
}

/** The same, each partner weighed only: for whoever needs few of the overlaps. */
export function weighPartners(
  x: Footprint,
  candidates: readonly Footprint[],
  terrain: Terrain,
  options: RankOptions = {},
): Partner[] {
  const { k = RULES.ranking.keep, perOwner = RULES.ranking.keepPerOwner, minSharedDays = 1 } = options;
  const self = standingOf(x, terrain);
  const standings = candidates.filter(({ id }) => id !== x.id).map((candidate) => standingOf(candidate, terrain));
  const told = findToldByParts(self, standings, minSharedDays);
  const met: Met[] = [];
  for (const standing of standings) {
    if (told.has(standing.footprint.id)) continue;
    const meeting = meet(self, standing, minSharedDays);
    if (meeting === null) continue;
    met.push({ standing, meeting, strength: strengthOf(x, standing.footprint, meeting.place) });
  }
  return keepBest(met, k, perOwner).map(({ standing, meeting, strength }) => ({
    footprint: standing.footprint,
    strength,
    describe: () => toOverlap(self, standing, meeting, terrain),
  }));
}

/** The ids whose overlap with `self` a part of either side tells. */
function findToldByParts(self: Standing, others: readonly Standing[], minSharedDays: number): ReadonlySet<string> {
  const told = new Set<string>();
  const parts = others.filter(({ footprint }) => footprint.ancestors.includes(self.footprint.id));
  for (const one of [self, ...parts]) {
    for (const other of others) {
      // Without anything to tell there is no need to look: the pair (self, other) itself tells nothing of others.
      if (one === self && other.footprint.ancestors.length === 0) continue;
      if (meet(one, other, minSharedDays) === null) continue;
      for (const ancestor of other.footprint.ancestors) told.add(ancestor);
      if (one !== self) told.add(other.footprint.id);
    }
  }
  return told;
}

function keepBest(partners: Met[], k: number, perOwner: number): Met[] {
  const kept: Met[] = [];
  const keptOf = new Map<string, number>();
  for (const partner of partners.sort(compareStrength)) {
    if (kept.length >= k) break;
    const { owner } = partner.standing.footprint;
    const count = keptOf.get(owner) ?? 0;
    if (count >= perOwner) continue;
    keptOf.set(owner, count + 1);
    kept.push(partner);
  }
  return kept;
}

function compareStrength(a: Met, b: Met): number {
  return b.strength - a.strength || (a.standing.footprint.id < b.standing.footprint.id ? -1 : 1);
}
