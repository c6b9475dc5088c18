import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { CommitmentService } from '../../core/commitments/commitment.service.ts';
import { PracticeService } from '../../core/practices/practice.service.ts';
import { isClean, sayReport } from '../../core/reconcile/report.ts';
import type { GivenReason } from '../../core/suggestions/reason.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';
import { reconcile } from '../support/world-checks.ts';

let world: SuggestingWorld;
let practices: PracticeService;
let commitments: CommitmentService;
let owner: string;
let other: string;

beforeAll(async () => {
  world = await suggestingWorld();
  practices = new PracticeService(world.app.unitOfWork, world.app.vocabulary);
  commitments = new CommitmentService(world.app.unitOfWork, world.app.vocabulary);
  owner = await actor('the department');
  other = await actor('another');
  // Both work in labour migration, one in Indonesia, one in Hong Kong; by radio and Facebook.
  await campaign(other, { places: ['ID'], channels: ['radio'], corridors: ['asia_gcc'] });
  await campaign(await actor('a third'), { places: ['HK'], channels: ['facebook'], corridors: ['ph_global'] });
  await world.settleAll();
});
afterAll(() => world.close());

async function actor(name: string): Promise<string> {
  const id = savedId(await world.actors.register(HUB_VIEWER, { name: `Example ${name}`, kind: 'national_ngo' }));
  savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
  return id;
}

const WORK = { audiences: ['prospective_migrant'], themes: ['fraudulent_recruitment'] };

async function campaign(by: string, fields: object): Promise<string> {
  const days = { start: '2027-01-10', end: '2027-03-20' };
  const input = { name: 'Example', owner: by, footprint: { ...WORK, days, ...fields } };
  return savedId(await world.campaigns.plan(HUB_VIEWER, input));
}

async function publish(fields: object): Promise<string> {
  const text = { title: 'Secret title', summary: 'Example', done: 'Example', achieved: 'Example' };
  const input = { ...text, owner, places: ['PH'], channels: ['help_desk'], ...WORK, ...fields };
  const id = savedId(await practices.draft(HUB_VIEWER, input));
  return savedId(await practices.publish(HUB_VIEWER, { id, expectedVersion: 1 }));
}

interface Shown {
  readonly about: string;
  readonly scope: string;
  readonly status: string;
  readonly title: string;
  readonly explanation: string;
  readonly countries: string[];
  readonly reasons: GivenReason[];
}

async function shown(): Promise<Shown[]> {
  const { rows } = await sql<Shown>`select about, scope, status, title, explanation, countries, reasons from suggestion
    where kind = 'REPLICATE_PRACTICE' and status in ('OPEN', 'DISMISSED') order by scope, about`.execute(
    world.worker.orm.em.fork().getKysely(),
  );
  return rows;
}

const places = async (): Promise<string[]> => (await shown()).map(({ scope }) => scope);

/** Withdraws it, so that the next test begins without. */
async function withdraw(id: string, expectedVersion: number): Promise<void> {
  savedId(await practices.withdraw(HUB_VIEWER, { id, expectedVersion }));
  await world.settleAll();
  expect(await shown()).toEqual([]);
}

async function expectClean(): Promise<void> {
  const report = await reconcile(world);
  expect(sayReport(report)).toContain('Everything stored is what the registry says.');
  expect(isClean(report)).toBe(true);
}

test('a published case study is suggested on its corridor where nobody works so, and no draft is', async () => {
  const draft = { title: 'Draft', owner, places: ['PH'], channels: ['help_desk'], corridors: ['ph_global'], ...WORK };
  savedId(await practices.draft(HUB_VIEWER, draft));
  const evidence = [{ kind: 'evaluation', statement: 'It worked', source: 'Example' }];
  const id = await publish({ corridors: ['ph_global'], evidence });
  await world.settleAll();
  const [suggestion, ...others] = await shown();
  expect(others).toEqual([]);
  expect(suggestion).toMatchObject({ about: id, scope: 'corridor:ph_global', countries: ['HK'] });
  expect(suggestion?.explanation).toBe(
    'A practice from the Philippines could be replicated on the corridor “Philippines, overseas work” in Hong Kong: between ' +
      '10 January and 20 March 2027 one actor there speaks to prospective migrants about fraudulent recruitment, and nobody is known ' +
      'to use help desks for it, as this practice did; an evaluation or a survey speaks for it.',
  );
  expect(JSON.stringify(suggestion)).not.toContain('Secret title');
  expect(suggestion?.reasons).toContainEqual({
    code: 'NOBODY_DOES',
    parameters: [{ name: 'CHANNELS', values: ['help_desk'] }],
  });
  expect(suggestion?.reasons).toContainEqual({ code: 'PRACTICE', parameters: [{ name: 'COUNTRIES', values: ['PH'] }] });
  await expectClean();
  await withdraw(id, 2);
  await expectClean();
});

test('one that names no corridor is suggested in each country where it fits, but its own', async () => {
  const id = await publish({ places: ['HK'] });
  await world.settleAll();
  expect(await places()).toEqual(['country:ID']);
  savedId(await practices.revise(HUB_VIEWER, { id, expectedVersion: 2, places: ['PH'] }));
  await world.settleAll();
  expect(await places()).toEqual(['country:HK', 'country:ID']);
  await expectClean();
  savedId(await practices.revise(HUB_VIEWER, { id, expectedVersion: 3, corridors: ['ph_global'] }));
  await world.settleAll();
  expect(await places()).toEqual(['corridor:ph_global']);
  savedId(await practices.revise(HUB_VIEWER, { id, expectedVersion: 4, themes: ['gbv_on_route'] }));
  await world.settleAll();
  expect(await places()).toEqual([]);
  await expectClean();
  await withdraw(id, 5);
});

test('it goes when somebody does so, and comes when somebody begins to speak alike elsewhere', async () => {
  const id = await publish({});
  await world.settleAll();
  const doing = await campaign(await actor('doing so'), { places: ['ID-JI'], channels: ['help_desk'] });
  await world.settleAll();
  expect(await places()).toEqual(['country:HK']);
  await world.campaigns.cancel(HUB_VIEWER, { id: doing, expectedVersion: 1 });
  const beginning = await campaign(other, { places: ['LK'], channels: ['radio'] });
  await world.settleAll();
  expect(await places()).toEqual(['country:HK', 'country:ID', 'country:LK']);
  await expectClean();
  await world.campaigns.cancel(HUB_VIEWER, { id: beginning, expectedVersion: 1 });
  await withdraw(id, 2);
});

test('one of an actor that is suspended, or whose vetting has run out, is suggested nowhere', async () => {
  const id = await publish({ corridors: ['ph_global'] });
  await world.settleAll();
  expect(await places()).toEqual(['corridor:ph_global']);
  const version = async (): Promise<number> => {
    const { rows } = await sql<{ version: number }>`select version from actor where id = ${owner}`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    return rows[0]?.version ?? 0;
  };
  savedId(
    await world.actors.suspend(HUB_VIEWER, { id: owner, expectedVersion: await version(), reason: 'for a test' }),
  );
  await world.settleAll();
  expect(await places()).toEqual([]);
  const vouching = { id: owner, expectedVersion: await version(), evidence: 'for a test', validUntil: '2027-01-02' };
  savedId(await world.actors.verify(HUB_VIEWER, vouching));
  await world.settleAll();
  expect(await places()).toEqual(['corridor:ph_global']);
  await world.turnDay(2);
  expect(await places()).toEqual([]);
  await expectClean();
  savedId(await world.actors.verify(HUB_VIEWER, { ...vouching, expectedVersion: await version(), validUntil: null }));
  await world.settleAll();
  expect(await places()).toEqual(['corridor:ph_global']);
  await withdraw(id, 2);
});

test('a dismissed one is not suggested again while it is much the same', async () => {
  const id = await publish({ corridors: ['ph_global'] });
  await world.settleAll();
  const { rows } = await sql<{ id: string }>`select id from suggestion where about = ${id}`.execute(
    world.worker.orm.em.fork().getKysely(),
  );
  const input = { id: rows[0]?.id, expectedVersion: 1, reason: 'for a test' };
  savedId(await world.suggestions.dismiss(HUB_VIEWER, input));
  savedId(await practices.revise(HUB_VIEWER, { id, expectedVersion: 2, channels: ['help_desk', 'hotline'] }));
  await world.settleAll();
  expect((await shown()).map(({ status }) => status)).toEqual(['DISMISSED']);
  await expectClean();
  savedId(await practices.withdraw(HUB_VIEWER, { id, expectedVersion: 3 }));
  await world.settleAll();
});

test('committed resources count as long as they last', async () => {
  const committed = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from footprint where committed`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    return rows[0]?.count ?? 0;
  };
  const today = new Date(world.clock.now()).toISOString().slice(0, 10);
  const input = { owner: other, kind: 'airtime', description: 'Example', quantity: 40, unit: 'hours', validTo: today };
  savedId(await commitments.register(HUB_VIEWER, input));
  await world.settleAll();
  const while_ = await committed();
  expect(while_).toBeGreaterThan(0);
  await world.turnDay(1);
  expect(await committed()).toBe(0);
  await expectClean();
  const lasting = savedId(await commitments.register(HUB_VIEWER, { ...input, validTo: null }));
  await world.settleAll();
  expect(await committed()).toBe(while_);
  savedId(await commitments.end(HUB_VIEWER, { id: lasting, expectedVersion: 1 }));
  await world.settleAll();
  expect(await committed()).toBe(0);
  await expectClean();
});
