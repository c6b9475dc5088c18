import { appendFileSync, writeFileSync } from 'node:fs';
import { PlainError } from '../../../platform/plain-error.ts';

/** What a reader of the tests is to do. */
export type Doing =
  | { readonly kind: 'count'; readonly to: number }
  /** Counts, and adds a line with the id of its process to a file for each. */
  | { readonly kind: 'tell'; readonly to: number; readonly file: string }
  | { readonly kind: 'refuse'; readonly text: string }
  | { readonly kind: 'fail'; readonly text: string }
  /** Takes memory bit by bit; as a list that grows; at once. */
  | { readonly kind: 'hoard' | 'grow' | 'grab' }
  /** Never ends, and writes the id of its process into a file first. */
  | { readonly kind: 'spin'; readonly file?: string }
  | { readonly kind: 'quit' };

export function* read(doing: Doing): Generator<unknown> {
  switch (doing.kind) {
    case 'count':
      for (let value = 0; value < doing.to; value++) yield value;
      return;
    case 'tell':
      for (let value = 0; value < doing.to; value++) {
        appendFileSync(doing.file, `${String(process.pid)}\n`);
        yield value;
      }
      return;
    case 'refuse':
      throw new PlainError(doing.text);
    case 'fail':
      throw new TypeError(doing.text);
    case 'hoard':
      for (const kept: object[] = []; ;) kept.push({ kept: [kept.length] });
    case 'grow':
      for (const kept: number[] = []; ;) kept.push(kept.length / 2);
    case 'grab':
      yield Array.from({ length: 50_000_000 }, (_, index) => ({ index })).length;
      return;
    case 'spin':
      if (doing.file !== undefined) writeFileSync(doing.file, String(process.pid));
      for (;;);
    case 'quit':
      process.kill(process.pid, 'SIGQUIT');
      for (;;);
  }
}
