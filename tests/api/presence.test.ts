import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { refreshPresence } from '../../core/presence/refresh-presence.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { savedId } from '../support/matching.ts';

/** Three actors work on one corridor, and two on another, from today without an end, and keep it to themselves. */
let hub: TestHub;
let owner: Client;
let member: Client;
let pending: Client;
let coordinator: Client;

beforeAll(async () => {
  hub = await testHub();
  for (const corridors of [['bd_my_labour', 'id_my_labour'], ['bd_my_labour', 'id_my_labour'], ['bd_my_labour']]) {
    owner = await hub.as('editor', await hub.actor());
    const footprint = { days: { start: today() }, places: ['MY'], corridors };
    const release = { visibility: 'PARTNERS', matching: 'EXISTENCE' };
    await idOf(mutate(owner, 'planCampaign', { name: 'Example campaign', footprint, release }));
  }
  member = await hub.as('viewer', await hub.actor());
  coordinator = await hub.as('coordinator');
  const stranger = await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'media' });
  pending = await hub.as('editor', savedId(stranger));
  const orm = await openOrm({ url: hub.database.workerUrl, entities, applicationName: 'test-worker' });
  await new UnitOfWork(orm, systemClock, systemRandomness).run(HUB_VIEWER, refreshPresence);
  await orm.close();
});
afterAll(() => hub.close());

const today = (): string => new Date(systemClock.now()).toISOString().slice(0, 10);

interface Cell {
  readonly corridor: { readonly code: string };
  readonly quarter: { readonly year: number; readonly quarter: number };
  readonly days: { readonly start: string; readonly end: string; readonly days: number };
}

const cellsFor = async (client: Client, corridors?: readonly string[]): Promise<readonly Cell[]> => {
  const { presence } = await client.query<{ presence: readonly Cell[] }>(
    `query ($corridors: [String!]) {
      presence(corridors: $corridors) { corridor { code } quarter { year quarter } days { start end days } }
    }`,
    { corridors },
  );
  return presence;
};

test('members and coordinators learn where three others work, in the present quarter and the four after it', async () => {
  const cells = await cellsFor(member);
  expect(cells.map(({ corridor }) => corridor.code)).toEqual(Array<string>(5).fill('bd_my_labour'));
  const [first] = cells;
  const [year, month] = today().split('-').map(Number);
  expect(first?.quarter).toEqual({ year, quarter: Math.ceil((month ?? 0) / 3) });
  for (const [i, { quarter, days }] of cells.entries()) {
    const firstMonth = String(quarter.quarter * 3 - 2).padStart(2, '0');
    expect(days.start).toBe(`${String(quarter.year)}-${firstMonth}-01`);
    expect([90, 91, 92]).toContain(days.days);
    const before = cells[i - 1];
    if (before) expect(Date.parse(days.start) - Date.parse(before.days.end)).toBe(86_400_000);
  }
  expect(await cellsFor(coordinator)).toEqual(cells);
});

test('an owner that is one of the three sees nothing, nor does an actor that is not verified', async () => {
  expect(await cellsFor(owner)).toEqual([]);
  expect(await cellsFor(pending)).toEqual([]);
});

test('the corridors asked for are told of, and no others', async () => {
  expect(await cellsFor(member, ['bd_my_labour', 'id_my_labour'])).toHaveLength(5);
  expect(await cellsFor(member, ['id_my_labour'])).toEqual([]);
  expect(await cellsFor(member, [])).toEqual([]);
});

test('a corridor that does not exist is refused', async () => {
  const { errors } = await member.send('{ presence(corridors: ["bd_my_labor"]) { corridor { code } } }');
  expect(errors?.map(({ message }) => message)).toEqual([expect.stringContaining('corridors[0]')]);
});
