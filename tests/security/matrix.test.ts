import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSchema, untoldFields } from './fields.ts';
import { printFigure } from './figure.ts';
import { type MatrixWorld, compareMatrix, inShort } from './matrix.ts';
import { furnish } from './furnish.ts';
import { compareObservances } from './observances.ts';
import { comparePeople } from './people.ts';
import { comparePractices } from './practices.ts';
import { compareSides } from './sides.ts';
import { type SecurityWorld, securityWorld } from './world.ts';

test('S1: every field of the schema has an entry in the matrix', () => {
  expect(untoldFields(readSchema())).toEqual([]);
});

test('a new field without an entry is named', () => {
  const schema = buildSchema('type Query { hub: Int } type Programme { id: ID! shelter: String }');
  expect(untoldFields(schema)).toContain('Programme.shelter: no entry in the matrix');
});

describe('in a settled world', () => {
  let world: SecurityWorld;
  let matrix: MatrixWorld;
  beforeAll(async () => {
    world = await securityWorld();
    matrix = await furnish(world);
  }, 120_000);
  afterAll(() => world.close());

  test('S1: every viewer reads of every record what the oracle says, field by field', async () => {
    const { cells, disagreements, empty } = await compareMatrix(matrix);
    printFigure('S1', `${String(cells)} cells, ${String(disagreements.length)} disagreements`);
    expect(inShort(disagreements)).toEqual([]);
    expect(empty).toEqual([]);
    expect(cells).toBeGreaterThan(5_000);
  }, 120_000);

  test('S1: of overlaps and suggestions, every viewer learns the sides that it may read, and where as exactly as released', async () => {
    const { cells, disagreements, empty } = await compareSides(matrix);
    printFigure(
      'S1',
      `${String(cells)} cells of overlaps and suggestions, ${String(disagreements.length)} disagreements`,
    );
    expect(inShort(disagreements)).toEqual([]);
    expect(empty).toEqual([]);
  }, 120_000);

  test('S1: observances are told to everybody while whoever entered them is vouched for, and whose they are to those who know it', async () => {
    const { cells, disagreements, empty } = await compareObservances(matrix);
    printFigure('S1', `${String(cells)} cells of observances, ${String(disagreements.length)} disagreements`);
    expect(disagreements).toEqual([]);
    expect(empty).toEqual([]);
  }, 120_000);

  test('S1: contacts, keys and memberships are told to those alone whom the oracle names', async () => {
    const { cells, disagreements, empty } = await comparePeople(matrix);
    printFigure('S1', `${String(cells)} cells of people and previews, ${String(disagreements.length)} disagreements`);
    expect(disagreements).toEqual([]);
    expect(empty).toEqual([]);
  }, 120_000);

  test('S1: case studies, interests and their totals are told to those alone whom the oracle names', async () => {
    const { cells, disagreements, empty } = await comparePractices(matrix);
    printFigure(
      'S1',
      `${String(cells)} cells of practices and interests, ${String(disagreements.length)} disagreements`,
    );
    expect(disagreements).toEqual([]);
    expect(empty).toEqual([]);
  }, 120_000);
});
