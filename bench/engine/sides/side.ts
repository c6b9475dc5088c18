/** What a side found: the same of all, or what they took must not be compared. */
export interface Found {
  readonly pairs: number;
  /** Equal sets of pairs have equal checksums, and so have lists that are equally strong. */
  readonly checksum: string;
}

/** Somebody who finds overlaps. */
export interface Side {
  /** All overlaps, each once: the sums of the lower and of the higher rows. */
  all(): Promise<Found>;
  /** The best `k` overlaps of every row; `null` of who does not rank. `pairs` are the entries of all lists. */
  top: ((k: number) => Promise<Found>) | null;
  /** Processor time it has used so far in processes of its own, in ms; `null` when it runs in ours. */
  cpuMs: (() => Promise<number | null>) | null;
  close(): Promise<void>;
}

/** The checksum of all overlaps. */
export function sums(lower: number | bigint, higher: number | bigint): string {
  return `${String(lower)}/${String(higher)}`;
}

/** Strengths are added up as whole numbers of this part, rounded half up: sums of fractions depend on their order. */
export const STRENGTH_PARTS = 1e9;

/** The engines of SQL may round the last bit of a strength otherwise: so much may the sum over all lists differ, in those parts. */
const MOST_APART = 1_000;

/** @throws when the two are not the same, but for the last bits of strengths */
export function expectSame(name: string, found: Found, expected: Found): void {
  const isSame =
    found.checksum === expected.checksum || Math.abs(Number(found.checksum) - Number(expected.checksum)) <= MOST_APART;
  if (found.pairs !== expected.pairs || !isSame)
    throw new Error(
      `${name} finds ${String(found.pairs)} pairs with checksum ${found.checksum}, others ${String(expected.pairs)} with ${expected.checksum}`,
    );
}
