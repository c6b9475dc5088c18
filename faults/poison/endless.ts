// What a reader of files that never ends does to its thread: it takes memory until there is none.
export function* read(): Generator<string> {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `row ${String(kept.length)} ${String(at)}`));
}
