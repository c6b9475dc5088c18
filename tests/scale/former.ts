import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');
/** The commit of the release before: the last one whose migrations are not those of today. */
const COMMIT = readFileSync(join(import.meta.dirname, 'former-release'), 'utf8').trim();

/** Whether this copy of the project has the history in which the release before is: a shallow clone, or an archive, has not. */
export const hasFormerRelease =
  spawnSync('git', ['cat-file', '-e', `${COMMIT}^{tree}`], { cwd: PROJECT, stdio: 'ignore' }).status === 0;

/** The release before, built beside the project. */
export interface FormerRelease {
  /** A module of it, relative to the folder of the project. */
  module(path: string): string;
  remove(): Promise<void>;
}

/** Takes it out of the history and compiles it; its packages are those of today. */
export async function buildFormerRelease(): Promise<FormerRelease> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-former-'));
  const archive = execFileSync('git', ['archive', COMMIT], { cwd: PROJECT, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: folder,
    stdio: 'inherit',
  });
  return {
    module: (path) => relative(PROJECT, join(folder, path)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
