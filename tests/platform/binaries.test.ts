import { chmod, chown, lstat, mkdir, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canReach } from '../../platform/database/embedded/account.ts';
import { locateNative, type NativeFolder, prepareBinaries } from '../../platform/database/embedded/binaries.ts';
import { temporaryFolder } from './holder.ts';

const NOBODY = { uid: 65_534, gid: 65_534 };
const asRoot = process.geteuid?.() === 0;

/** The shape of an unpacked package without its install script's links, with empty programs. */
async function fakePackage(parent: string): Promise<NativeFolder> {
  const folder = join(parent, 'native');
  await mkdir(join(folder, 'bin'), { recursive: true });
  await mkdir(join(folder, 'lib'));
  for (const program of ['initdb', 'postgres', 'pg_ctl'])
    await writeFile(join(folder, 'bin', program), '', { mode: 0o644 });
  await writeFile(join(folder, 'lib', 'libpq.so.5.18'), 'library');
  await writeFile(
    join(folder, 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  );
  return { folder, key: 'postgresql-18.0-test', major: '18' };
}

test('the links and modes that no install script made are made in place', async () => {
  const native = await fakePackage(await temporaryFolder(onTestFinished));
  const account = asRoot ? { uid: 0, gid: 0 } : null;
  const binaries = await prepareBinaries(account, native, []);
  expect(binaries.postgres).toBe(join(native.folder, 'bin', 'postgres'));
  expect(await readlink(join(native.folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect((await stat(binaries.initdb)).mode & 0o777).toBe(0o755);
  expect(await prepareBinaries(account, native, [])).toEqual(binaries);
});

test.runIf(asRoot)('programs below a closed home are copied once to where the account can reach them', async () => {
  const home = await temporaryFolder(onTestFinished);
  await chmod(home, 0o700);
  const native = await fakePackage(home);
  const open = await temporaryFolder(onTestFinished);
  await chmod(open, 0o755);
  const place = join(open, 'concord');

  const copies = await Promise.all([1, 2, 3].map(() => prepareBinaries(NOBODY, native, [place])));
  const copied = join(place, 'postgresql-18.0-test');
  expect(new Set(copies.map((binaries) => binaries.postgres))).toEqual(new Set([join(copied, 'bin', 'postgres')]));
  expect(await readdir(place)).toEqual(['postgresql-18.0-test']);
  expect((await lstat(join(copied, 'lib', 'libpq.so.5'))).isSymbolicLink()).toBe(true);
  expect(await canReach(join(copied, 'bin', 'postgres'), NOBODY)).toBe(true);

  await rm(join(native.folder, 'bin'), { recursive: true });
  await mkdir(join(native.folder, 'bin'));
  expect(await prepareBinaries(NOBODY, native, [place])).toEqual(copies[0]);
});

test.runIf(asRoot)('a place where others may write is passed over, because what lies there is executed', async () => {
  const home = await temporaryFolder(onTestFinished);
  await chmod(home, 0o700);
  const native = await fakePackage(home);
  const [writable, foreign] = [await temporaryFolder(onTestFinished), await temporaryFolder(onTestFinished)];
  await chmod(writable, 0o777);
  await chmod(foreign, 0o755);
  await chown(foreign, NOBODY.uid, NOBODY.gid);
  await expect(prepareBinaries(NOBODY, native, [writable, foreign])).rejects.toThrow(
    new RegExp(
      `cannot be run from there, nor copied elsewhere .*${writable}: others may write.*${foreign}: others may write`,
    ),
  );
  expect(await readdir(writable)).toEqual([]);
});

test('the PostgreSQL of this platform is found, and its key names version and platform', async () => {
  const native = await locateNative();
  expect(native.key).toMatch(new RegExp(`^postgresql-${native.major}\\..*-${process.arch}$`));
  expect(await readdir(native.folder)).toEqual(expect.arrayContaining(['bin', 'lib', 'share']));
});
