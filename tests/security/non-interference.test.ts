import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type BaseWorld, baseWorld } from './base-world.ts';
import { type Curiosity, probes, questions } from './asking.ts';
import { readSchema } from './fields.ts';
import { FULL, printFigure, sized } from './figure.ts';
import { comparePair } from './interference.ts';
import { VARIATIONS } from './variations.ts';

/** Of the small version: every third way. */
const WAYS = VARIATIONS.filter((_, index) => FULL || index % 3 === 0);
/** 5 base worlds, each varied in 20 ways, 3 times with other numbers: 300 pairs. */
const BASES = sized(5, 1);
const DRAWS = sized(3, 1);

const bases: BaseWorld[] = [];
beforeAll(async () => {
  for (let seed = 0; seed < BASES; seed += 1) bases.push(await baseWorld(seed));
}, 300_000);
afterAll(async () => {
  for (const { database } of bases) await database.drop();
});

let pairs = 0;
let comparisons = 0;
let different = 0;

test.each(WAYS)(
  '$name changes no answer to those who may not see it',
  async (variation) => {
    const found: string[] = [];
    for (const [index, base] of bases.entries())
      for (let draw = 0; draw < DRAWS; draw += 1) {
        const asker = variation.askers[(index * DRAWS + draw) % variation.askers.length];
        if (asker === undefined) throw new Error('nobody asks');
        const report = await comparePair(base, variation, asker, `${String(index)}/${String(draw)}`);
        pairs += 1;
        comparisons += report.comparisons;
        found.push(...report.differences);
      }
    different += found.length;
    expect(found).toEqual([]);
  },
  900_000,
);

test('S2: worlds that differ only in what a viewer may not see answer alike, byte for byte', () => {
  printFigure(
    'S2',
    `${String(pairs)} pairs of worlds, ${String(comparisons)} comparisons, ${String(different)} differences`,
  );
  expect(different).toBe(0);
  expect(pairs).toBe(WAYS.length * BASES * DRAWS);
  expect(comparisons).toBeGreaterThanOrEqual(pairs * 40);
});

test('every query of the schema is asked', () => {
  const schema = readSchema();
  const id = 'prg_0000000000000000000000';
  const curiosity: Curiosity = {
    hidden: { programme: id, campaign: id, entry: id },
    owner: id,
    visible: [id],
    own: null,
    word: 'word',
    code: { scheme: 'scheme', value: 'value' },
    place: 'BD',
    day: '2027-03-01',
    coordinates: false,
  };
  const documents = [...questions(schema, curiosity), ...probes(curiosity)].map(({ document }) => document).join(' ');
  const fields = Object.keys(schema.getQueryType()?.getFields() ?? {});
  expect(fields.filter((field) => !new RegExp(`[{ ]${field}[( ]`).test(documents))).toEqual([]);
});

test('the comparison sees a difference that the viewer may see', async () => {
  const [base] = bases;
  if (!base) throw new Error('no base world');
  const visible = {
    name: 'a record that everybody may see',
    askers: ['viewer'] as const,
    right: async ({ hub, records }: { hub: { database: { adminUrl: string } }; records: BaseWorld['records'] }) => {
      await withClient(hub.database.adminUrl, (client) =>
        client.query(`update app.programme set name = 'Another name' where id = $1`, [records['public of other']]),
      );
      return {};
    },
  };
  const { differences } = await comparePair(base, visible, 'viewer', 'visible');
  expect(differences.length).toBeGreaterThan(5);
}, 60_000);
