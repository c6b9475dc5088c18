import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { revokeApiKey } from '../support/access.ts';
import { concord } from '../support/command-line.ts';
import { iatiFile } from '../support/iati-file.ts';
import type { Client } from '../support/hub.ts';
import { subscribeByWebSocket } from '../support/streams.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 180_000 });

let hub: WorkingHub;
let coordinator: Client;
let editor: Client;

beforeAll(async () => {
  hub = await workingHub();
  coordinator = await hub.as('coordinator');
  editor = await hub.as('editor', await hub.actor({ name: 'Example Relief' }));
});
afterAll(() => hub.close());

interface Run {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly failure: string | null;
  readonly counts: Readonly<Record<string, number>> | null;
}
const RUN = 'id state version failure counts { rows distinct created changed unchanged merged refused registered }';

function post(
  client: Client | null,
  path: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${hub.url}${path}`, { method: 'POST', body, headers: { ...client?.headers, ...headers } });
}

async function send(client: Client, content: string, path = '/imports?name=plan.xml'): Promise<string> {
  const response = await post(client, path, content);
  const { id } = (await response.json()) as { id: string };
  expect({ status: response.status, id }).toEqual({ status: 201, id: expect.stringMatching(/^imp_/) });
  return id;
}

async function run(client: Client, id: string): Promise<Run | null> {
  await hub.workers.quiet();
  return (await client.query<{ importRun: Run | null }>(`query ($id: ID!) { importRun(id: $id) { ${RUN} } }`, { id }))
    .importRun;
}

async function step(client: Client, name: string, input: object): Promise<Run & { readonly __typename: string }> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { result } = await client.query<{ result: Run & { __typename: string } }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on ImportRun { ${RUN} } ... on Problem { code message } } }`,
    { input },
  );
  return result;
}

test('a file is sent, read, applied, found again by its items, and rolled back', async () => {
  const id = await send(coordinator, iatiFile(['A', 'B', 'C']));
  const ready = await run(coordinator, id);
  expect(ready).toMatchObject({ state: 'READY', counts: { rows: 3, distinct: 3, created: 3, refused: 0 } });
  const none = await coordinator.query<{ programmes: { totalCount: number } }>('{ programmes { totalCount } }');
  expect(none.programmes.totalCount).toBe(0);

  expect(await step(coordinator, 'applyImport', { id, expectedVersion: ready?.version })).toMatchObject({
    state: 'APPLYING',
  });
  const applied = await run(coordinator, id);
  expect(applied).toMatchObject({ state: 'APPLIED', counts: { created: 3 } });
  const { importRun } = await coordinator.query<{ importRun: { items: { totalCount: number; nodes: unknown[] } } }>(
    `query ($id: ID!) { importRun(id: $id) { items(first: 2, filter: { outcomes: [CREATED] }) { totalCount
      nodes { rows outcome name changedFields remarks { row reason } undone record { __typename id name } } } } }`,
    { id },
  );
  expect(importRun.items.totalCount).toBe(3);
  expect(importRun.items.nodes[0]).toMatchObject({
    name: 'Activity A',
    outcome: 'CREATED',
    record: { __typename: 'Programme', name: 'Activity A' },
  });

  await step(coordinator, 'rollBackImport', { id, expectedVersion: applied?.version });
  expect(await run(coordinator, id)).toMatchObject({ state: 'ROLLED_BACK' });
});

test('a file that cannot be read fails with a sentence that names file, line and reason', async () => {
  const id = await send(coordinator, '<iati-activities>\n<!DOCTYPE x></iati-activities>');
  const { state, failure } = (await run(coordinator, id)) ?? {};
  expect(state).toBe('FAILED');
  expect(failure).toMatch(/^plan\.xml line 2: /);
});

test('nobody is asked for a body before they are let in, and who may only read is refused', async () => {
  expect((await post(null, '/imports?name=a.xml', 'x')).status).toBe(401);
  const observer = await hub.as('observer');
  expect((await post(observer, '/imports?name=a.xml', 'x')).status).toBe(403);
});

test('more than 10 MB are refused with what helps', async () => {
  const response = await post(editor, '/imports?name=large.csv', new Uint8Array(10 * 1024 * 1024 + 1));
  expect(response.status).toBe(413);
  expect(await response.json()).toEqual({
    errors: [{ message: expect.stringContaining('at most 10 MB') as string, extensions: { code: 'LIMIT_EXCEEDED' } }],
  });
});

test('without a name or a body the upload is refused', async () => {
  expect((await post(editor, '/imports', 'x')).status).toBe(400);
  expect((await post(editor, '/imports?name=a.xml', '')).status).toBe(400);
});

test('sending with the same key is sending once, and with another file a conflict', async () => {
  const headers = { 'idempotency-key': 'once-only' };
  const first = (await (await post(coordinator, '/imports?name=a.xml', iatiFile(['A']), headers)).json()) as object;
  const second = (await (await post(coordinator, '/imports?name=a.xml', iatiFile(['A']), headers)).json()) as object;
  expect(second).toEqual(first);
  expect((await post(coordinator, '/imports?name=a.xml', iatiFile(['B']), headers)).status).toBe(409);
});

test('an import is hidden from everybody but its party', async () => {
  const id = await send(editor, iatiFile(['A']));
  const other = await hub.as('editor', await hub.actor({ name: 'Example Other' }));
  for (const stranger of [other, coordinator, await hub.as('observer')]) {
    expect(await run(stranger, id)).toBeNull();
    const { node, importRuns } = await stranger.query<{ node: unknown; importRuns: { nodes: { id: string }[] } }>(
      'query ($id: ID!) { node(id: $id) { id } importRuns(first: 100) { nodes { id } } }',
      { id },
    );
    expect(node).toBeNull();
    expect(importRuns.nodes.map((one) => one.id)).not.toContain(id);
  }
  expect(await step(other, 'applyImport', { id, expectedVersion: 1 })).toMatchObject({ __typename: 'NotFound' });
  const colleague = await hub.as('planner', editor.actorId);
  expect(await run(colleague, id)).toMatchObject({ id });
});

test('an editor whose file is of others writes nothing for them', async () => {
  const id = await send(editor, iatiFile(['A', 'B'], 'Example Other'));
  expect(await run(editor, id)).toMatchObject({ state: 'READY', counts: { rows: 2, created: 0, refused: 2 } });
});

test('of a sender whose key was revoked in the meantime nothing is applied, whoever asks for it', async () => {
  const party = await hub.actor({ name: 'Example Revoked' });
  const [sender, colleague] = [await hub.as('editor', party), await hub.as('editor', party)];
  const id = await send(sender, iatiFile(['R'], 'Example Revoked'));
  const ready = await run(sender, id);
  expect(ready).toMatchObject({ state: 'READY', counts: { created: 1 } });
  const stored = <T extends object>(statement: string, value: string): Promise<T[]> =>
    withClient(hub.database.adminUrl, async (client) => (await client.query<T>(statement, [value])).rows);
  const [from] = await stored<{ key: string }>('select sender_key as key from app.import_run where id = $1', id);
  expect(await revokeApiKey(colleague, from?.key ?? '')).toMatchObject({ __typename: 'ApiKey' });
  await step(colleague, 'applyImport', { id, expectedVersion: ready?.version });
  expect(await run(colleague, id)).toMatchObject({
    state: 'FAILED',
    failure: 'Whoever sent it is not let in any more.',
  });
  expect(await stored('select id from app.programme where owner_id = $1', party)).toEqual([]);
});

test('whom a name may mean is shown before a file is applied, and asked in the queue after it', async () => {
  const [one, other] = [await hub.actor({ name: 'Example Twin' }), await hub.actor({ name: 'Example Twin' })];
  const id = await send(coordinator, iatiFile(['T'], 'Example Twin'));
  const ready = await run(coordinator, id);
  expect(ready).toMatchObject({ state: 'READY', counts: { refused: 1, registered: 0 } });
  const { importRun } = await coordinator.query<{ importRun: { matches: unknown[] } }>(
    'query ($id: ID!) { importRun(id: $id) { matches { name actor { id } candidates { actor { id } confidence } } } }',
    { id },
  );
  const candidates = [one, other].sort().map((actor) => ({ actor: { id: actor }, confidence: expect.any(Number) }));
  expect(importRun.matches).toEqual([{ name: 'Example Twin', actor: null, candidates }]);
  const asked = (): Promise<{ nameQuestions: { nodes: { name: string }[] } }> =>
    coordinator.query('{ nameQuestions(first: 100) { nodes { name } } }');
  expect((await asked()).nameQuestions.nodes).toEqual([]);
  await step(coordinator, 'applyImport', { id, expectedVersion: ready?.version });
  await run(coordinator, id);
  expect((await asked()).nameQuestions.nodes).toEqual([{ name: 'Example Twin' }]);
});

test('a subscriber hears how an import goes, and of no other', async () => {
  const other = await send(coordinator, iatiFile(['P']));
  const id = await send(coordinator, iatiFile(['Q']));
  const ready = await run(coordinator, id);
  const stream = await subscribeByWebSocket<{ importProgressed: Run }>(
    hub.url,
    coordinator,
    `subscription ($id: ID!) { importProgressed(id: $id) { ${RUN} } }`,
    { id },
  );
  const otherReady = await run(coordinator, other);
  await step(coordinator, 'applyImport', { id: other, expectedVersion: otherReady?.version });
  await step(coordinator, 'applyImport', { id, expectedVersion: ready?.version });
  const states: string[] = [];
  while (states.at(-1) !== 'APPLIED') {
    const { importProgressed } = await stream.next();
    expect(importProgressed.id).toBe(id);
    states.push(importProgressed.state);
  }
  expect(states.length).toBeGreaterThan(0);
  await stream.close();
});

test('the command line imports a file, and prints the counts as JSON', async () => {
  const { mkdtemp, writeFile, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = await mkdtemp(join(tmpdir(), 'concord-import-'));
  try {
    const file = join(folder, 'cli.xml');
    await writeFile(file, iatiFile(['X', 'Y']));
    const environment = { CONCORD_URL: hub.url, CONCORD_API_KEY: coordinator.key };
    const counts = { rows: 2, distinct: 2, created: 2, changed: 0, unchanged: 0, merged: 0, refused: 0 };
    const rehearsal = await concord(['import', '--dry-run', '--json', file], environment).ended;
    expect({ ...rehearsal, out: JSON.parse(rehearsal.out) as unknown }).toMatchObject({
      code: 0,
      out: { ...counts, state: 'READY' },
    });
    const done = await concord(['import', '--json', '--vouch', file], environment).ended;
    expect({ ...done, out: JSON.parse(done.out) as unknown }).toMatchObject({
      code: 0,
      out: { ...counts, state: 'APPLIED' },
    });
    const again = await concord(['import', '--json', file], environment).ended;
    expect(JSON.parse(again.out)).toMatchObject({ created: 0, unchanged: 2 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
