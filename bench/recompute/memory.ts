import { readFile, writeFile } from 'node:fs/promises';

/** Forgets the highest resident memory of this process so far; where there is no /proc, nothing. */
export async function forgetPeak(): Promise<void> {
  await writeFile('/proc/self/clear_refs', '5').catch(() => undefined);
}

/** The highest resident memory of this process since, in MB; null where there is no /proc. */
export async function peakRssMb(): Promise<number | null> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_024);
}
