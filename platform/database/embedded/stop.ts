import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, signalIfThere } from '../../process-identity.ts';
import { type Cluster, runProgram } from './cluster.ts';
import type { Postmaster } from './postmaster.ts';

const LOOK_EVERY_MS = 20;
const WATCH_EVERY_MS = 250;
/** The final checkpoint writes at most the shared buffers; after that PostgreSQL is told to end without it. */
const CHECKPOINT_WITHIN_MS = 20_000;

/** Ends all sessions, writes a checkpoint and waits until PostgreSQL is gone; already gone is fine. */
export async function stopPostmaster(postmaster: Postmaster, cluster: Cluster): Promise<void> {
  // Its number may be somebody else's by now.
  if (!(await isRunning(postmaster.process))) return;
  await askToStop(postmaster, cluster);
  const deadline = Date.now() + CHECKPOINT_WITHIN_MS;
  while (await isRunning(postmaster.process)) {
    // An immediate stop loses nothing: the next start recovers from the log.
    if (Date.now() > deadline) signalIfThere(postmaster.process.pid, 'SIGQUIT');
    await delay(LOOK_EVERY_MS);
  }
}

async function askToStop(postmaster: Postmaster, cluster: Cluster): Promise<void> {
  if (process.platform !== 'win32') {
    signalIfThere(postmaster.process.pid, 'SIGINT');
    return;
  }
  // A signal on Windows is a kill.
  const child = await runProgram(cluster, cluster.folder, {
    path: cluster.binaries.pgCtl,
    args: ['stop', '-m', 'fast'],
    stdio: 'pipe',
  });
  await once(child, 'exit');
}

/**
 * Calls back once when PostgreSQL is gone, child of ours or not, unless `end` was called before. Keeps no process alive.
 */
export function watchPostmaster(postmaster: Postmaster, onGone: () => Promise<void>): { end(): void } {
  const timer = setInterval(() => {
    void look();
  }, WATCH_EVERY_MS);
  timer.unref();
  let over = false;
  const end = (): void => {
    over = true;
    clearInterval(timer);
  };
  const look = async (): Promise<void> => {
    if (await isRunning(postmaster.process)) return;
    // `over` may have changed while we looked.
    if (over) return;
    end();
    await onGone();
  };
  return { end };
}
