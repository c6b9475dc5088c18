import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptySet,
  epochDay,
  facetSet,
  foldDrafts,
  OPEN_END,
  type DraftIdentity,
  type FoldStep,
  type PastSuggestion,
  type SuggestionStatus,
} from '../../engine/index.ts';
import { range } from './support/build.ts';

function draft(ids: string, start: number, end: number, rest: Partial<DraftIdentity> = {}): DraftIdentity {
  const { kind = 'JOINT_CAMPAIGN', corridor = 0 } = rest;
  const participants = [...ids].map((id) => ({ footprint: id, country: id.charCodeAt(0) % 3 }));
  return {
    kind,
    corridor,
    about: null,
    themes: emptySet,
    audiences: emptySet,
    participants,
    window: range(start, end),
    key: `${kind}|${corridor}|${ids}|${start}-${end}`,
    ...rest,
  };
}

const past = (id: string, status: SuggestionStatus, of: DraftIdentity): PastSuggestion => ({ id, status, draft: of });
const fold = (history: PastSuggestion[], drafts: DraftIdentity[], asOf = 0) =>
  foldDrafts(history, drafts, epochDay(asOf));

/** What a hub makes of the steps: new suggestions get ids in an order of their own. */
function apply(history: readonly PastSuggestion[], steps: readonly FoldStep<DraftIdentity>[]): PastSuggestion[] {
  const next = new Map(history.map((suggestion) => [suggestion.id, suggestion]));
  steps.forEach((step, at) => {
    switch (step.kind) {
      case 'new':
        next.set(`${97 - at}`, past(`${97 - at}`, 'OPEN', step.draft));
        break;
      case 'update': {
        const status = next.get(step.id)?.status === 'AGREED' ? 'AGREED' : 'OPEN';
        next.set(step.id, past(step.id, status, step.draft));
        break;
      }
      case 'expire':
      case 'lapse': {
        const before = next.get(step.id);
        if (before !== undefined)
          next.set(step.id, past(step.id, step.kind === 'expire' ? 'EXPIRED' : 'LAPSED', before.draft));
        break;
      }
      case 'suppressed':
    }
  });
  return [...next.values()];
}

const drafts = fc
  .record({
    ids: fc.subarray([...'abcdefg'], { minLength: 2 }),
    start: fc.integer({ min: 0, max: 60 }),
    length: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 50 }) },
      { weight: 1, arbitrary: fc.constant(OPEN_END) },
    ),
    kind: fc.constantFrom('JOINT_CAMPAIGN', 'JOINT_CAMPAIGN', 'AVOID_DUPLICATION'),
    corridor: fc.constantFrom(0, 0, 1, null),
  })
  .map(({ ids, start, length, ...rest }) => draft(ids.join(''), start, Math.min(start + length, OPEN_END), rest));
const draftLists = fc.uniqueArray(drafts, { selector: ({ key }) => key, maxLength: 10, size: 'max' });
const histories = fc
  .array(fc.tuple(fc.constantFrom('OPEN', 'AGREED', 'DISMISSED', 'EXPIRED', 'LAPSED'), drafts), {
    maxLength: 10,
    size: 'max',
  })
  .map((list) => list.map(([status, of], at) => past(`s${(at * 7) % 11}`, status, of)));
const asOfs = fc.integer({ min: 0, max: 60 });
const cutAll = (list: DraftIdentity[], asOf: number) =>
  list.flatMap((one) =>
    one.window.end <= asOf ? [] : [{ ...one, window: range(Math.max(one.window.start, asOf), one.window.end) }],
  );

describe('folding', () => {
  test('the same drafts once more changes nothing', () => {
    fc.assert(
      fc.property(histories, draftLists, asOfs, (history, list, asOf) => {
        const current = cutAll(list, asOf);
        const once = apply(history, fold(history, current, asOf));
        const again = fold(once, current, asOf);
        expect(again.filter(({ kind }) => kind !== 'update' && kind !== 'suppressed')).toEqual([]);
        expect(again.filter((step) => step.kind === 'update' && (step.material || step.revived))).toEqual([]);
        expect(apply(once, again)).toEqual(once);
      }),
      { seed: 20260301, numRuns: 1500 },
    );
  });

  test('says one thing of each draft and uses no suggestion twice', () => {
    fc.assert(
      fc.property(histories, draftLists, asOfs, (history, list, asOf) => {
        const steps = fold(history, list, asOf);
        expect(steps.flatMap((step) => ('draft' in step ? [step.draft] : []))).toEqual(list);
        const ids = steps.flatMap((step) => ('id' in step ? [step.id] : []));
        expect(new Set(ids).size).toBe(ids.length);
        const open = history.filter(({ status }) => status === 'OPEN').map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(open));
        const living = history
          .filter(({ status }) => status !== 'DISMISSED' && status !== 'EXPIRED')
          .map(({ id }) => id);
        expect(living).toEqual(expect.arrayContaining(ids));
      }),
      { seed: 20260302, numRuns: 500 },
    );
  });

  test('does not depend on the order of history or drafts', () => {
    fc.assert(
      fc.property(histories, draftLists, asOfs, (history, list, asOf) => {
        const byText = (steps: FoldStep<DraftIdentity>[]) => steps.map((step) => JSON.stringify(step)).sort();
        expect(byText(fold(history.toReversed(), list.toReversed(), asOf))).toEqual(byText(fold(history, list, asOf)));
      }),
      { seed: 20260303, numRuns: 500 },
    );
  });
});

describe('a draft', () => {
  test('updates the suggestion it changes: most participants the same, half of the shorter window', () => {
    const was = past('s', 'OPEN', draft('abcd', 0, 20));
    expect(fold([was], [draft('abc', 10, 30)])).toEqual([
      { kind: 'update', id: 's', draft: draft('abc', 10, 30), material: true, revived: false },
    ]);
    expect(fold([was], [draft('abc', 11, 31)]).map(({ kind }) => kind)).toEqual(['new', 'lapse']);
    expect(fold([was], [draft('ab', 0, 20)]).map(({ kind }) => kind)).toEqual(['new', 'lapse']);
    expect(fold([was], [draft('abcd', 0, 20, { corridor: 1 })]).map(({ kind }) => kind)).toEqual(['new', 'lapse']);
    expect(fold([was], [draft('abcd', 0, 20, { kind: 'AVOID_DUPLICATION' })]).map(({ kind }) => kind)).toEqual([
      'new',
      'lapse',
    ]);
  });

  test('goes to the suggestion with most participants in common, then to the lowest id', () => {
    const history = [
      past('s1', 'OPEN', draft('abc', 0, 20)),
      past('s3', 'OPEN', draft('abcd', 0, 20)),
      past('s2', 'OPEN', draft('abcd', 0, 20)),
    ];
    expect(fold(history, [draft('abcd', 0, 20)])).toEqual([
      { kind: 'update', id: 's2', draft: draft('abcd', 0, 20), material: false, revived: false },
      { kind: 'lapse', id: 's1' },
      { kind: 'lapse', id: 's3' },
    ]);
  });

  test('goes rather to the same participants on other days than to others on the same days', () => {
    const history = [past('s1', 'OPEN', draft('abc', 0, 20)), past('s2', 'OPEN', draft('abcd', 8, 28))];
    expect(fold(history, [draft('abcd', 0, 20)])).toMatchObject([
      { kind: 'update', id: 's2' },
      { kind: 'lapse', id: 's1' },
    ]);
  });

  test('is no material change when only days have passed', () => {
    const was = past('s', 'OPEN', draft('ab', 0, 40));
    expect(fold([was], [draft('ab', 10, 40)], 10)).toMatchObject([{ kind: 'update', material: false }]);
    expect(fold([was], [draft('ab', 11, 40)], 10)).toMatchObject([{ kind: 'update', material: true }]);
    expect(fold([was], [draft('ab', 10, 41)], 10)).toMatchObject([{ kind: 'update', material: true }]);
  });

  test('is a material change when it is about another theme or for another audience', () => {
    const was = past('s', 'OPEN', draft('ab', 0, 40, { themes: facetSet([1]), audiences: facetSet([2, 40]) }));
    const to = (themes: number[], audiences: number[]) =>
      fold([was], [draft('ab', 0, 40, { themes: facetSet(themes), audiences: facetSet(audiences) })]);
    expect(to([1], [2, 40])).toMatchObject([{ kind: 'update', material: false }]);
    expect(to([1, 3], [2, 40])).toMatchObject([{ kind: 'update', material: true }]);
    expect(to([1], [2])).toMatchObject([{ kind: 'update', material: true }]);
  });

  test('is a material change when a participant would sit in another country', () => {
    const moved = {
      ...draft('ab', 0, 40),
      participants: [
        { footprint: 'a', country: 8 },
        { footprint: 'b', country: 2 },
      ],
    };
    expect(fold([past('s', 'OPEN', draft('ab', 0, 40))], [moved])).toMatchObject([{ kind: 'update', material: true }]);
  });

  test('revives a lapsed suggestion, not an expired one', () => {
    expect(fold([past('s', 'LAPSED', draft('ab', 0, 40))], [draft('ab', 0, 40)])).toMatchObject([
      { kind: 'update', id: 's', revived: true },
    ]);
    expect(fold([past('s', 'EXPIRED', draft('ab', 0, 40))], [draft('ab', 0, 40)])).toMatchObject([{ kind: 'new' }]);
  });

  test('that people dismissed stays away until participants or dates have really changed', () => {
    const dismissed = [past('s', 'DISMISSED', draft('abcde', 20, 60))];
    expect(fold(dismissed, [draft('abc', 34, 46)])).toMatchObject([{ kind: 'suppressed', by: 's' }]);
    expect(fold(dismissed, [draft('ab', 20, 60)])).toMatchObject([{ kind: 'new' }]);
    expect(fold(dismissed, [draft('abcde', 35, 60)])).toMatchObject([{ kind: 'new' }]);
    expect(fold(dismissed, [draft('abcde', 20, 75)])).toMatchObject([{ kind: 'new' }]);
  });

  test('that people dismissed does not come back because days pass', () => {
    const dismissed = [past('s', 'DISMISSED', draft('ab', 0, 60))];
    expect(fold(dismissed, [draft('ab', 30, 60)], 30)).toMatchObject([{ kind: 'suppressed', by: 's' }]);
  });
});

describe('a suggestion without a draft', () => {
  test('never becomes or hides one about something else, however alike they are otherwise', () => {
    const about = (what: string) => draft('abc', 0, 30, { about: what, key: `abc|${what}` });
    expect(fold([past('s1', 'OPEN', about('radio'))], [about('posters')]).map(({ kind }) => kind)).toEqual([
      'new',
      'lapse',
    ]);
    expect(fold([past('s1', 'DISMISSED', about('radio'))], [about('posters')]).map(({ kind }) => kind)).toEqual([
      'new',
    ]);
    expect(fold([past('s1', 'OPEN', about('radio'))], [about('radio')]).map(({ kind }) => kind)).toEqual(['update']);
  });

  test('expires when its window has passed, lapses before', () => {
    const open = [past('s', 'OPEN', draft('ab', 0, 40))];
    expect(fold(open, [], 40)).toEqual([{ kind: 'expire', id: 's' }]);
    expect(fold(open, [], 39)).toEqual([{ kind: 'lapse', id: 's' }]);
  });

  test('stays when it is agreed', () => {
    expect(fold([past('s', 'AGREED', draft('ab', 0, 40))], [], 10)).toEqual([]);
  });
});
