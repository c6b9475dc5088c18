import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(await readFile('package.json', 'utf8')));
const LOCK_CHECK = manifest.scripts['check:lock'] ?? '';

/** Runs the project's own check of lock files on this one. */
function check(file: string): number | null {
  const [, options = ''] = /lockfile-lint(.*?)--path/.exec(LOCK_CHECK) ?? [];
  const bin = join('node_modules', 'lockfile-lint', 'bin', 'lockfile-lint.js');
  return spawnSync(process.execPath, [bin, ...options.trim().split(/\s+/), '--path', file]).status;
}

test('a package that would come from elsewhere, or without a digest, is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concord-lock-'));
  try {
    const file = join(folder, 'package-lock.json');
    const tampered = async (change: object): Promise<number | null> => {
      const lock = z
        .looseObject({ packages: z.record(z.string(), z.looseObject({})) })
        .parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
      Object.assign(lock.packages['node_modules/pg'] ?? {}, change);
      await writeFile(file, JSON.stringify(lock));
      return check(file);
    };
    expect(await tampered({})).toBe(0);
    expect(await tampered({ resolved: 'https://packages.example/pg.tgz' })).toBe(1);
    expect(await tampered({ resolved: 'http://registry.npmjs.org/pg/-/pg-8.23.1.tgz' })).toBe(1);
    expect(await tampered({ resolved: 'https://registry.npmjs.org/pg/-/pg-8.23.1.tgz', integrity: 'sha1-AAAA' })).toBe(
      1,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('every lock file is looked at', () => {
  const files = execFileSync('git', ['ls-files', '*package-lock.json'], { encoding: 'utf8' }).trim().split('\n');
  for (const file of files) expect(LOCK_CHECK).toContain(`--path ${file}`);
});

test('no package runs a script of its own when it is installed', async () => {
  expect(await readFile('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

test('the bill of materials is CycloneDX, names what runs with its digest, and no tool', () => {
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const bill = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.string(),
      components: z.array(
        z.object({ name: z.string(), version: z.string(), purl: z.string(), hashes: z.array(z.unknown()).optional() }),
      ),
    })
    .parse(JSON.parse(text));
  const names = bill.components.map(({ name }) => name);
  expect(names).toContain('pg');
  expect(names).not.toContain('vitest');
  const withoutDigest = bill.components.filter(({ hashes = [] }) => hashes.length === 0).map(({ purl }) => purl);
  // Our own package is no file of a registry.
  expect(withoutDigest.filter((purl) => !purl.startsWith('pkg:npm/%40concord/'))).toEqual([]);
});
