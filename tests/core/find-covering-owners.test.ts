import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MATCHING_LEVELS, VISIBILITIES } from '../../core/access/release.ts';
import {
  type CoverageRecord,
  type CoveringOwner,
  findCoveringOwners,
} from '../../core/presence/find-covering-owners.ts';
import { type EpochDay, epochDay, parseCalendarDate } from '../../engine/index.ts';

const day = (text: string): EpochDay => epochDay(parseCalendarDate(text) ?? NaN);

/** In the first quarter of 2027. */
const TODAY = day('2027-02-10');
const QUARTERS = [2027, 2028, 2029, 2030]
  .flatMap((year) => [1, 4, 7, 10].map((month) => day(`${String(year)}-${String(month).padStart(2, '0')}-01`)))
  .slice(0, 13);
const OWNERS = ['act_a', 'act_b', 'act_c', 'act_d', 'act_e', 'act_f'];

const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const seldom = fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0);

const records: fc.Arbitrary<CoverageRecord[]> = fc.array(
  fc.record({
    ownerId: fc.constantFrom(...OWNERS),
    ownerListed: seldom.map((is) => !is),
    stopped: seldom,
    onlyDays: seldom,
    excludes: seldom,
    matching: fc.constantFrom(...MATCHING_LEVELS, 'full' as const, 'full' as const),
    shown: fc.constantFrom(...VISIBILITIES, 'partners' as const),
    corridors: some(['one', 'two']),
    statesCorridors: fc.boolean(),
    countries: some(['BD', 'MY']),
    audiences: some(['returnee', 'student']),
    themes: some(['people_smuggling']),
    channels: some(['radio']),
    languages: some(['bn', 'bn-BD', 'en']),
    firstDay: fc.integer({ min: TODAY - 100, max: TODAY + 400 }),
    lastDay: fc.constant(null),
  }),
  { maxLength: 40 },
);

/** What a record says of itself to those who may not read it, as sentences. */
function releasedBy(record: CoverageRecord): string[] {
  const { matching, shown, firstDay, languages } = record;
  const isSilent = !record.ownerListed || record.stopped || record.onlyDays || record.excludes;
  if (isSilent || shown === 'public' || shown === 'members' || matching === 'none' || matching === 'existence')
    return [];
  const isFull = matching === 'full';
  const areas = [
    ...record.countries.map((code) => `country:${code}`),
    ...record.corridors.filter(() => isFull || !record.statesCorridors).map((code) => `corridor:${code}`),
  ];
  const facets = [
    ...record.themes.map((code) => `theme ${code}`),
    ...(isFull ? record.audiences.map((code) => `audience ${code}`) : []),
    ...(isFull ? record.channels.map((code) => `channel ${code}`) : []),
    ...(isFull ? languages.map((tag) => `language ${tag.slice(0, 2)}`) : []),
  ];
  // Without a planned end: from its first quarter to the fourth after the present one.
  const quarters = QUARTERS.slice(0, 5).filter((_, i) => (QUARTERS[i + 1] ?? 0) > (firstDay ?? Infinity));
  return areas.flatMap((area) =>
    facets.flatMap((facet) => quarters.map((quarter) => `${area} ${facet} ${String(quarter)}`)),
  );
}

const cellOf = ({ area, facet, code, quarterStart }: CoveringOwner): string =>
  `${area} ${facet} ${code} ${String(quarterStart)}`;

test('whoever asks, three others are found exactly where asking every record what it releases finds three', () => {
  fc.assert(
    fc.property(records, (drawn) => {
      const found = findCoveringOwners(drawn, TODAY);
      const cells = new Set([...found.map(cellOf), ...drawn.flatMap(releasedBy)]);
      for (const cell of cells) {
        const kept = found.filter((one) => cellOf(one) === cell).map(({ ownerId }) => ownerId);
        const expected = OWNERS.filter((owner) =>
          drawn.some((record) => record.ownerId === owner && releasedBy(record).includes(cell)),
        );
        expect(kept).toEqual(expected.slice(0, 4));
        for (const viewer of [...OWNERS, 'act_nobody']) {
          const others = (owners: readonly string[]): number => owners.filter((owner) => owner !== viewer).length;
          expect(others(kept) >= 3).toBe(others(expected) >= 3);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('what is found depends on no order', () => {
  fc.assert(
    fc.property(records, (drawn) => {
      expect(findCoveringOwners([...drawn].reverse(), TODAY)).toEqual(findCoveringOwners(drawn, TODAY));
    }),
  );
});
