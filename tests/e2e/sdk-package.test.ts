import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestHub, testHub } from '../support/hub.ts';

const run = promisify(execFile);
const root = process.cwd();
const NODE = join(root, 'node_modules/.bin/node');
const MINUTE = 60_000;

let hub: TestHub;
let folder: string;
let environment: NodeJS.ProcessEnv;

/** What a new integrator does: an empty folder, and the package as it would be published. */
beforeAll(async () => {
  hub = await testHub();
  const { key } = await hub.as('editor', await hub.actor({ name: 'Example Coast Radio' }));
  environment = { PATH: process.env['PATH'], CONCORD_URL: hub.url, CONCORD_API_KEY: key };
  folder = await mkdtemp(join(tmpdir(), 'concord-smoke-'));
  await run('npm', ['pack', '-w', 'client-sdk', '--ignore-scripts=false', '--silent', '--pack-destination', folder], {
    cwd: root,
  });
  const [tarball = ''] = await readdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "name": "smoke", "private": true }');
  await run('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder });
}, 3 * MINUTE);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await hub.close();
});

const IMPORTS = {
  'smoke.mts': "import { Concord, type Programme } from '@concord/client-sdk';",
  'smoke.cts':
    "import type { Programme } from '@concord/client-sdk';\nimport client = require('@concord/client-sdk');\nconst { Concord } = client;",
};

/** Ten lines that use what is typed. */
const BODY = `
declare const process: { env: Record<string, string | undefined> };
async function smoke(): Promise<void> {
  const hub = new Concord({ url: process.env['CONCORD_URL'] ?? '', apiKey: process.env['CONCORD_API_KEY'] ?? '' });
  const programme: Programme = await hub.programmes.register({ name: 'Smoke', footprint: { places: ['BD'] } });
  const names: string[] = [];
  for await (const { name } of hub.programmes.list({ filter: { search: 'Smoke' } })) names.push(name);
  const tried = await hub.programmes.tryRegister({ name: '' });
  console.log(JSON.stringify([programme.version, names.length > 0, 'code' in tried ? tried.code : null]));
}
void smoke();
`;

describe('the packed package', () => {
  test('brings nothing along', async () => {
    expect(await readdir(join(folder, 'node_modules', '@concord'))).toEqual(['client-sdk']);
    const names = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'));
    expect(names).toEqual(['@concord']);
  });

  test.each(Object.entries(IMPORTS))(
    'compiles under strict rules and runs as %s',
    async (name, imports) => {
      const own = await mkdtemp(join(folder, 'use-'));
      await writeFile(join(own, name), `${imports}\n${BODY}`);
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        target: 'es2022',
        module: 'nodenext',
        // Every declaration of ours is looked at, and none needs those of Node.js.
        lib: ['es2022', 'dom', 'dom.asynciterable'],
        types: [],
      };
      await writeFile(join(own, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: [name] }));
      await run(NODE, [join(root, 'node_modules/typescript/bin/tsc'), '-p', own], { cwd: own });
      const { stdout } = await run(NODE, [join(own, name.replace('ts', 'js'))], { env: environment });
      expect(JSON.parse(stdout)).toEqual([1, true, 'INVALID_INPUT']);
    },
    MINUTE,
  );

  test('compiles and runs the first lines of its README by the command that is given there', async () => {
    const readme = await readFile(join(folder, 'node_modules/@concord/client-sdk/README.md'), 'utf8');
    const [, lines = ''] = /^```ts\n([^]+?)^```$/m.exec(readme) ?? [];
    const [, command = ''] = /^npx tsc (.*first\.mts)$/m.exec(readme) ?? [];
    await writeFile(join(folder, 'first.mts'), lines);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    // The types of Node.js, which the README has installed, are those of this project: older than the compiler.
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--skipLibCheck'];
    await run(NODE, [tsc, ...types, ...command.split(' ')], { cwd: folder });
    const { stdout } = await run(NODE, [join(folder, 'first.mjs')], { env: environment });
    expect(stdout).toBe('I am EDITOR of Example Coast Radio.\n');
  });

  test('is all that the examples need', async () => {
    await cp(join(folder, 'node_modules/@concord/client-sdk/examples'), join(folder, 'examples'), { recursive: true });
    await mkdir(join(folder, 'examples/node_modules'));
    await symlink(join(root, 'node_modules/csv-parse'), join(folder, 'examples/node_modules/csv-parse'));
    const start = (program: string, file: string): ReturnType<typeof run> =>
      run(NODE, [join('examples', program, 'main.ts'), join('examples', program, file)], {
        cwd: folder,
        env: {
          ...environment,
          WEBHOOK: 'http://127.0.0.1:9/news',
          NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        },
        timeout: MINUTE,
      });
    expect((await start('nightly-planner', 'draft.json')).stdout).toContain('Before the sailing season would meet:\n');
    expect((await start('spreadsheet-sync', 'programmes.csv')).stdout).toContain('registered: Standing advice\n');
    expect((await start('spreadsheet-sync', 'programmes.csv')).stdout).toBe('unchanged: 3\n');
    const watching = start('newsroom-watcher', 'posted.json');
    const notebook = join(folder, 'examples/newsroom-watcher/posted.json');
    await vi.waitFor(() => readFile(notebook), MINUTE);
    watching.child.kill('SIGINT');
    expect((await watching).stdout).toBe('');
  });

  test('has the command line, which tells the version of the package', async () => {
    const concord = join(folder, 'node_modules/.bin/concord');
    const { version } = JSON.parse(await readFile(join(root, 'client-sdk/package.json'), 'utf8')) as {
      version: string;
    };
    expect((await run(concord, ['--version'], { env: environment })).stdout).toBe(`${version}\n`);
    const { stdout } = await run(concord, ['whoami', '--json'], { env: environment });
    expect(JSON.parse(stdout)).toMatchObject({ role: 'EDITOR', actor: { name: 'Example Coast Radio' } });
  });

  test('says whose work is inside the command line', async () => {
    const text = await readFile(join(folder, 'node_modules/@concord/client-sdk/dist/cli-licenses.txt'), 'utf8');
    for (const name of ['commander', 'cli-table3', 'js-yaml', '@clack/prompts']) expect(text).toContain(`\n${name} `);
  });
});
