import { mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { startEmbedded } from '../../platform/database/embedded.ts';
import { createLog } from '../../platform/log.ts';

/** A PostgreSQL of our own that can be killed and started again, always at the same address. It keeps what it has confirmed. */
export interface Cluster {
  readonly folder: string;
  /** A superuser's login on the database `concord`. */
  readonly adminUrl: string;
  readonly port: number;
  /** The ids of all its processes right now, the first one included. */
  processes(): Promise<number[]>;
  /** SIGKILL for every process of it, and a new start; resolves when it takes connections. */
  killAll(): Promise<void>;
  /** Stops it in order and removes its folder. */
  close(): Promise<void>;
}

const GONE_WITHIN_MS = 10_000;

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-faults-'));
  const port = await freePort();
  const start = (): ReturnType<typeof startEmbedded> =>
    startEmbedded({ folder, log: createLog('error'), durable: true, choosePort: () => Promise.resolve(port) });
  let running = await start();
  const endWithUs = (): void => {
    killIfThere(running.pid, 'SIGQUIT');
  };
  process.once('exit', endWithUs);
  const processes = (): Promise<number[]> => processesOn(join(folder, 'postgres'));
  return {
    folder,
    adminUrl: running.adminUrl,
    port,
    processes,
    killAll: async () => {
      // Until none is left: a process may have been born while we looked.
      for (const deadline = Date.now() + GONE_WITHIN_MS; ;) {
        const left = await processes();
        if (left.length === 0) break;
        if (Date.now() > deadline) throw new Error('PostgreSQL survives SIGKILL');
        for (const pid of left) killIfThere(pid);
        await delay(5);
      }
      await running.stop();
      running = await start();
    },
    close: async () => {
      await running.stop();
      process.off('exit', endWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function killIfThere(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** Every process of PostgreSQL works in the folder of its cluster. */
async function processesOn(clusterFolder: string): Promise<number[]> {
  const folder = await realpath(clusterFolder);
  const found = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const [workingFolder, program] = await Promise.all([
          readlink(`/proc/${name}/cwd`).catch(() => null),
          readFile(`/proc/${name}/comm`, 'utf8').catch(() => ''),
        ]);
        return workingFolder === folder && program.trim() === 'postgres' ? [Number(name)] : [];
      }),
  );
  return found.flat();
}
