// What a reader of files that never ends does to its thread: it takes memory until there is none.
export function* read(): Generator<number> {
  const kept: string[][] = [];
  for (;;) {
    kept.push(Array.from({ length: 10_000 }, (_, at) => `row ${String(kept.length)} ${String(at)}`));
    // What is handed on later is kept as well; the thread has ended long before.
    if (kept.length === Number.MAX_SAFE_INTEGER) yield kept.length;
  }
}
