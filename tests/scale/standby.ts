import { appendFile, chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../../faults/hub/cluster.ts';
import { startEmbedded } from '../../platform/database/embedded.ts';
import { createLog } from '../../platform/log.ts';
import { ownAs, takeBaseBackup } from '../drills/base-backup.ts';

/** A hot standby that follows a cluster by streaming replication. */
export interface Standby {
  /** A superuser's login. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export async function startStandby(primary: Cluster): Promise<Standby> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-standby-'));
  // PostgreSQL may run as somebody else.
  await chmod(folder, 0o711);
  const cluster = join(folder, 'postgres');
  await mkdir(join(folder, 'secrets'));
  await cp(join(primary.folder, 'secrets'), join(folder, 'secrets'), { recursive: true });
  await takeBaseBackup(primary.adminUrl, join(primary.folder, 'postgres'), cluster);
  const { username, password, hostname, port } = new URL(primary.adminUrl);
  const followed = `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`;
  await appendFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${followed}'\n`);
  await writeFile(join(cluster, 'standby.signal'), '');
  await ownAs(cluster, join(cluster, 'standby.signal'));
  const running = await startEmbedded({ folder, log: createLog('error'), durable: true });
  return {
    adminUrl: running.adminUrl,
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
