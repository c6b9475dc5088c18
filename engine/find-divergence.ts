import { addressedBy, similarityOf, type Comparison } from './classify-overlap.ts';
import type { Fact, Footprint } from './footprint.ts';
import type { Divergence } from './overlap.ts';
import { RULES } from './rules.ts';
import { intersect, type DayRange } from './values/day-range.ts';
import { emptySet, intersection, isEmpty, union, type FacetSet } from './values/facet-set.ts';

/**
 * What the messages of two in one place tell an audience of both on the same days, and not alike; null when nothing. Of several values
 * for one thing it is enough that one is of both: whoever has two numbers may also give the other's. O(facts of one × of the other).
 */
export function findDivergence({ a, b, parts }: Comparison, days: DayRange): Divergence | null {
  if (a.footprint.facts.length === 0 || b.footprint.facts.length === 0) return null;
  if (similarityOf(parts, 'place') < RULES.overlap.samePlace) return null;
  let audiences: FacetSet = emptySet;
  const kinds = new Set<string>();
  for (const fact of a.footprint.facts) {
    for (const other of b.footprint.facts) {
      if (!isAboutTheSame(fact, other) || agree(fact, a.footprint, b.footprint)) continue;
      const told = intersection(toldTo(fact, a.footprint), toldTo(other, b.footprint));
      if (isEmpty(told) || !holdTogether(fact, other, days)) continue;
      audiences = union(audiences, told);
      kinds.add(fact.kind);
    }
  }
  return kinds.size === 0 ? null : { audiences, kinds: [...kinds].sort() };
}

function isAboutTheSame(a: Fact, b: Fact): boolean {
  return a.kind === b.kind && a.subject === b.subject;
}

/** Whether both give a common value for what a fact is about. */
function agree(about: Fact, a: Footprint, b: Footprint): boolean {
  const others = b.facts.filter((fact) => isAboutTheSame(fact, about));
  return a.facts.some((fact) => isAboutTheSame(fact, about) && others.some((other) => other.value === fact.value));
}

function toldTo(fact: Fact, footprint: Footprint): FacetSet {
  return isEmpty(fact.audiences) ? addressedBy(footprint) : fact.audiences;
}

/** Whether there is a day of these on which both hold. */
function holdTogether(a: Fact, b: Fact, days: DayRange): boolean {
  const first = a.days === null ? days : intersect(a.days, days);
  return first !== null && (b.days === null || intersect(b.days, first) !== null);
}
