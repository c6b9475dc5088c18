import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildColumns, findBestLists, forEachRow, openKernel, splitRows, type Kernel } from '../../engine/index.ts';
import { RUN, worlds } from './support/worlds.ts';

function pairsOf(each: Kernel['forEachRow']): [number, number][] {
  const pairs: [number, number][] = [];
  each((row, laterRows, count) => {
    for (const later of laterRows.subarray(0, count)) pairs.push([row, later]);
  });
  return pairs.sort(([a, b], [c, d]) => a - c || b - d);
}

describe('the kernel in WebAssembly', () => {
  test('finds the pairs that the columns find', () => {
    fc.assert(
      fc.property(worlds(40), fc.constantFrom(1, 1, 10), ({ footprints, terrain }, minSharedDays) => {
        const columns = buildColumns(footprints, terrain, { minSharedDays });
        const kernel = openKernel(columns);
        expect(pairsOf(kernel.forEachRow)).toEqual(pairsOf((visit) => forEachRow(columns, visit)));
      }),
      RUN,
    );
  });

  test('gives the best lists that the columns give, as strong to the last bit, in however many blocks', () => {
    const limits = fc.record({ k: fc.constantFrom(0, 2, 5, 20), perOwner: fc.constantFrom(1, 2, 3, 20) });
    fc.assert(
      fc.property(worlds(40), limits, fc.integer({ min: 1, max: 3 }), ({ footprints, terrain }, options, blocks) => {
        const columns = buildColumns(footprints, terrain);
        for (const block of splitRows(columns, blocks)) {
          const { k, lengths, partnerRows, strengths } = openKernel(columns, options).findBestLists(
            block.fromRow,
            block.toRow,
          );
          const expected = findBestLists(columns, { ...options, ...block });
          expect({ k, lengths, partnerRows, strengths }).toEqual({
            k: expected.k,
            lengths: expected.lengths,
            partnerRows: expected.partnerRows,
            strengths: expected.strengths,
          });
        }
      }),
      RUN,
    );
  });
});
