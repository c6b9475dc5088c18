import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BestLists,
  bestOverlaps,
  ColumnsGatherer,
  type Footprint,
  type Gathered,
  listFinder,
  openListKernel,
  rankPartners,
  type Terrain,
} from '../../engine/index.ts';
import { RUN, worlds } from './support/worlds.ts';

/** Limits that are wide enough for every world of the generator. */
const LIMITS = {
  countries: [0, 1, 2, 200],
  subdivision: 85,
  bits: { audiences: 71, themes: 71, channels: 71, languages: 71 },
};

/** A footprint as its owner knows it beside what others know of it, and who is not to be told of whom. */
interface Record {
  readonly own: Footprint;
  readonly released: Footprint;
  readonly marks: readonly string[];
  readonly refuses: readonly string[];
  readonly open: boolean;
}

const ask = fc.record({
  world: worlds(30),
  /** Which records say something else to others, and what they refuse. */
  otherwise: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
  refuses: fc.array(fc.constantFrom<readonly string[]>([], [], [], ['mark-ant'], ['mark-bee']), {
    minLength: 30,
    maxLength: 30,
  }),
  open: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
  k: fc.constantFrom(2, 5, 20),
  perOwner: fc.constantFrom(1, 3),
  size: fc.integer({ min: 1, max: 12 }),
});

function recordsOf(
  footprints: readonly Footprint[],
  { otherwise, refuses, open }: typeof ask extends fc.Arbitrary<infer A> ? A : never,
): Record[] {
  return footprints.map((own, at) => ({
    own,
    released: otherwise[at]
      ? { ...own, channels: [], places: own.places.map(({ country }) => ({ country, subdivision: 0 })) }
      : own,
    marks: [`mark-${own.owner}`],
    refuses: refuses[at] ?? [],
    open: open[at] ?? false,
  }));
}

function gather(records: readonly Record[], terrain: Terrain, size: number): Gathered {
  const gatherer = new ColumnsGatherer(LIMITS, terrain);
  const inOrder = records.toSorted(
    ({ released: a }, { released: b }) => a.days.start - b.days.start || (a.id < b.id ? -1 : 1),
  );
  for (let from = 0; from < inOrder.length; from += size) {
    const block = inOrder.slice(from, from + size);
    gatherer.addMeetable(block.map(({ released, refuses, open }) => ({ footprint: released, refuses, open })));
    gatherer.addLookers(
      block.map(({ own, released, marks }) => ({
        footprint: { ...own, partners: [] },
        marks,
        avoids: own.partners,
        isAsMet: own === released && own.partners.length === 0,
      })),
    );
  }
  return gatherer.gather();
}

/** Ids of the partners in each list, with how strong they are. */
function told({ k, lengths, partnerRows, strengths }: BestLists, ids: readonly string[]): [string, number][][] {
  return [...lengths].map((length, list) =>
    Array.from({ length }, (_, at) => [ids[partnerRows[list * k + at] ?? -1] ?? '', strengths[list * k + at] ?? -1]),
  );
}

describe('complete lists of some rows', () => {
  test('of what can be met are those of everybody, by the columns and by the kernel', () => {
    fc.assert(
      fc.property(ask, (asked) => {
        const {
          world: { footprints, terrain },
          size,
          ...limits
        } = asked;
        const records = recordsOf(footprints, asked);
        const { seekers, ids } = gather(records, terrain, size);
        const released = records.map((record) => record.released);
        const expected = bestOverlaps(released, terrain, limits);
        const rows = Int32Array.from(ids.keys()).reverse();
        for (const finder of [listFinder(seekers, limits), openListKernel(seekers, limits)]) {
          const lists = told(finder.findListsOf(rows), ids);
          for (const [at, row] of rows.entries()) {
            const id = ids[row] ?? '';
            const overlaps = expected.get(id) ?? [];
            expect(lists[at]).toEqual(overlaps.map(({ a, b, strength }) => [a === id ? b : a, strength]));
          }
        }
      }),
      RUN,
    );
  });

  test('of those who only look are those that ranking them by themselves gives, without those who are left out', () => {
    fc.assert(
      fc.property(ask, (asked) => {
        const {
          world: { footprints, terrain },
          size,
          ...limits
        } = asked;
        const records = recordsOf(footprints, asked);
        const { seekers, ids, lookerOf, mixed } = gather(records, terrain, size);
        const looking = records.filter(({ own }) => lookerOf.has(own.id));
        expect(looking.length + mixed.size).toBe(records.length);
        const rows = Int32Array.from(looking, ({ own }) => lookerOf.get(own.id) ?? -1);
        const expected = looking.map((one) => rankedAlone(one, records, terrain, limits));
        for (const finder of [listFinder(seekers, limits), openListKernel(seekers, limits)])
          expect(told(finder.findListsOf(rows), ids)).toEqual(expected);
      }),
      RUN,
    );
  });

  test('need footprints in order of start', () => {
    const gatherer = new ColumnsGatherer(LIMITS, { corridors: [], insights: [] });
    const [one] = fc.sample(worlds(3, 3), { seed: 1, numRuns: 1 });
    const block = (one?.footprints ?? [])
      .toSorted((a, b) => b.days.start - a.days.start || (a.id < b.id ? -1 : 1))
      .map((footprint) => ({ footprint, refuses: [], open: true }));
    expect(() => {
      gatherer.addMeetable(block);
    }).toThrow('in order of start');
  });
});

/** In the world of its owner: own records as they are, everybody else's as released. */
function rankedAlone(
  { own, marks }: Record,
  records: readonly Record[],
  terrain: Terrain,
  limits: { readonly k: number; readonly perOwner: number },
): [string, number][] {
  const candidates = records.flatMap((record) => {
    if (record.own.owner === own.owner) return [{ ...record.own, partners: [] }];
    const isLeftOut =
      record.refuses.some((mark) => marks.includes(mark)) || (record.open && own.partners.includes(record.own.owner));
    return isLeftOut ? [] : [record.released];
  });
  return rankPartners({ ...own, partners: [] }, candidates, terrain, limits).map(({ a, b, strength }) => [
    a === own.id ? b : a,
    strength,
  ]);
}
