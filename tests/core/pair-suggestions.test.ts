import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { isClean, sayReport } from '../../core/reconcile/report.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';
import { reconcile } from '../support/world-checks.ts';

/** The hub's day is 1 January 2027. */
let world: SuggestingWorld;

beforeEach(async () => {
  world = await suggestingWorld();
});
afterEach(() => world.close());

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly version: number;
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly scope: string;
  readonly title: string;
  readonly explanation: string;
}

async function rows(): Promise<Row[]> {
  const result = await sql<Row>`
    select id, kind, status, version, starts_on::text, ends_on::text, scope, title, explanation
    from suggestion order by starts_on, created_at, id`.execute(world.worker.orm.em.fork().getKysely());
  return result.rows;
}

async function only(): Promise<Row> {
  const found = await rows();
  const [row] = found;
  if (!row || found.length > 1) throw new Error(`expected one suggestion, found ${JSON.stringify(found)}`);
  return row;
}

const SCHOOLS = { audiences: ['student'], themes: ['child_protection'], channels: ['radio'] };
const CAMPS = { corridors: ['rohingya_andaman'], audiences: ['refugee_in_camp'], themes: ['people_smuggling'] };

async function campaign(place: string, start: string, end: string, footprint: object, rest: object = {}) {
  const owner = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example actor', kind: 'national_ngo' }));
  savedId(await world.actors.verify(HUB_VIEWER, { id: owner, expectedVersion: 1, evidence: 'for a test' }));
  const days = { start, end };
  const input = { name: 'Example', owner, footprint: { days, places: [place], ...footprint }, ...rest };
  return savedId(await world.campaigns.plan(HUB_VIEWER, input));
}

const move = async (id: string, expectedVersion: number, start: string, end: string): Promise<void> => {
  savedId(await world.campaigns.reschedule(HUB_VIEWER, { id, expectedVersion, days: { start, end } }));
  await world.settleAll();
};

async function expectReconciled(): Promise<void> {
  const report = await reconcile(world);
  expect(sayReport(report)).toContain('Everything stored is what the registry says.');
  expect(isClean(report)).toBe(true);
}

describe('two that miss each other by some days', () => {
  test('in a country without a corridor are told how either could move', async () => {
    await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS);
    await campaign('NZ', '2027-03-31', '2027-04-13', SCHOOLS);
    await world.settleAll();
    expect(await only()).toMatchObject({
      kind: 'ALIGN_DATES',
      status: 'OPEN',
      scope: 'country:NZ',
      starts_on: '2027-03-01',
      ends_on: '2027-04-13',
      title: 'Align dates in New Zealand: child protection, 1 March – 13 April 2027',
      explanation:
        'Two actors in New Zealand speak to students about child protection but miss each other by ten days: they would share ' +
        '14 days if the earlier one moved to 13 March – 1 April 2027 (twelve days later) and the later one moved to ' +
        '19 March – 1 April 2027 (twelve days earlier); or 14 days if the earlier one moved to 25 March – 13 April 2027 (24 days later); ' +
        'or 14 days if the later one moved to 7–20 March 2027 (24 days earlier).',
    });
    await expectReconciled();
  });

  test('across countries are told so on their corridor', async () => {
    const also = { languages: ['bn'], channels: ['radio'] };
    await campaign('BD', '2027-03-01', '2027-03-20', { ...CAMPS, ...also });
    await campaign('MY', '2027-03-25', '2027-04-10', { ...CAMPS, ...also });
    await world.settleAll();
    expect(await only()).toMatchObject({ kind: 'ALIGN_DATES', scope: 'corridor:rohingya_andaman' });
    await expectReconciled();
  });

  test('keep their suggestion while they move a little, and what brings them together ends it', async () => {
    await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS);
    const later = await campaign('NZ', '2027-03-31', '2027-04-13', SCHOOLS);
    await world.settleAll();
    const { id } = await only();
    await move(later, 1, '2027-03-28', '2027-04-10');
    expect(await only()).toMatchObject({ id, status: 'OPEN', version: 2, ends_on: '2027-04-10' });
    await move(later, 2, '2027-03-10', '2027-03-23');
    expect((await rows()).map(({ kind, status }) => [kind, status])).toEqual([
      ['ALIGN_DATES', 'LAPSED'],
      ['AVOID_DUPLICATION', 'OPEN'],
    ]);
    await expectReconciled();
  });

  test('are not told again after it was dismissed, until one moves by more than two weeks', async () => {
    await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS);
    const later = await campaign('NZ', '2027-03-31', '2027-04-13', SCHOOLS);
    await world.settleAll();
    const { id, version } = await only();
    savedId(await world.suggestions.dismiss(HUB_VIEWER, { id, expectedVersion: version, reason: 'for a test' }));
    await move(later, 1, '2027-04-05', '2027-04-20');
    expect((await rows()).map(({ status }) => status)).toEqual(['DISMISSED']);
    await move(later, 2, '2027-04-20', '2027-05-10');
    expect((await rows()).map(({ status }) => status).sort()).toEqual(['DISMISSED', 'OPEN']);
    await expectReconciled();
  });

  test('are not told any more once the earlier one is over', async () => {
    await campaign('NZ', '2027-01-02', '2027-01-05', SCHOOLS);
    await campaign('NZ', '2027-01-20', '2027-01-31', SCHOOLS);
    await world.settleAll();
    const { version, explanation } = await only();
    await world.turnDay(1);
    const told = await only();
    expect(told.explanation).not.toBe(explanation); // what has begun no longer moves
    expect(told).toMatchObject({ status: 'OPEN', version }); // and who endorsed has endorsed this: only a day has passed
    await world.turnDay(5);
    expect(await only()).toMatchObject({ status: 'LAPSED' });
    await world.turnDay(30);
    await expectReconciled();
  });
});

describe('messages that oppose each other', () => {
  const saying = (stance: string) => ({ messages: [{ text: 'Example.', stance }] });

  test('become a suggestion to both, which lapses when one says something else', async () => {
    await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS, saying('deter'));
    const second = await campaign('NZ', '2027-03-10', '2027-04-13', SCHOOLS, saying('protect'));
    await world.settleAll();
    expect(await only()).toMatchObject({
      kind: 'RESOLVE_CONTRADICTION',
      scope: 'country:NZ',
      title: 'Contradicting messages to students in New Zealand, 10–20 March 2027',
      explanation:
        'Two actors in New Zealand speak to students about child protection between 10 and 20 March 2027, and their messages oppose ' +
        'each other: one deters, the other protects; they should agree on what these people are told.',
    });
    await expectReconciled();
    savedId(await world.campaigns.revise(HUB_VIEWER, { id: second, expectedVersion: 1, ...saying('inform') }));
    await world.settleAll();
    expect((await rows()).map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ['AVOID_DUPLICATION', 'OPEN'],
      ['RESOLVE_CONTRADICTION', 'LAPSED'],
    ]);
    await expectReconciled();
  });
});

describe('numbers to call that differ', () => {
  const giving = (value: string, rest: object = {}) => ({
    messages: [{ text: 'Example.', stance: 'inform', facts: [{ kind: 'hotline', subject: 'Help', value }] }],
    ...rest,
  });

  interface Told {
    readonly view: string;
    readonly lister: string;
  }

  /** In whose lists, and in which view, something diverges. */
  async function diverging(): Promise<Told[]> {
    const { rows: found } = await sql<Told>`
      select view, a_id as lister from overlap where divergence is not null order by view, a_id`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    return found;
  }

  test('become a suggestion to both, until one is corrected', async () => {
    await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS, giving('0800 111 222'));
    const second = await campaign('NZ', '2027-03-10', '2027-04-13', SCHOOLS, giving('0800 333 444'));
    await world.settleAll();
    expect(await only()).toMatchObject({
      kind: 'RESOLVE_CONTRADICTION',
      explanation:
        'Two actors in New Zealand speak to students about child protection between 10 and 20 March 2027, and their messages give ' +
        'different numbers to call; they should agree on what these people are told.',
    });
    await expectReconciled();
    const corrected = { id: second, expectedVersion: 1, ...giving('0800-111-222') };
    savedId(await world.campaigns.revise(HUB_VIEWER, corrected));
    await world.settleAll();
    expect((await rows()).map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ['AVOID_DUPLICATION', 'OPEN'],
      ['RESOLVE_CONTRADICTION', 'LAPSED'],
    ]);
    await expectReconciled();
  });

  test('of a campaign that not every member may read are compared for its own owner alone', async () => {
    await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS, giving('0800 111 222'));
    const hidden = { release: { visibility: 'partners', matching: 'full' } };
    const second = await campaign('NZ', '2027-03-10', '2027-04-13', SCHOOLS, giving('0800 333 444', hidden));
    await world.settleAll();
    expect(await diverging()).toEqual([{ view: 'own', lister: second }]);
    expect(await only()).toMatchObject({ kind: 'AVOID_DUPLICATION' });
    await expectReconciled();
  });

  test('reach nobody in clear: footprints hold what can only be compared', async () => {
    const id = await campaign('NZ', '2027-03-01', '2027-03-20', SCHOOLS, giving('0800 111 222'));
    await world.settleAll();
    const { rows: found } = await sql<{ stored: string }>`
      select footprint::text as stored from footprint where subject_id = ${id}`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    expect(found[0]?.stored).toContain('hotline');
    expect(found[0]?.stored).not.toMatch(/111|help/i);
  });
});
