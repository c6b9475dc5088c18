import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeRegistry } from '../../bench/world/registry.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { issued, revokeApiKey } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';

/** More than all buffers between a server and a client hold. */
const ENTRIES = 3_000;

let hub: TestHub;
let client: Client;
beforeAll(async () => {
  hub = await testHub();
  await withClient(hub.database.adminUrl, async (admin) => {
    await admin.query('set role concord_owner');
    await admin.query('set search_path = app, public');
    await writeRegistry(admin, { entries: ENTRIES, seed: 7 });
    await admin.query("update calendar_entry set description = repeat('long ', 3000)");
  });
}, 120_000);
afterAll(() => hub.close());
beforeEach(async () => {
  client = await hub.as('coordinator');
});

const PATH = '/exports/calendar.csv';
const ask = (by: Client): Promise<Response> => fetch(`${hub.url}${PATH}`, { headers: by.headers });

interface Begun {
  leave(): void;
  /** Takes what is still to be had; whether that is all of it. */
  takeRest(): Promise<boolean>;
}

/** Begins to take a list, and takes no more than its first bytes. */
function begin(by: Client): Promise<Begun> {
  return new Promise((resolve, reject) => {
    const request = httpGet(`${hub.url}${PATH}`, { headers: by.headers, agent: false }, (response) => {
      const over = new Promise<boolean>((end) => {
        response.once('error', () => undefined);
        response.once('close', () => {
          end(response.complete);
        });
      });
      response.once('data', () => {
        response.pause();
        const takeRest = (): Promise<boolean> => {
          response.resume();
          return over;
        };
        resolve({ leave: () => request.destroy(), takeRest });
      });
    });
    request.once('error', reject);
  });
}

/** Transactions of exports that PostgreSQL has open. */
function openSnapshots(): Promise<number> {
  return withClient(hub.database.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and application_name = 'test-server' and xact_start is not null`,
    );
    return rows[0]?.n ?? 0;
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((wait) => setTimeout(wait, 20));
}

test('a list that nobody takes any more lets go of the database when its client leaves', async () => {
  const under = await begin(client);
  expect(await openSnapshots()).toBe(1);
  under.leave();
  await until(async () => (await openSnapshots()) === 0);
  const again = await ask(client);
  expect([again.status, again.headers.get('concord-rows')]).toEqual([200, String(ENTRIES)]);
  await again.body?.cancel();
  await until(async () => (await openSnapshots()) === 0);
});

test('a key whose right ends has no more of what it was taking, and what it has is no whole file', async () => {
  const key = await issued(client, { label: 'leaving', role: 'COORDINATOR' });
  const under = await begin(hub.present(key.text));
  await revokeApiKey(client, key.id);
  await until(async () => (await openSnapshots()) === 0);
  expect(await under.takeRest()).toBe(false);
});

test('a key takes one list at a time, a hub three; whoever comes too many is told when to come again', async () => {
  const others = await Promise.all([1, 2, 3].map(() => hub.as('coordinator')));
  const under = [];
  for (const other of others) under.push(await begin(other));
  const [first] = others;
  for (const by of [first, client]) {
    if (!by) throw new Error('nobody asks');
    const refused = await ask(by);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    await refused.text();
  }
  for (const one of under) one.leave();
  await until(async () => (await openSnapshots()) === 0);
});

test('every record comes through once, in the order of the list', async () => {
  const text = await (await ask(client)).text();
  const ids = [...text.matchAll(/^(ent_[a-z0-9]+),/gm)].map(([, id]) => id);
  expect(ids).toHaveLength(ENTRIES);
  expect(new Set(ids).size).toBe(ENTRIES);
});
