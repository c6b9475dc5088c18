import { chmod, chown, copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '../../platform/database/with-client.ts';
import { codeOf } from '../../platform/plain-error.ts';

/** Not of a backup: the log comes from the archive, the rest belongs to the running server. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map']);
/** Of these the folder alone. */
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);

/**
 * Takes a base backup of a running cluster by PostgreSQL's low-level interface, which is what pg_basebackup does too: npm's PostgreSQL
 * comes without that program. Files change while they are copied; the log, replayed from the backup's beginning, makes them whole.
 */
export async function takeBaseBackup(adminUrl: string, cluster: string, target: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`select pg_backup_start('drill', true)`);
    await copyFolder(cluster, target);
    const { rows } = await client.query<{ label: string; map: string }>(
      'select labelfile as label, spcmapfile as map from pg_backup_stop()',
    );
    await writeFile(join(target, 'backup_label'), rows[0]?.label ?? '');
    await ownAs(cluster, join(target, 'backup_label'));
  });
}

/** Copies a folder, of which files may vanish meanwhile, with owners and modes. */
export async function copyFolder(from: string, to: string, depth = 0): Promise<void> {
  await mkdir(to, { recursive: true });
  await ownAs(from, to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (depth === 0 && LEFT_OUT.has(entry.name)) continue;
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (depth === 0 && EMPTIED.has(entry.name)) {
      await mkdir(copy);
      await ownAs(source, copy);
    } else if (entry.isDirectory()) await copyFolder(source, copy, depth + 1);
    else
      await copyFile(source, copy)
        .then(() => ownAs(source, copy))
        .catch((error: unknown) => {
          if (codeOf(error) !== 'ENOENT') throw error;
        });
  }
}

/** Gives a file or folder the owner and mode of another: PostgreSQL refuses data that others may read. */
export async function ownAs(model: string, path: string): Promise<void> {
  const { uid, gid, mode } = await stat(model);
  if (process.geteuid?.() === 0) await chown(path, uid, gid);
  await chmod(path, mode & 0o777);
}
