import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { refreshPresence } from '../../core/presence/refresh-presence.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';

const DAY_MS = 86_400_000;

/** Friday, 1 January 2027, as the world's clock says. */
let world: MatchingWorld;
let viewer: string;

beforeEach(async () => {
  world = await matchingWorld();
  viewer = await actor();
});
afterEach(() => world.close());

let made = 0;

async function actor(fields: Record<string, unknown> = {}): Promise<string> {
  made += 1;
  const input = { name: `Example actor ${String(made)}`, kind: 'national_ngo', ...fields };
  const id = savedId(await world.actors.register(HUB_VIEWER, input));
  savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
  return id;
}

const MARCH = { start: '2027-03-01', end: '2027-03-31' };
const NO_CORRIDOR_STATED = { days: MARCH, places: ['BD'], themes: ['people_smuggling'] };
const ON_CORRIDOR = { ...NO_CORRIDOR_STATED, corridors: ['rohingya_andaman'] };

/** Hidden from everybody but its owner, and matched with nothing. */
const EXISTENCE = { visibility: 'partners', matching: 'existence' };
const FULL = { visibility: 'members', matching: 'full' };

const campaign = async (fields: Record<string, unknown>): Promise<string> =>
  savedId(
    await world.campaigns.plan(HUB_VIEWER, {
      name: 'Example campaign',
      footprint: ON_CORRIDOR,
      release: EXISTENCE,
      ...fields,
    }),
  );

/** So many campaigns, each of another actor. */
async function campaigns(count: number, fields: Record<string, unknown> = {}): Promise<string[]> {
  const owners: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const owner = await actor();
    await campaign({ owner, ...fields });
    owners.push(owner);
  }
  return owners;
}

const refresh = (): Promise<boolean> => world.worker.unitOfWork.run(HUB_VIEWER, refreshPresence);

async function refreshNextWeek(): Promise<void> {
  world.clock.advance(7 * DAY_MS);
  expect(await refresh()).toBe(true);
}

const as = (actorId: string | null, role: Viewer['role'] = 'editor'): Viewer => ({
  keyId: 'key_test',
  userId: null,
  label: 'test',
  role,
  actorId,
  scopes: [],
});

/** `corridor year/quarter` of each cell. */
async function seenBy(who: Viewer): Promise<string[]> {
  const { rows } = await world.app.unitOfWork.look(who, ({ em }) =>
    sql<{ cell: string }>`select corridor || ' ' || year || '/' || quarter as cell from presence_cell
      order by corridor, starts_on`.execute(em.getKysely()),
  );
  return rows.map(({ cell }) => cell);
}

const CELL = ['rohingya_andaman 2027/1'];

test('two others are not told of, three are', async () => {
  await campaigns(2);
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
  await campaigns(1);
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual(CELL);
});

test('several records of one owner count once', async () => {
  const [owner] = await campaigns(2);
  await campaign({ owner });
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
});

test('whatever the viewer registers and withdraws itself changes nothing that it sees', async () => {
  const [, , third] = await campaigns(3);
  const own = await campaign({ owner: viewer });
  await refresh();
  expect(await seenBy(as(viewer))).toEqual(CELL);
  await world.campaigns.cancel(HUB_VIEWER, { id: own, expectedVersion: 1 });
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual(CELL);
  expect(await seenBy(as(third ?? null))).toEqual([]);
  await campaign({ owner: viewer });
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual(CELL);
  expect(await seenBy(as(third ?? null))).toEqual(CELL);
});

test('what belonged to an actor merged into the viewer’s is its own already', async () => {
  const [duplicate] = await campaigns(3);
  await refresh();
  expect(await seenBy(as(viewer))).toEqual(CELL);
  savedId(await world.actors.merge(HUB_VIEWER, { survivor: viewer, duplicate, expectedVersion: 2 }));
  expect(await seenBy(as(viewer))).toEqual([]);
  expect(await seenBy(as(null, 'coordinator'))).toEqual(CELL);
});

test('a single hidden record is not told of beside two that everybody can see', async () => {
  await campaigns(2, { release: FULL });
  await campaigns(1);
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
  await campaigns(1, { release: FULL });
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual(CELL);
});

test('a record that members can see counts with those that they can see, though it matches nothing', async () => {
  await campaigns(2, { release: { visibility: 'members', matching: 'existence' } });
  await campaigns(1);
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
  await campaigns(1, { release: FULL });
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual(CELL);
});

test('the level NONE counts nowhere', async () => {
  await campaigns(4, { release: { visibility: 'partners', matching: 'none' } });
  await campaigns(4, { release: { visibility: 'members', matching: 'none' } });
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
});

test('what excludes the viewer, or anybody else, does not count for the viewer', async () => {
  await campaigns(2);
  await campaigns(1, { exclude: { actors: [viewer] } });
  await campaigns(1, { exclude: { actorKinds: ['media'] } });
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
});

test('a part of what excludes somebody does not count either', async () => {
  const [owner] = await campaigns(3);
  const another = await actor();
  const programme = savedId(
    await world.programmes.register(HUB_VIEWER, {
      name: 'Example programme',
      owner: another,
      exclude: { countries: ['MY'] },
    }),
  );
  await campaign({ owner: another, programme });
  await refresh();
  expect(await seenBy(as(viewer))).toEqual(CELL);
  expect(await seenBy(as(owner ?? null))).toEqual([]);
});

test('a programme, a campaign and an entry count alike, on the corridors that follow from country and theme', async () => {
  const footprint = { days: { start: '2027-04-01', end: null }, places: ['BD'], themes: ['people_smuggling'] };
  const [first, second, third] = [await actor(), await actor(), await actor()];
  const release = EXISTENCE;
  const programme = savedId(
    await world.programmes.register(HUB_VIEWER, { name: 'Example', owner: first, footprint, release }),
  );
  await campaign({ owner: second, footprint });
  const home = await campaign({ owner: third, footprint: { places: ['BD'], themes: ['people_smuggling'] } });
  const entry = { name: 'Example entry', campaign: home, status: 'confirmed' };
  savedId(
    await world.calendar.add(HUB_VIEWER, {
      ...entry,
      footprint: { days: { start: '2027-05-01', end: '2027-05-02' }, audiences: ['refugee_in_camp'] },
    }),
  );
  await refresh();
  expect(await seenBy(as(viewer))).toEqual(expect.arrayContaining(['rohingya_andaman 2027/2']));
  expect(await seenBy(as(viewer))).not.toEqual(expect.arrayContaining(['rohingya_andaman 2027/1']));
  await world.programmes.withdraw(HUB_VIEWER, { id: programme, expectedVersion: 1 });
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual([]);
});

test('an owner who lets nobody know where counts only on corridors that it states', async () => {
  await campaigns(3, { footprint: NO_CORRIDOR_STATED, release: { ...EXISTENCE, placePrecision: 'none' } });
  await refresh();
  expect(await seenBy(as(viewer))).toEqual([]);
  await campaigns(3, { release: { ...EXISTENCE, placePrecision: 'none' } });
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual(CELL);
});

test('an owner that is suspended counts until the next refresh', async () => {
  const [owner = ''] = await campaigns(3);
  await refresh();
  savedId(await world.actors.suspend(HUB_VIEWER, { id: owner, expectedVersion: 2, reason: 'for a test' }));
  expect(await refresh()).toBe(false);
  expect(await seenBy(as(viewer))).toEqual(CELL);
  await refreshNextWeek();
  expect(await seenBy(as(viewer))).toEqual([]);
});

test('only members are told: no actor that is not verified, and no key without one but a coordinator', async () => {
  const pending = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example pending', kind: 'media' }));
  await campaigns(3);
  await refresh();
  expect(await seenBy(as(pending))).toEqual([]);
  expect(await seenBy(as(null, 'observer'))).toEqual([]);
  expect(await seenBy(as(null, 'coordinator'))).toEqual(CELL);
});

test('records at EXISTENCE match nothing, not even each other', async () => {
  await campaigns(3);
  await campaigns(1, { release: FULL });
  await world.settle();
  const { rows } = await world.worker.unitOfWork.look(HUB_VIEWER, ({ em }) =>
    sql<{ overlaps: number; cells: number }>`select (select count(*)::int from overlap) as overlaps,
      (select count(distinct owner_id)::int from footprint_cell) as cells`.execute(em.getKysely()),
  );
  expect(rows).toEqual([{ overlaps: 0, cells: 1 }]);
});

describe('the week', () => {
  test('begins on Monday, whatever happens in between', async () => {
    await campaigns(3);
    const days: boolean[] = [];
    for (let i = 0; i < 12; i += 1) {
      days.push(await refresh());
      world.clock.advance(DAY_MS);
    }
    // From Friday, 1 January; 4 and 11 January are Mondays.
    expect(days.map((isRefreshed, i) => (isRefreshed ? i + 1 : 0)).filter((day) => day > 0)).toEqual([1, 4, 11]);
  });

  test('is refreshed once by two who try at once', async () => {
    await campaigns(3);
    expect((await Promise.all([refresh(), refresh()])).sort()).toEqual([false, true]);
  });
});

describe('what is stored', () => {
  test('is out of reach of requests, but for the cells that are told', async () => {
    await campaigns(3);
    await refresh();
    for (const table of ['presence_owner', 'presence_week']) {
      const read = world.app.unitOfWork.look(HUB_VIEWER, ({ em }) =>
        sql`select * from ${sql.table(table)}`.execute(em.getKysely()),
      );
      await expect(read).rejects.toThrow(/permission denied/);
    }
  });

  test('is four owners of a cell at most', async () => {
    await campaigns(6);
    await refresh();
    const { rows } = await world.worker.unitOfWork.look(HUB_VIEWER, ({ em }) =>
      sql`select corridor, quarter_start::text, count(*)::int, hidden from presence_owner group by 1, 2, 4`.execute(
        em.getKysely(),
      ),
    );
    expect(rows).toEqual([{ corridor: 'rohingya_andaman', quarter_start: '2027-01-01', count: 4, hidden: true }]);
  });
});
