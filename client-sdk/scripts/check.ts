import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { build } from 'tsdown';

/** What can be promised of the package without a hub: that it fits the contract, is small, and can be imported in every way. */
const LARGEST_BYTES = 15_000;
const sdk = join(import.meta.dirname, '..');

run('node', 'scripts/generate.ts', '--check');
process.stdout.write(run('node', 'scripts/check-contract.ts'));
// Fails where something public is not described, or names what nobody can look up.
run('typedoc', '--emit', 'none');
await build({ cwd: sdk, logLevel: 'error' });
const everything = await gzippedBytes('export * from "client";');
const error = await gzippedBytes('export { ConcordTransportError } from "client";');
const part = await gzippedBytes('export { connect, Suggestions } from "client";');
process.stdout.write(
  `client-sdk: ${kilobytes(everything)} gzipped, of it suggestions alone ${kilobytes(part)}, one error class ${kilobytes(error)}\n`,
);
if (everything > LARGEST_BYTES) fail(`more than ${kilobytes(LARGEST_BYTES)} gzipped`);
if (error > everything / 5 || part > everything / 2)
  fail('what is not imported is not left out: something has a side effect');

const folder = await mkdtemp(join(tmpdir(), 'concord-sdk-'));
try {
  run('npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const [tarball = ''] = await readdir(folder);
  run('publint', 'run', '--strict', join(folder, tarball));
  run('attw', '--format', 'ascii', '--no-emoji', join(folder, tarball));
} finally {
  await rm(folder, { recursive: true });
}

/** What a bundler makes of a module that imports from the built client. */
async function gzippedBytes(code: string): Promise<number> {
  const bundle = await rolldown({
    input: 'user',
    plugins: [
      {
        name: 'user',
        resolveId: (id) => (id === 'user' ? id : id === 'client' ? join(sdk, 'dist', 'index.js') : null),
        load: (id) => (id === 'user' ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  return gzipSync(output[0].code, { level: 9 }).length;
}

/** Runs a tool of the package, silent unless it fails. Answers what it printed. */
function run(tool: string, ...args: string[]): string {
  try {
    return execFileSync(tool, args, { cwd: sdk, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    process.stderr.write(`${stdout}${stderr}`);
    fail(`${tool} ${args.join(' ')}`);
  }
}

function fail(what: string): never {
  process.stderr.write(`client-sdk: ${what}\n`);
  process.exit(1);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
