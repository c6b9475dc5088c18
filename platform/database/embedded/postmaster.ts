import { readdir, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../plain-error.ts';
import { identifyProcess, type ProcessIdentity, signalIfThere } from '../../process-identity.ts';

/** PostgreSQL's first process, as it describes itself in `postmaster.pid`. */
export interface Postmaster {
  readonly process: ProcessIdentity;
  readonly port: number;
  /** `ready` accepts connections; `starting` may be recovering; `stopping` is on its way out. */
  readonly state: 'starting' | 'ready' | 'stopping';
}

/**
 * The PostgreSQL that runs on the folder, whoever started it, or null. A leftover file whose number belongs to a dead,
 * a zombie or an unrelated process counts as none.
 */
export async function findPostmaster(clusterFolder: string): Promise<Postmaster | null> {
  const lines = await readPidFile(clusterFolder);
  const pid = Number.parseInt(lines?.[0] ?? '', 10);
  // Our own number is the mark of `disownStalePidFile`.
  if (lines === null || !(pid > 0) || pid === process.pid) return null;
  const found = await identifyProcess(pid);
  if (found === null || !(await runsOn(found.pid, clusterFolder))) return null;
  const port = Number(lines[3] ?? '');
  const status = lines[7]?.trim();
  if (status === 'stopping') return { process: found, port, state: 'stopping' };
  return { process: found, port, state: status === 'ready' && port > 0 ? 'ready' : 'starting' };
}

/**
 * Lets PostgreSQL see past a leftover `postmaster.pid` whose number now belongs to somebody else; it would refuse to
 * start. It takes its own parent's number, ours, for stale, and still looks whether shared memory of the dead is in use,
 * which it could not if the file were removed.
 */
export async function disownStalePidFile(clusterFolder: string): Promise<void> {
  const lines = await readPidFile(clusterFolder);
  if (lines === null || (await findPostmaster(clusterFolder)) !== null) return;
  const file = join(clusterFolder, 'postmaster.pid');
  // Cut off by a full disk: PostgreSQL would take it for another that is just starting, which our lock rules out.
  if (lines.join('').trim() === '') await rm(file);
  else await writeFile(file, [String(process.pid), ...lines.slice(1)].join('\n'));
}

async function readPidFile(clusterFolder: string): Promise<string[] | null> {
  try {
    return (await readFile(join(clusterFolder, 'postmaster.pid'), 'utf8')).split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The working folder of a postmaster is its cluster; where the system does not tell, the number must do. */
async function runsOn(pid: number, clusterFolder: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const workingFolder = await readlink(`/proc/${String(pid)}/cwd`).catch(() => null);
  return workingFolder === (await realpath(clusterFolder));
}

/**
 * Ends the processes of a PostgreSQL whose first process was killed. They notice by themselves when they next wait for
 * something; one in the middle of a long query holds the shared memory, and so prevents a start, until it is through.
 * Only where the system tells working folders (Linux); call it only when `findPostmaster` finds none.
 */
export async function endOrphans(clusterFolder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!(pid > 0) || pid === process.pid || !(await runsOn(pid, clusterFolder))) continue;
    const name = await readFile(`/proc/${entry}/comm`, 'utf8').catch(() => '');
    // As the first process would have told them to: end at once, without touching anything shared.
    if (name.trim() === 'postgres') signalIfThere(pid, 'SIGQUIT');
  }
}
