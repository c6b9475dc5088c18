import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { FULL, printFigure } from './figure.ts';
import { furnish, moveTo } from './furnish.ts';
import { type MatrixWorld, compareMatrix } from './matrix.ts';
import { compareObservances } from './observances.ts';
import { comparePractices } from './practices.ts';
import { compareSides } from './sides.ts';
import { type SecurityWorld, securityWorld } from './world.ts';

const ACTOR = `current_setting('app.actor_id', true)`;
const ROLE = `current_setting('app.role', true)`;

/** A table whose rule for reading is widened by a condition that somebody might have thought right. */
const WEAKENINGS: readonly [mistake: string, table: string, condition: string][] = [
  ['pending actors read what is for members', 'programme', `visibility = 'members'`],
  ['members read what is for partners', 'programme', `visibility = 'partners'`],
  ['everybody of the owner reads what is restricted', 'programme', `owner_id = ${ACTOR}`],
  ['coordinators read what is restricted', 'programme', `${ROLE} = 'coordinator'`],
  ['who is excluded reads what is public', 'programme', `visibility = 'public'`],
  [
    'hosts read what those they host keep to themselves',
    'programme',
    `owner_id in (select id from app.actor where hosted_by_id = ${ACTOR})`,
  ],
  ['observers read everything', 'programme', `${ROLE} = 'observer'`],
  ['campaigns are read without their programme', 'campaign', `visibility <> 'restricted'`],
  ['entries are read without their campaign', 'calendar_entry', `visibility in ('partners', 'members')`],
  ['exact places are read by all who read the record', 'exact_place', `true`],
  ['suspended actors are still found', 'actor', `vetting = 'suspended'`],
  ['overlaps are read by everybody', 'overlap', `true`],
  ['those who are no longer vouched for tell what is observed', 'observance', `true`],
  ['drafts of case studies are read by members', 'case_study', `shown = 'members' or shown = 'public'`],
];

/** Of the small version: every third, and of the viewers one of each kind. */
const TRIED = WEAKENINGS.filter((_, index) => FULL || index % 3 === 0);
const VIEWERS = [
  'coordinator',
  'observer',
  'owner viewer',
  'host editor',
  'partner editor',
  'excluded editor',
  'member viewer',
  'pending editor',
];

let original: SecurityWorld;
let matrix: MatrixWorld;
/** What disagrees without any weakening: nothing, or something that is no merit of this test. */
let known: Set<string>;
beforeAll(async () => {
  original = await securityWorld();
  const furnished = await furnish(original);
  matrix = { ...furnished, viewers: furnished.viewers.filter(({ name }) => FULL || VIEWERS.includes(name)) };
  known = new Set(await disagreementsIn(matrix));
  await original.leave();
}, 300_000);
afterAll(() => original.database.drop());

async function disagreementsIn(world: MatrixWorld): Promise<string[]> {
  const reports = [
    await compareMatrix(world),
    await compareSides(world),
    await compareObservances(world),
    await comparePractices(world),
  ];
  return reports.flatMap(({ disagreements }) => disagreements);
}

let caught = 0;

test.each(TRIED)(
  'the matrix sees it when %s',
  async (_mistake, table, condition) => {
    const world = await securityWorld(original.database);
    try {
      await withClient(world.database.adminUrl, (client) => client.query(widening(table, condition)));
      const fresh = (await disagreementsIn(moveTo(world, matrix))).filter((text) => !known.has(text));
      if (fresh.length > 0) caught += 1;
      expect(fresh.length).toBeGreaterThan(0);
    } finally {
      await world.close();
    }
  },
  120_000,
);

function widening(table: string, condition: string): string {
  return `do $$ declare rule text; begin
    select qual into strict rule from pg_policies
      where schemaname = 'app' and tablename = '${table}' and policyname = 'app_select';
    execute format('alter policy app_select on app.${table} using ((%s) or (%s))', rule, $c$${condition}$c$);
  end $$`;
}

test('S3: every policy that was made too wide turned the matrix red', () => {
  printFigure('S3', `${String(TRIED.length)} weakened policies, ${String(caught)} caught`);
  expect(caught).toBe(TRIED.length);
});
