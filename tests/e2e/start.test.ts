import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const NODE = join(process.cwd(), 'node_modules/.bin/node');
const MINUTE = 60_000;
const KINDS = [
  'JOINT_CAMPAIGN',
  'ALIGN_DATES',
  'AVOID_DUPLICATION',
  'RESOLVE_CONTRADICTION',
  'LEVERAGE_CHANNEL',
  'FILL_GAP',
  'REPLICATE_PRACTICE',
];
const KEY_NAMES = ['coordinator', 'ngo', 'state', 'diaspora', 'observer'];

/** `npm start` without npm: one process of the built hub, and everything it has printed. */
interface Start {
  readonly child: ChildProcess;
  printed(): string;
  /** Resolves with the address once the hub says that it is ready. */
  ready(): Promise<string>;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
}

function start(environment: Record<string, string>): Start {
  const child = spawn(NODE, ['dist/main.js'], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  const ready = Promise.withResolvers<string>();
  const read = (chunk: Buffer): void => {
    printed += String(chunk);
    const [, url] = /is ready after .* at (\S+)\n[^]*Ctrl-C/.exec(printed) ?? [];
    if (url !== undefined) ready.resolve(url);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  void ended.then((code) => {
    ready.reject(new Error(`ended with ${String(code)} instead of being ready:\n${printed}`));
  });
  ready.promise.catch(() => undefined);
  return { child, printed: () => printed, ready: () => ready.promise, ended: () => ended };
}

async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'concord-start-'));
}

async function ask(url: string, key: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function keysIn(folder: string): Promise<Record<string, string>> {
  return z.record(z.string(), z.string()).parse(JSON.parse(await readFile(join(folder, 'demo-keys.json'), 'utf8')));
}

beforeAll(() => {
  execFileSync(NODE, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck']);
}, 2 * MINUTE);

describe('a start on an empty folder', () => {
  let folder: string;
  let hub: Start;
  let url: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    hub = start({ CONCORD_DATA: folder });
    url = await hub.ready();
  }, 2 * MINUTE);
  afterAll(async () => {
    hub.child.kill('SIGTERM');
    await hub.ended();
    await rm(folder, { recursive: true, force: true });
  });

  test('prints at most 25 lines, with three suggestions that name several countries and the keys', () => {
    const lines = hub.printed().trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(25);
    const sentences = lines.filter((line) => /^ {2}[123]\. /.test(line));
    expect(sentences).toHaveLength(3);
    for (const sentence of sentences) expect(sentence).toMatch(/\((origin|transit|destination)\).* and .*\(/);
    for (const name of KEY_NAMES) expect(hub.printed()).toContain(`  ${name}`);
  });

  test('writes keys for its owner’s eyes only, and each of them opens the hub in its role', async () => {
    const keys = await keysIn(folder);
    expect(Object.keys(keys)).toEqual(KEY_NAMES);
    expect((await stat(join(folder, 'demo-keys.json'))).mode & 0o777).toBe(0o600);
    const roles = await Promise.all(
      KEY_NAMES.map((name) => ask(url, keys[name] ?? '', '{ viewer { role actor { name } } }')),
    );
    expect(roles).toMatchObject([
      { data: { viewer: { role: 'COORDINATOR', actor: null } } },
      { data: { viewer: { role: 'EDITOR', actor: { name: 'Example Coastal Families Network' } } } },
      { data: { viewer: { role: 'PLANNER', actor: { name: 'Bangladesh (Bali Process member)' } } } },
      { data: { viewer: { role: 'EDITOR', actor: { name: 'Example Rohingya Community Association, Klang Valley' } } } },
      { data: { viewer: { role: 'OBSERVER', actor: { name: 'UN Office on Drugs and Crime' } } } },
    ]);
  });

  test('is ready, and the queries of the README work', async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const { coordinator = '', ngo = '' } = await keysIn(folder);
    const readme = await readFile('README.md', 'utf8');
    const [, query = ''] = /"query": "(.+)"\n\}'/.exec(readme) ?? [];
    const [, mutation = ''] = /```graphql\n(mutation [^]+?)```/.exec(readme) ?? [];
    expect(await ask(url, coordinator, query)).toMatchObject({ data: { suggestions: { nodes: [{}, {}, {}] } } });
    expect(await ask(url, ngo, mutation)).toMatchObject({
      data: { registerProgramme: { id: expect.stringMatching(/^prg_/) as string } },
    });
  });

  test('every kind of overlap occurs in the demo, gaps to fill and channels to borrow, and everything invented is called so', async () => {
    const { coordinator = '' } = await keysIn(folder);
    const counts = ['DUPLICATION', 'COMPLEMENT', 'LEVERAGE', 'REINFORCEMENT', 'CO_PRESENCE'].map(
      (kind) => `${kind}: overlaps(filter: { kinds: [${kind}] }) { totalCount }`,
    );
    const answer = z.object({ data: z.record(z.string(), z.object({ totalCount: z.number() })) }).parse(
      await ask(
        url,
        coordinator,
        `{ ${counts.join(' ')} gaps: suggestions(filter: { kinds: [FILL_GAP] }) { totalCount }
            channels: suggestions(filter: { kinds: [LEVERAGE_CHANNEL] }) { totalCount } members: actors(filter: { baliProcessRoles: [MEMBER] }) { totalCount } }`,
      ),
    );
    const { members, ...found } = answer.data;
    expect(members?.totalCount).toBe(45);
    for (const { totalCount } of Object.values(found)) expect(totalCount).toBeGreaterThan(0);
    const named = await ask(
      url,
      coordinator,
      '{ actors(first: 100, filter: { search: "Example" }) { nodes { name illustrative } } }',
    );
    const { data } = z
      .object({
        data: z.object({
          actors: z.object({ nodes: z.array(z.object({ name: z.string(), illustrative: z.boolean() })) }),
        }),
      })
      .parse(named);
    expect(data.actors.nodes.length).toBeGreaterThan(20);
    expect(data.actors.nodes.filter(({ illustrative }) => !illustrative)).toEqual([]);
  });

  test('every kind of suggestion occurs in the demo, and two campaigns that miss each other by some days are told so', async () => {
    const { coordinator = '' } = await keysIn(folder);
    const counts = KINDS.map((kind) => `${kind}: suggestions(filter: { kinds: [${kind}] }) { totalCount }`);
    const counted = z
      .object({ data: z.record(z.string(), z.object({ totalCount: z.number() })) })
      .parse(await ask(url, coordinator, `{ ${counts.join(' ')} }`));
    for (const kind of KINDS) expect([kind, counted.data[kind]?.totalCount]).not.toEqual([kind, 0]);
    const aligned = await ask(
      url,
      coordinator,
      '{ suggestions(filter: { kinds: [ALIGN_DATES], corridor: "asia_gcc" }) { nodes { explanation } } }',
    );
    expect(JSON.stringify(aligned)).toContain('but miss each other by eleven days');
  });

  test('a second start on the same folder says who has it, and leaves the first alone', async () => {
    const second = start({ CONCORD_DATA: folder });
    expect(await second.ended()).toBe(1);
    expect(second.printed()).toContain(`is in use by process ${String(hub.child.pid)}`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test(
    'after an end in order a second start keeps the data and the keys',
    async () => {
      const keys = await keysIn(folder);
      hub.child.kill('SIGTERM');
      expect(await hub.ended()).toBe(0);
      hub = start({ CONCORD_DATA: folder });
      url = await hub.ready();
      expect(await keysIn(folder)).toEqual(keys);
      const found = await ask(
        url,
        keys['ngo'] ?? '',
        '{ programmes(filter: { search: "recruiters" }) { totalCount } }',
      );
      expect(found).toMatchObject({ data: { programmes: { totalCount: 1 } } });
    },
    MINUTE,
  );

  test(
    'when PostgreSQL is killed it says so and ends',
    async () => {
      const [pid] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
      expect(await hub.ended()).toBe(1);
      expect(hub.printed()).toContain('has ended by itself');
    },
    MINUTE,
  );
});

describe('a start that cannot be', () => {
  test('names every bad variable at once', async () => {
    const hub = start({ PORT: 'many', LOG_LEVEL: 'loud', CONCORD_DEMOO: 'on' });
    expect(await hub.ended()).toBe(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'CONCORD_DEMOO']) expect(hub.printed()).toContain(`  ${name}: expected`);
  });

  test('refuses to show a demo to other machines', async () => {
    const hub = start({ HOST: '0.0.0.0', CONCORD_DATA: join(tmpdir(), 'concord-never') });
    expect(await hub.ended()).toBe(1);
    expect(hub.printed()).toContain('listens on 127.0.0.1 only');
  });

  test(
    'says that the port is taken, and leaves no database behind',
    async () => {
      const folder = await temporaryFolder();
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      onTestFinished(async () => {
        other.close();
        await rm(folder, { recursive: true, force: true });
      });
      const address = other.address();
      const port = typeof address === 'object' && address ? String(address.port) : '';
      const hub = start({ CONCORD_DATA: folder, PORT: port, CONCORD_DEMO: 'off' });
      expect(await hub.ended()).toBe(1);
      expect(hub.printed()).toBe(
        `Concord is starting …\nCannot listen on 127.0.0.1:${port}: another program listens there already; set PORT to another number.\n`,
      );
      await expect(stat(join(folder, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    },
    MINUTE,
  );
});
