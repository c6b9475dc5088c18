import type { ReadName } from './read-name.ts';

/** A name and whose it is. */
export interface OwnedName {
  readonly owner: string;
  readonly name: ReadName;
  /** Its main name, or one that it is also known by. */
  readonly isMain: boolean;
}

const PIECE = 3;

/**
 * Finds the names that share most three-letter pieces with another, as pg_trgm would; in memory, because under row level security
 * PostgreSQL may not use its trigram index (its operators are not leakproof), and because the names that count are the viewer's own.
 * Built in time linear in the letters, some 5 µs a name.
 */
export class NameIndex {
  private readonly containing = new Map<string, number[]>();
  private readonly sizes: number[] = [];
  private readonly shared: Uint16Array;

  constructor(private readonly names: readonly OwnedName[]) {
    for (const { name } of names) this.add(name);
    this.shared = new Uint16Array(names.length);
  }

  /** The names nearest in spelling: at least so near by Dice's coefficient (0 to 1), the nearest first, at most so many. */
  nearest(name: ReadName, minShare: number, atMost: number): readonly OwnedName[] {
    const { shared, sizes } = this;
    const touched: number[] = [];
    const pieces = piecesOf(name.words);
    for (const piece of pieces) {
      for (const position of this.containing.get(piece) ?? NOWHERE) {
        if (shared[position] === 0) touched.push(position);
        shared[position] = (shared[position] ?? 0) + 1;
      }
    }
    const near: { position: number; share: number }[] = [];
    for (const position of touched) {
      const share = (2 * (shared[position] ?? 0)) / (pieces.size + (sizes[position] ?? 0));
      shared[position] = 0;
      if (share >= minShare) near.push({ position, share });
    }
    return near
      .sort((a, b) => b.share - a.share || a.position - b.position)
      .slice(0, atMost)
      .flatMap(({ position }) => this.names[position] ?? []);
  }

  private add(name: ReadName): void {
    const position = this.sizes.length;
    const pieces = piecesOf(name.words);
    this.sizes.push(pieces.size);
    for (const piece of pieces) {
      const list = this.containing.get(piece);
      if (list) list.push(position);
      else this.containing.set(piece, [position]);
    }
  }
}

const NOWHERE: readonly number[] = [];

/** The three-letter pieces of each word, two blanks before it and one after. */
function piecesOf(words: readonly string[]): ReadonlySet<string> {
  const pieces = new Set<string>();
  for (const word of words) {
    const padded = `  ${word} `;
    for (let start = 0; start + PIECE <= padded.length; start += 1) pieces.add(padded.slice(start, start + PIECE));
  }
  return pieces;
}
