import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  GUIDANCE_FACETS,
  type GuidanceFacet,
  type GuidanceScope,
  type GuidanceSection,
  type GuidanceSubject,
  bitsOf,
  facetSet,
  rankGuidance,
} from '../../engine/index.ts';

type Stated = Partial<Record<GuidanceFacet, readonly number[]>>;

function scopeOf(stated: Stated): GuidanceScope {
  const entries = GUIDANCE_FACETS.map((facet) => [facet, facetSet(stated[facet] ?? [])]);
  return Object.fromEntries(entries) as GuidanceScope;
}
const section = (id: string, step: number, stated: Stated = {}): GuidanceSection => ({
  id,
  step,
  scope: scopeOf(stated),
});
const subject = (stated: Stated, stepAtHand: number | null = null): GuidanceSubject => ({
  scope: scopeOf(stated),
  stepAtHand,
});
const order = (of: GuidanceSubject, sections: readonly GuidanceSection[]): string[] =>
  rankGuidance(of, sections).map(({ id }) => id);

const HARD: readonly GuidanceFacet[] = ['audience', 'channel', 'language', 'theme', 'role', 'actorKind'];

const bits = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
const stated = fc.record(
  Object.fromEntries(GUIDANCE_FACETS.map((facet) => [facet, bits])) as Record<GuidanceFacet, typeof bits>,
);
const subjects = fc
  .tuple(stated, fc.option(fc.integer({ min: 0, max: 5 })))
  .map(([of, stepAtHand]) => subject(of, stepAtHand));
// Most sections name little, as real ones do: else hardly any would hold for anything.
const sparse = fc
  .tuple(stated, fc.subarray([...GUIDANCE_FACETS], { maxLength: 2 }))
  .map(([of, named]): Stated => Object.fromEntries(named.map((facet) => [facet, of[facet]])));
const libraries = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), sparse), { maxLength: 25 })
  .map((rows) => rows.map(([step, of], index) => section(`s${String(index).padStart(2, '0')}`, step, of)));

describe('what is given', () => {
  test('exactly what names nothing else: a hard facet stated on both sides has something in common', () => {
    fc.assert(
      fc.property(subjects, libraries, (of, sections) => {
        const holds = ({ scope }: GuidanceSection): boolean =>
          HARD.every((facet) => {
            const [about, own] = [bitsOf(scope[facet]), bitsOf(of.scope[facet])];
            return about.length === 0 || own.length === 0 || about.some((bit) => own.includes(bit));
          });
        const expected = sections.filter(holds).map(({ id }) => id);
        expect(order(of, sections).sort()).toEqual(expected);
      }),
    );
  });

  test('with each section comes what both are about, and what the subject does not say', () => {
    fc.assert(
      fc.property(subjects, libraries, (of, sections) => {
        for (const given of rankGuidance(of, sections)) {
          const scope = sections.find(({ id }) => id === given.id)?.scope;
          const told = GUIDANCE_FACETS.flatMap((facet) => {
            const own = bitsOf(of.scope[facet]);
            const shared = bitsOf(scope?.[facet] ?? []).filter((bit) => own.includes(bit));
            return shared.length > 0 ? [{ facet, shared }] : [];
          });
          expect(given.matches.map(({ facet, shared }) => ({ facet, shared: bitsOf(shared) }))).toEqual(told);
          const unsaid = GUIDANCE_FACETS.filter((facet) => HARD.includes(facet)).filter(
            (facet) => bitsOf(scope?.[facet] ?? []).length > 0 && bitsOf(of.scope[facet]).length === 0,
          );
          expect(given.unstated).toEqual(unsaid);
        }
      }),
    );
  });
});

describe('the order', () => {
  test('without a phase, what is for a certain phase is as good as what is for all', () => {
    const sections = [section('a', 1, { phase: [4], objectiveLevel: [1] }), section('b', 1)];
    expect(rankGuidance(subject({}), sections)).toEqual([
      { id: 'a', step: 1, matches: [], unstated: [] },
      { id: 'b', step: 1, matches: [], unstated: [] },
    ]);
  });

  test('does not depend on the order of the library', () => {
    fc.assert(
      fc.property(subjects, libraries, fc.infiniteStream(fc.nat()), (of, sections, noise) => {
        const shuffled = sections
          .map((one) => ({ one, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(order(of, shuffled)).toEqual(order(of, sections));
      }),
    );
  });

  test('of two sections of a step that differ in one thing, the one that matches in it comes before the one that leaves it open', () => {
    fc.assert(
      fc.property(subjects, sparse, fc.constantFrom(...GUIDANCE_FACETS), (of, common, facet) => {
        const [own] = bitsOf(of.scope[facet]);
        fc.pre(own !== undefined);
        const open = section('a', 2, { ...common, [facet]: [] });
        const specific = section('b', 2, { ...common, [facet]: [own ?? 0] });
        const given = order(of, [open, specific]);
        fc.pre(given.length > 0);
        expect(given).toEqual(['b', 'a']);
      }),
    );
  });

  test('a section about the people alone comes before one about them and many others', () => {
    const of = subject({ audience: [1] });
    expect(order(of, [section('many', 0, { audience: [0, 1, 2, 3] }), section('one', 0, { audience: [1] })])).toEqual([
      'one',
      'many',
    ]);
  });

  test('what holds for all comes before what is for another phase, and before what is for channels the subject does not state', () => {
    const of = subject({ phase: [4] }, 3);
    const sections = [section('later', 3, { phase: [9] }), section('tiktok', 3, { channel: [2] }), section('all', 3)];
    expect(order(of, sections)[0]).toBe('all');
    expect(order(of, sections)).toHaveLength(3);
  });

  test('every step that has anything is among the first eight, and the step at hand has three of these', () => {
    fc.assert(
      fc.property(subjects, libraries, (of, sections) => {
        const given = rankGuidance(of, sections);
        const first = new Set(given.slice(0, 8).map(({ step }) => step));
        expect(first).toEqual(new Set(given.map(({ step }) => step)));
        const atHand = given.filter(({ step }) => step === of.stepAtHand).length;
        const early = given.slice(0, 8).filter(({ step }) => step === of.stepAtHand).length;
        expect(early).toBeGreaterThanOrEqual(Math.min(3, atHand));
      }),
    );
  });

  test('within a step it is by fit alone: what another step holds changes nothing', () => {
    fc.assert(
      fc.property(subjects, libraries, fc.integer({ min: 0, max: 5 }), (of, sections, step) => {
        const alone = order(
          of,
          sections.filter((one) => one.step === step),
        );
        const among = rankGuidance(of, sections).filter((one) => one.step === step);
        expect(among.map(({ id }) => id)).toEqual(alone);
      }),
    );
  });
});
