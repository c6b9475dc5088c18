import type { Line } from '../report.ts';

export interface Timed<T> {
  readonly value: T;
  readonly ms: number;
  readonly cpuMs: number;
}

/** What a piece of work took: wall time, and processor time of this process with all its threads. */
export async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const before = process.cpuUsage();
  const from = performance.now();
  const value = await work();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  return { value, ms: rounded(ms), cpuMs: rounded((user + system) / 1_000) };
}

/** Resident memory of this process. */
export const rssMb = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);

/** The line whose processor time is the median: wall time depends on what else the machine does. */
export function median(lines: readonly Line[]): Line {
  const sorted = lines.toSorted((a, b) => Number(a['cpuMs'] ?? a['ms']) - Number(b['cpuMs'] ?? b['ms']));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
