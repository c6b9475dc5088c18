import { readdir, readFile } from 'node:fs/promises';

const TICKS_PER_S = 100;

/** Processor time in ms that a process and all its living descendants have used; null where there is no /proc. */
export async function cpuMsOfTree(root: number): Promise<number | null> {
  const processes = await readProcesses().catch(() => null);
  if (processes === null) return null;
  const wanted = new Set([root]);
  // Parents have lower ids but for a wrap of the counter; until nothing is added covers that too.
  for (let size = 0; size !== wanted.size;) {
    size = wanted.size;
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid);
  }
  const ticks = processes.filter(({ pid }) => wanted.has(pid)).reduce((sum, { ticks: own }) => sum + own, 0);
  return (ticks / TICKS_PER_S) * 1_000;
}

/** Resident memory of one process in MB; null where there is no /proc. */
export async function rssMbOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_024);
}

async function readProcesses(): Promise<{ pid: number; parent: number; ticks: number }[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(
    names.map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
      if (stat === null) return [];
      // Behind the name, which may hold anything: state, parent, …, user time, system time, those of children waited for.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
      return [{ pid: Number(name), parent: Number(fields[1]), ticks }];
    }),
  );
  return read.flat();
}
