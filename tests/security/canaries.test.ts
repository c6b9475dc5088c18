import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { savedId } from '../support/matching.ts';
import { askAll, probes, questions, takeAll } from './asking.ts';
import { type Asker, type BaseWorld, as, baseWorld, write } from './base-world.ts';
import { readSchema } from './fields.ts';
import { printFigure } from './figure.ts';
import { perform, shareProgramme } from './perform.ts';
import { type SecurityWorld, securityWorld } from './world.ts';

let base: BaseWorld;
let world: SecurityWorld;
beforeAll(async () => {
  base = await baseWorld(99);
  world = await securityWorld(base.database);
}, 120_000);
afterAll(async () => {
  await world.close();
  await base.database.drop();
});

const OUTSIDERS: readonly Asker[] = ['viewer', 'stranger', 'pending', 'observer'];

let planted = 0;
/** A text that occurs nowhere else. */
function canary(): string {
  planted += 1;
  return `Canary${String(planted).padStart(3, '0')}q7x`;
}
const CANARY = /Canary\d{3}q7x/g;

/** Everything that can be written of something hidden, a canary in each text. */
async function plant(): Promise<{ programme: string; campaign: string; entry: string }> {
  const writing = { hub: world.hub, actors: base.actors, keys: base.keys };
  const { actors } = world.hub.app.services;
  const release = { visibility: 'PARTNERS', matching: 'COARSE', placePrecision: 'COUNTRY' };
  const texts = () => ({
    name: canary(),
    names: [{ language: 'bn', text: canary() }],
    description: canary(),
    descriptions: [{ language: 'bn', text: canary() }],
    source: canary(),
    identifier: { scheme: 'example', value: canary() },
    release,
    footprint: { places: ['BD-11'], days: { start: '2027-03-10', end: '2027-03-20' }, themes: ['people_smuggling'] },
  });
  const programme = await write(writing, 'owner', 'registerProgramme', {
    ...texts(),
    exclude: { actors: [base.actors.stranger] },
    mechanisms: [{ name: canary(), description: canary(), howToUse: canary() }],
    commitments: [{ kind: 'OTHER', description: canary(), source: canary() }],
  });
  const message = {
    text: canary(),
    texts: [{ language: 'bn', text: canary() }],
    stance: 'deter',
    source: canary(),
    facts: [{ kind: 'OTHER', subject: canary(), value: canary() }],
  };
  const campaign = await write(writing, 'owner', 'planCampaign', { ...texts(), programme, messages: [message] });
  const materials = [{ title: canary(), url: `https://example.org/${canary()}` }];
  const entry = await write(writing, 'owner', 'addCalendarEntry', { ...texts(), campaign, materials });
  const resources = { kind: 'AIRTIME', description: canary(), quantity: 4, unit: canary(), source: canary() };
  await write(writing, 'owner', 'registerCommitment', { ...resources, programme });
  const evidence = [{ kind: 'OTHER', statement: canary(), source: canary() }];
  const told = { summary: canary(), done: canary(), achieved: canary(), conditions: canary(), source: canary() };
  await write(writing, 'owner', 'draftCaseStudy', { title: canary(), ...told, evidence, clientMutationKey: 'told' });
  const interest = await write(writing, 'owner', 'declareInterest', { topic: 'TRAINING', offers: canary() });
  await write(writing, 'owner', 'withdrawInterest', { id: interest, expectedVersion: 1 });
  const called = await write(writing, 'owner', 'addCalendarEntry', { ...texts(), campaign });
  await write(writing, 'owner', 'cancelCalendarEntry', { id: called, expectedVersion: 1, reason: canary() });
  await shareProgramme(as(writing, 'owner'), { programme, with: base.actors.other, purpose: canary() });
  const contact = {
    of: programme,
    name: canary(),
    email: `${canary()}@example.org`,
    role: canary(),
    purpose: canary(),
  };
  await perform(as(writing, 'owner'), 'addContact', 'AddContactInput', contact);
  await perform(as(writing, 'owner'), 'grantMembership', 'GrantMembershipInput', {
    issuer: 'https://id.example.org',
    subject: canary(),
    label: canary(),
    role: 'VIEWER',
  });
  const vouched = { id: base.actors.pending, expectedVersion: 1, evidence: canary() };
  savedId(await actors.verify(HUB_VIEWER, vouched));
  savedId(await actors.suspend(HUB_VIEWER, { id: base.actors.pending, expectedVersion: 2, reason: canary() }));
  await world.settle();
  return { programme, campaign, entry };
}

test('S4: nothing written of something hidden shows up in what others are answered, in logs, or in what waits to be done', async () => {
  const hidden = await plant();
  const found: string[] = [];
  let looked = 0;
  for (const asker of OUTSIDERS) {
    const curiosity = {
      hidden,
      owner: base.actors.owner,
      visible: Object.values(base.records),
      own: asker === 'viewer' ? { actor: base.actors.viewer, programme: base.records.own } : null,
      word: 'Canary',
      code: { scheme: 'example', value: 'canary' },
      place: 'BD-11',
      day: '2027-03-11',
      coordinates: false,
    };
    const client = as({ hub: world.hub, actors: base.actors, keys: base.keys }, asker);
    const asked = await askAll(client, [...questions(readSchema(), curiosity), ...probes(curiosity)]);
    const answers = new Map([...asked, ...(await takeAll(world.hub.url, client))]);
    looked += answers.size;
    for (const [name, answer] of answers)
      found.push(...[...answer.matchAll(CANARY)].map(([text]) => `${text} in the answer to ${asker}: ${name}`));
  }
  await world.settle();
  found.push(...world.hub.logged.flatMap((line) => [...line.matchAll(CANARY)].map(([text]) => `${text} in the log`)));
  for (const [table, rows] of await waiting()) {
    looked += rows.length;
    found.push(...rows.flatMap((row) => [...row.matchAll(CANARY)].map(([text]) => `${text} in ${table}`)));
  }
  printFigure(
    'S4',
    `${String(planted)} canaries, ${String(looked + world.hub.logged.length)} answers, log lines and rows looked at, ${String(found.length)} found`,
  );
  expect(found).toEqual([]);
  expect(planted).toBeGreaterThan(30);
}, 120_000);

test('the owner reads what was planted: a canary that nobody can find proves nothing', async () => {
  const client = as({ hub: world.hub, actors: base.actors, keys: base.keys }, 'owner');
  const answers = await askAll(client, [
    { name: 'own', document: '{ programmes(first: 100) { nodes { name description mechanisms { name } } } }' },
  ]);
  expect([...answers.values()].join(' ').match(CANARY)?.length).toBeGreaterThan(2);
});

/** Every row of the tables through which events, jobs, retries and records of actions pass, as text. */
async function waiting(): Promise<[table: string, rows: string[]][]> {
  return withClient(world.database.adminUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
       where relkind in ('r', 'p') and (nspname = 'queue'
         or nspname = 'app' and relname in ('outbox_event', 'idempotency', 'audit', 'overlap', 'suggestion', 'composition',
           'footprint', 'footprint_cell', 'worker_heartbeat', 'failed_job', 'notification',
           'notification_preference', 'digest_recipient', 'digest', 'webhook_delivery'))`,
    );
    const all: [string, string[]][] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      all.push([name, rows.map(({ row }) => row)]);
    }
    return all;
  });
}
