import { readFile } from 'node:fs/promises';
import { codeOf } from './plain-error.ts';

/**
 * A process that cannot be mistaken for a later one with the same number. `startedAt` is the boot and the clock tick of
 * its start where the system tells (Linux), else null.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string | null;
}

/** Identifies a running process; a zombie counts as dead, and so does a number nobody has. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  if (!exists(pid)) return null;
  const stat = await readIfThere(`/proc/${String(pid)}/stat`);
  if (stat === null) return process.platform === 'linux' ? null : { pid, startedAt: null };
  // The second field is the name in brackets and may hold spaces and brackets itself: fields count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTick] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || startTick === undefined) return null;
  const boot = (await readIfThere('/proc/sys/kernel/random/boot_id')) ?? '';
  return { pid, startedAt: `${boot.trim()}:${startTick}` };
}

/** Whether that very process, not merely one with its number, still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const present = await identifyProcess(identity.pid);
  return present !== null && present.startedAt === identity.startedAt;
}

/** Sends a signal; that the process has ended in the meantime is fine. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
