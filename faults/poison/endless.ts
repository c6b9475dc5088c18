// What a reader of files that never ends does: it takes memory until there is none.
export function* read(): Generator<number> {
  const kept: number[][] = [];
  for (;;) {
    kept.push(new Array<number>(1_000_000).fill(kept.length));
    // What is handed on later is kept as well; the reader has ended long before.
    if (kept.length === Number.MAX_SAFE_INTEGER) yield kept.length;
  }
}
