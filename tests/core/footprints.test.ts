import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { announceExpired } from '../../core/footprints/announce.ts';
import type { CellRow, FootprintRow, PlacedFootprint } from '../../core/footprints/footprint.rows.ts';
import { type Rewritten, storedFootprints } from '../../core/footprints/footprint.service.ts';
import { OPEN_END, parseCalendarDate } from '../../engine/index.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';

let world: MatchingWorld;
let owner: string;

beforeAll(async () => {
  world = await matchingWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = await actor({ kind: 'national_ngo' });
  await world.takeEvents();
});

const MARCH = { start: '2027-03-01', end: '2027-03-31' };
const day = (text: string): number => parseCalendarDate(text) ?? NaN;

async function actor(fields: Record<string, unknown>): Promise<string> {
  const id = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example actor', ...fields }));
  await world.actors.verify(HUB_VIEWER, {
    id,
    expectedVersion: 1,
    evidence: 'for a test',
    validUntil: fields['validUntil'],
  });
  return id;
}

const programme = async (fields: Record<string, unknown>): Promise<string> =>
  savedId(await world.programmes.register(HUB_VIEWER, { name: 'Example programme', owner, ...fields }));
const campaign = async (fields: Record<string, unknown>): Promise<string> =>
  savedId(await world.campaigns.plan(HUB_VIEWER, { name: 'Example campaign', owner, ...fields }));
const entry = async (fields: Record<string, unknown>): Promise<string> =>
  savedId(await world.calendar.add(HUB_VIEWER, { name: 'Example entry', ...fields }));

const rewritten = (id: string): Promise<Rewritten | null> =>
  world.worker.unitOfWork.run(HUB_VIEWER, (work) => world.worker.footprints.rewrite(work, [id]));

async function placed(id: string): Promise<PlacedFootprint> {
  await world.settle();
  const found = (await storedFootprints(world.worker.orm.em.fork())).find(
    ({ footprint }) => footprint.subject_id === id,
  );
  if (!found) throw new Error(`no footprint of ${id}`);
  return found;
}
const footprintOf = async (id: string): Promise<FootprintRow> => (await placed(id)).footprint;
const cellsOf = async (id: string): Promise<readonly CellRow[]> =>
  (await placed(id)).cells.filter(({ face }) => face === 'own');
const scopesOf = async (id: string): Promise<readonly string[]> => (await cellsOf(id)).map(({ cell }) => cell);

async function bits(kind: 'theme' | 'audience' | 'corridor', ...codes: string[]): Promise<number[]> {
  const vocabulary = await world.worker.vocabulary.current(world.worker.orm.em.fork());
  return codes.map((code) => vocabulary.bitOf(kind, code)).sort((a, b) => a - b);
}

test('a record can be met in its countries, with its subdivisions, and on the corridors it is on', async () => {
  const id = await campaign({
    footprint: { days: MARCH, places: ['BD-B', 'BD-A', 'MY'], themes: ['people_smuggling'] },
  });
  const { footprint, cells } = await placed(id);
  expect(footprint).toMatchObject({
    matches: true,
    start_day: day('2027-03-01'),
    end_day: day('2027-04-01'),
    stated_corridors: [],
    themes: await bits('theme', 'people_smuggling'),
  });
  expect(cells.map(({ cell }) => cell)).toEqual(
    expect.arrayContaining(['country:BD', 'country:MY', 'corridor:rohingya_andaman']),
  );
  const [bangladesh, malaysia] = ['country:BD', 'country:MY'].map((cell) => cells.find((one) => one.cell === cell));
  expect(bangladesh?.subdivisions).toHaveLength(2);
  expect(bangladesh?.subdivisions).not.toContain(0);
  expect(malaysia?.subdivisions).toEqual([0]);
});

test('a corridor that is stated but on which it has no country is no place to meet', async () => {
  const id = await campaign({ footprint: { days: MARCH, places: ['AU'], corridors: ['rohingya_andaman'] } });
  expect((await footprintOf(id)).corridors).toEqual(await bits('corridor', 'rohingya_andaman'));
  expect(await scopesOf(id)).toEqual(['country:AU']);
});

test('what is undated, unvetted, withdrawn, cancelled or in something cancelled is kept and matches nothing', async () => {
  const footprint = { days: MARCH, places: ['BD'] };
  const undated = await campaign({ footprint: { places: ['BD'] } });
  const stranger = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example stranger', kind: 'media' }));
  const unvetted = await campaign({ owner: stranger, footprint });
  const withdrawn = await programme({ footprint });
  const cancelled = await campaign({ footprint });
  const inside = await entry({ campaign: cancelled, footprint });
  expect(await scopesOf(inside)).toEqual(['country:BD']);
  await world.programmes.withdraw(HUB_VIEWER, { id: withdrawn, expectedVersion: 1 });
  await world.campaigns.cancel(HUB_VIEWER, { id: cancelled, expectedVersion: 1 });
  for (const id of [undated, unvetted, withdrawn, cancelled, inside]) {
    expect(await placed(id)).toMatchObject({ footprint: { matches: false }, cells: [] });
  }
  await world.actors.verify(HUB_VIEWER, { id: stranger, expectedVersion: 1, evidence: 'for a test' });
  expect(await scopesOf(unvetted)).toEqual(['country:BD']);
});

test('an entry that states nothing but days dates its campaign and is not matched itself', async () => {
  const parent = await campaign({ footprint: { places: ['BD'], themes: ['people_smuggling'] } });
  const id = await entry({ campaign: parent, footprint: { days: MARCH } });
  expect(await footprintOf(id)).toMatchObject({ matches: false });
  expect(await footprintOf(parent)).toMatchObject({ matches: true, start_day: day('2027-03-01') });
});

test('an end that is not planned is open', async () => {
  const id = await programme({ footprint: { days: { start: '2027-03-01' }, places: ['BD'] } });
  expect(await footprintOf(id)).toMatchObject({ end_day: OPEN_END });
});

test('messages say whom they deter and protect: those they name, else those of their campaign, also for its entries', async () => {
  const id = await campaign({
    footprint: { days: MARCH, places: ['BD'], audiences: ['prospective_migrant', 'student'] },
    messages: [
      { text: 'Do not go.', stance: 'deter' },
      { text: 'Here is help.', stance: 'protect', audiences: ['returnee'] },
      { text: 'So it is.', stance: 'inform', audiences: ['fisher'] },
    ],
  });
  const part = await entry({ campaign: id, footprint: { days: MARCH, audiences: ['student'] } });
  for (const subject of [id, part]) {
    expect(await footprintOf(subject)).toMatchObject({
      deters: await bits('audience', 'prospective_migrant', 'student'),
      protects: await bits('audience', 'returnee'),
    });
  }
});

test('all that work inside a programme are its partners: those it names and, inside, those above', async () => {
  const partner = await actor({ kind: 'media' });
  const top = await programme({
    footprint: { days: MARCH, places: ['BD'] },
    partners: [{ actor: partner, role: 'funding' }],
  });
  const below = await campaign({ owner: partner, programme: top });
  expect((await footprintOf(top)).partners).toEqual([partner]);
  expect((await footprintOf(below)).partners).toEqual([owner]);
  expect((await footprintOf(below)).ancestors).toEqual([top]);
});

test('resources count that the owner committed to everything, or anybody to the programme', async () => {
  const commitments = [{ kind: 'airtime', description: 'spots on the radio' }];
  const rich = await actor({ kind: 'state_national', commitments });
  const generous = await programme({ commitments, footprint: { days: MARCH, places: ['BD'] } });
  const inside = await campaign({ programme: generous });
  const own = await campaign({ owner: rich, footprint: { days: MARCH, places: ['BD'] } });
  const bare = await campaign({ footprint: { days: MARCH, places: ['BD'] } });
  expect(await footprintOf(inside)).toMatchObject({ committed: true, public_body: false });
  expect(await footprintOf(own)).toMatchObject({ committed: true, public_body: true });
  expect(await footprintOf(bare)).toMatchObject({ committed: false });
});

test('a change tells where the record was and is, once for each that is different now', async () => {
  const top = await programme({ footprint: { days: MARCH, places: ['BD'] } });
  const inside = await campaign({ programme: top, footprint: { days: MARCH } });
  const other = await campaign({ programme: top, footprint: { days: MARCH, places: ['TH'] } });
  await world.settle();
  await world.programmes.revise(HUB_VIEWER, { id: top, expectedVersion: 1, footprint: { places: ['MY'] } });
  const scopes = ['country:BD', 'country:MY'];
  const { changes } = (await rewritten(top)) ?? {};
  expect(changes).toHaveLength(2);
  expect(changes).toContainEqual({ subjectId: top, scopes });
  expect(changes).toContainEqual({ subjectId: inside, scopes });
  expect(await scopesOf(other)).toEqual(['country:TH']);
});

test('a change that matching does not see rewrites nothing', async () => {
  const top = await programme({ footprint: { days: MARCH, places: ['BD'] } });
  await world.settle();
  await world.programmes.revise(HUB_VIEWER, { id: top, expectedVersion: 1, name: 'Another name' });
  expect(await rewritten(top)).toEqual({ changes: [], subjectIds: [] });
});

test('a vetting that expires ends matching on the day after its last', async () => {
  owner = await actor({ kind: 'media', validUntil: '2027-01-01' });
  const id = await campaign({ footprint: { days: MARCH, places: ['BD'] } });
  const refresh = (): Promise<void> => world.worker.unitOfWork.run(HUB_VIEWER, announceExpired);
  await refresh();
  expect(await footprintOf(id)).toMatchObject({ matches: true });
  world.clock.advance(86_400_000);
  await refresh();
  expect(await footprintOf(id)).toMatchObject({ matches: false });
});
