/** One promise of the hub, as a run found it. */
export interface Finding {
  /** Of the table in docs/security.md, such as `R1`. */
  readonly id: string;
  readonly command: string;
  readonly demanded: string;
  readonly measured: string;
  readonly seed: number;
  /** Whether the promise holds; null: it could not be tried here, and `measured` says why. */
  readonly kept: boolean | null;
}

/** How a program of this folder is called. */
export interface Run {
  /** The same seed, the same load and the same faults; when the processes get to which is up to the machine. */
  readonly seed: number;
  /** The small size, for every day. */
  readonly smoke: boolean;
  /** Times are told, and not judged: for a machine that has other things to do as well. */
  readonly untimed?: boolean;
  /** Tells people how far it is. */
  readonly say: (words: string) => void;
}

/** A table for people: a row for each promise, columns as wide as they must be. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = [
    ['', 'promise', 'demanded', 'measured', 'seed'],
    ...findings.map(({ kept, id, command, demanded, measured, seed }) => [
      kept === null ? 'skipped' : kept ? 'kept' : 'BROKEN',
      `${id} ${command}`,
      demanded,
      measured,
      String(seed),
    ]),
  ];
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)), []);
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
