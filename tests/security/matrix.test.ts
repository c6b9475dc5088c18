import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { type TestHub, testHub } from '../support/hub.ts';
import { gatherCast, settleVetting } from './cast.ts';
import { readSchema, untoldFields } from './fields.ts';
import { printFigure } from './figure.ts';
import { type MatrixWorld, compareMatrix } from './matrix.ts';
import { registerRecords } from './records.ts';

/** 2027-01-01T00:00Z. */
const NOW_MS = 1_798_761_600_000;

async function matrixWorld(hub: TestHub): Promise<MatrixWorld> {
  const cast = await gatherCast(hub);
  const records = await registerRecords(hub, cast);
  await settleVetting(hub, cast);
  return { url: hub.url, schema: readSchema(), cast, records };
}

test('S1: every field of the schema has an entry in the matrix', () => {
  expect(untoldFields(readSchema())).toEqual([]);
});

test('a new field without an entry is named', () => {
  const schema = buildSchema('type Query { hub: Int } type Programme { id: ID! shelter: String }');
  expect(untoldFields(schema)).toContain('Programme.shelter: no entry in the matrix');
});

test('S1: every viewer reads of every record what the oracle says, field by field', async () => {
  const hub = await testHub({ clock: fixedClock(NOW_MS) });
  try {
    const { cells, disagreements, empty } = await compareMatrix(await matrixWorld(hub));
    printFigure('S1', `${String(cells)} cells, ${String(disagreements.length)} disagreements`);
    expect(disagreements).toEqual([]);
    expect(empty).toEqual([]);
    expect(cells).toBeGreaterThan(5_000);
  } finally {
    await hub.close();
  }
}, 120_000);
