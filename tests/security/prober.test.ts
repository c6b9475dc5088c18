import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { seededRandomness } from '../../platform/ids.ts';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type Chooser, chooser } from '../support/registry-steps.ts';
import { FULL, printFigure, sized } from './figure.ts';
import { type SecurityWorld, securityWorld } from './world.ts';

/** First subdivisions of four countries: where hidden programmes exactly are, and where a prober tries. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  BD: ['BD-A', 'BD-B', 'BD-C', 'BD-D', 'BD-E'],
  MY: ['MY-01', 'MY-08', 'MY-10', 'MY-12', 'MY-14'],
  ID: ['ID-AC', 'ID-BA', 'ID-JB', 'ID-JT', 'ID-SU'],
  TH: ['TH-10', 'TH-20', 'TH-50', 'TH-83', 'TH-84'],
};
const COUNTRIES = Object.keys(PARTS).slice(0, sized(4, 2));
const MONTHS = ['2027-03', '2027-04'];
const DAYS = sized(25, 5);
const HIDDEN = sized(50, 20);
const OWNERS = 10;
/** How many previews and matchable writes an actor has a day; here one of each for every probe. */
const BUDGET = 200;
const DAY_MS = 86_400_000;

/** One part of a country on one day: the finest that a prober can ask about. */
interface Probe {
  readonly country: string;
  readonly part: string;
  readonly month: string;
  readonly day: string;
}

const PROBES: readonly Probe[] = COUNTRIES.flatMap((country) =>
  MONTHS.flatMap((month) =>
    Array.from({ length: DAYS }, (_, index) => `${month}-${String(1 + index).padStart(2, '0')}`).flatMap((day) =>
      (PARTS[country] ?? []).map((part) => ({ country, part, month, day })),
    ),
  ),
);

let world: SecurityWorld;
let prober: Client;

beforeAll(async () => {
  world = await securityWorld();
  const choose = chooser(seededRandomness('prober'));
  const { hub } = world;
  for (let owner = 0; owner < OWNERS; owner += 1) {
    const id = await hub.actor({ name: `Example owner ${String(owner)}`, kind: 'diaspora_association' });
    const client = await hub.as('editor', id);
    for (let index = owner; index < HIDDEN; index += OWNERS) await hide(client, choose, index);
  }
  prober = await hub.as('editor', await hub.actor({ name: 'Example prober', kind: 'ingo' }));
  await world.settle();
});
afterAll(() => world.close());

/** A programme in one part of a country on a few days, of which its owner lets only country and months be used. */
async function hide(client: Client, choose: Chooser, index: number): Promise<void> {
  const country = COUNTRIES[index % COUNTRIES.length] ?? 'BD';
  const month = choose.oneOf(MONTHS);
  const first = 1 + choose.below(20);
  const day = (number: number): string => `${month}-${String(number).padStart(2, '0')}`;
  await idOf(
    mutate(client, 'registerProgramme', {
      name: `Hidden programme ${String(index)}`,
      release: { visibility: 'PARTNERS', matching: 'COARSE', placePrecision: 'COUNTRY' },
      footprint: {
        places: [choose.oneOf(PARTS[country] ?? [])],
        days: { start: day(first), end: day(first + choose.below(8)) },
        themes: choose.someOf(['people_smuggling', 'trafficking_in_persons'], 2),
        audiences: choose.someOf(['youth_15_24', 'refugee_in_camp'], 2),
        channels: ['radio'],
        languages: ['bn'],
      },
    }),
  );
}

const footprintOf = ({ part, day }: Probe) => ({
  places: [part],
  days: { start: day, end: day },
  themes: ['people_smuggling'],
  audiences: ['youth_15_24'],
});

interface Found {
  readonly days: { readonly start: string; readonly end: string };
  readonly shared: { readonly places: readonly { readonly code: string }[] };
  readonly other: { readonly subject: unknown; readonly actor: unknown };
}

const COMMON = `kind score confidence strength tentative explanation days { start end } parts { facet similarity stated weight }
  shared { places { code } themes { code } audiences { code } channels { code } languages corridors { code } days { start end } }`;

/** What a probe tells of others, without the day and the part that the prober itself said. */
function learnt(probe: Probe, found: readonly Found[]): string[] {
  const own = new RegExp(`${probe.part}|${probe.day}`, 'g');
  return found
    .map((one) => {
      expect(one.other).toMatchObject({ subject: null, actor: null });
      return JSON.stringify({ ...one, explanation: '' }).replace(own, 'as asked');
    })
    .sort();
}

async function preview(probe: Probe): Promise<string[]> {
  const { previewOverlaps } = await prober.query<{ previewOverlaps: Found[] }>(
    `query ($input: PreviewOverlapsInput!) { previewOverlaps(first: 100, input: $input) {
      ${COMMON} other { disclosure mine actor { id } subject { id } } } }`,
    { input: { footprint: footprintOf(probe) } },
  );
  return learnt(probe, previewOverlaps);
}

/** The overlaps of a registered probe. */
async function overlapsOf(probe: Probe, id: string): Promise<string[]> {
  interface Node extends Omit<Found, 'other'> {
    readonly sides: readonly (Found['other'] & { readonly mine: boolean })[];
  }
  const { overlaps } = await prober.query<{ overlaps: { nodes: Node[] } }>(
    `query ($id: ID!) { overlaps(first: 100, filter: { of: $id }) { nodes {
      ${COMMON} sides { disclosure mine actor { id } subject { id } } } } }`,
    { id },
  );
  return learnt(
    probe,
    overlaps.nodes.map(({ sides, ...node }) => ({
      ...node,
      other: sides.find(({ mine }) => !mine) ?? { subject: 'nobody', actor: 'nobody' },
    })),
  );
}

/** The budget goes by the day of the database, which no test can turn: instead, what was used is forgotten. */
async function turnDay(): Promise<void> {
  world.clock.advance(DAY_MS);
  await withClient(world.database.adminUrl, (client) => client.query('delete from app.probe_budget'));
}

test('S8: a prober learns of hidden programmes in which country and months they are, and nothing finer', async () => {
  const answers = new Map<string, { probe: Probe; told: string }[]>();
  let told = 0;
  for (let start = 0; start < PROBES.length; start += BUDGET / 2) {
    const today = PROBES.slice(start, start + BUDGET / 2);
    const ids: string[] = [];
    for (const [index, probe] of today.entries())
      ids.push(
        await idOf(
          mutate(prober, 'registerProgramme', {
            name: `Probe ${String(start + index)}`,
            footprint: footprintOf(probe),
            release: { visibility: 'PARTNERS', matching: 'FULL', placePrecision: 'EXACT' },
          }),
        ),
      );
    await world.settle();
    for (const [index, probe] of today.entries()) {
      const both = { previewed: await preview(probe), found: await overlapsOf(probe, ids[index] ?? '') };
      told += both.previewed.length + both.found.length;
      const scope = `${probe.country} ${probe.month}`;
      answers.set(scope, [...(answers.get(scope) ?? []), { probe, told: JSON.stringify(both) }]);
    }
    await turnDay();
  }
  const finer = [...answers].flatMap(([scope, all]) =>
    all.filter((one) => one.told !== all[0]?.told).map((one) => ({ scope, ...one })),
  );
  printFigure(
    'S8',
    `${String(PROBES.length)} crafted programmes, ${String(HIDDEN)} hidden, ${String(told)} overlaps told, ${String(finer.length)} localised finer than released`,
  );
  expect(finer.slice(0, 3)).toEqual([]);
  expect(told).toBeGreaterThan(PROBES.length);
  // Months and countries are released, and are told apart: the equal answers are not equal because they are empty.
  expect(new Set([...answers.values()].map(([first]) => first?.told)).size).toBe(answers.size);
}, 900_000);

test('S8: a prober who has used up its day learns no more, neither by previews nor by what it registers', async () => {
  const [probe] = PROBES;
  if (!probe) throw new Error('no probe');
  await preview(probe);
  await withClient(world.database.adminUrl, (client) =>
    client.query('update app.probe_budget set used = $1', [BUDGET]),
  );
  await expect(preview(probe)).rejects.toThrow('go on tomorrow');
  const refused = await mutate(prober, 'registerProgramme', { name: 'One too many', footprint: footprintOf(probe) });
  expect(refused).toMatchObject({ __typename: 'LimitExceeded' });
});

test('only the full version probes as often as the design says', () => {
  expect(PROBES.length).toBe(FULL ? 1_000 : 100);
});
