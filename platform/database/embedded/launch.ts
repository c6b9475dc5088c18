import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainError } from '../../plain-error.ts';
import { signalIfThere } from '../../process-identity.ts';
import { cannotRun, type Cluster, runProgram } from './cluster.ts';
import { disownStalePidFile, endOrphans, findPostmaster, type Postmaster } from './postmaster.ts';
import { explain, lastLines, openServerLog } from './server-log.ts';
import { settingsOf } from './settings.ts';

export interface LaunchOptions {
  readonly cluster: Cluster;
  readonly logFile: string;
  readonly durable: boolean;
  /** Suggests a port that is free at this moment; asked again when it was taken meanwhile. */
  readonly choosePort: () => Promise<number>;
}

/** How often we look whether PostgreSQL has become ready or gone; it tells through files only. */
const LOOK_EVERY_MS = 20;
/** Recovery after a crash replays at most `max_wal_size`. */
const READY_WITHIN_MS = 120_000;
/** How long the processes of a killed PostgreSQL may take to end once they are told to. */
const ORPHANS_GONE_WITHIN_MS = 15_000;
const PORT_ATTEMPTS = 5;

/**
 * Starts PostgreSQL on the cluster and waits until it accepts connections.
 * @throws PlainError with the cause and the last lines of PostgreSQL's log when it does not come up.
 */
export async function launch(options: LaunchOptions): Promise<Postmaster> {
  await disownStalePidFile(options.cluster.folder);
  const patience = Date.now() + ORPHANS_GONE_WITHIN_MS;
  for (let portsTried = 1; ;) {
    const started = await tryLaunch(options);
    if (started !== null) return started;

    const log = await lastLines(options.logFile);
    if (/pre-existing shared memory block/.test(log) && Date.now() < patience) {
      await endOrphans(options.cluster.folder);
      await delay(LOOK_EVERY_MS * 10);
    } else if (/Address already in use|could not create any TCP\/IP sockets/.test(log) && portsTried < PORT_ATTEMPTS) {
      portsTried += 1;
    } else {
      const cause = explain(log) ?? 'It ended at once.';
      throw new PlainError(
        `PostgreSQL did not start on ${options.cluster.folder}. ${cause} Its last words (${options.logFile}):\n${log}`,
      );
    }
  }
}

async function tryLaunch(options: LaunchOptions): Promise<Postmaster | null> {
  const port = await options.choosePort();
  const log = await openServerLog(options.logFile);
  let child: ChildProcess;
  try {
    child = await runProgram(options.cluster, options.cluster.folder, {
      path: options.cluster.binaries.postgres,
      args: settingsOf(port, options.durable),
      stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
  const end = endOf(child);
  // It ends when we tell it to; until then it must not keep us from ending.
  child.unref();
  const ready = await settle(options.cluster.folder, () => end.over);
  if (end.failure !== null) throw end.failure;
  return ready;
}

interface End {
  over: boolean;
  failure: PlainError | null;
}

function endOf(child: ChildProcess): End {
  // It may have ended before anybody listened.
  const end: End = { over: child.exitCode !== null || child.signalCode !== null, failure: null };
  child.once('error', (error) => {
    end.over = true;
    end.failure = cannotRun(child.spawnfile, error);
  });
  child.once('exit', () => {
    end.over = true;
  });
  return end;
}

/**
 * Waits until the PostgreSQL on the folder, on its way up or out, is ready; null when it is gone.
 * @throws PlainError when it takes longer than any recovery should; it is told to stop then.
 */
export async function settle(clusterFolder: string, isOver: () => boolean): Promise<Postmaster | null> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const postmaster = await findPostmaster(clusterFolder);
    if (postmaster?.state === 'ready') return postmaster;
    if (postmaster === null && isOver()) return null;
    if (Date.now() > deadline) {
      if (postmaster !== null) signalIfThere(postmaster.process.pid, 'SIGINT');
      throw new PlainError(
        `PostgreSQL on ${clusterFolder} was not ready after ${String(READY_WITHIN_MS / 1000)} s and was told to stop.`,
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** A TCP port on 127.0.0.1 that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no port.'));
      });
    });
  });
}
