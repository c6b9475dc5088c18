import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const CONSOLE = 'console';
/** What the console is made of. Of the packages the lock file tells. */
const SOURCES = ['console/src', 'client-sdk/src'];
const SINGLE_FILES = ['console/index.html', 'console/vite.config.ts', 'console/package.json', 'package-lock.json'];
const STAMP = join(CONSOLE, 'dist', '.built-from');

/** Builds the console, unless what it is made of is what it was built from: whoever changed nothing there waits for nothing. */
const made = await digest();
if (made !== (await readFile(STAMP, 'utf8').catch(() => null))) {
  const { build } = await import('vite');
  await build({ root: CONSOLE, configFile: join(CONSOLE, 'vite.config.ts') });
  await writeFile(STAMP, made);
}

/** By contents, not by times: those of a fresh copy say nothing. */
async function digest(): Promise<string> {
  const listed = await Promise.all(
    SOURCES.map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative('.', join(parentPath, name)));
    }),
  );
  const hash = createHash('sha256');
  for (const file of [...SINGLE_FILES, ...listed.flat()].sort()) hash.update(`${file}\0`).update(await readFile(file));
  return hash.digest('hex');
}
