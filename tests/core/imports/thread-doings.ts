import { PlainError } from '../../../platform/plain-error.ts';

/** What a thread of the tests is to do. */
export type Doing =
  | { readonly kind: 'count'; readonly to: number }
  | { readonly kind: 'tell'; readonly to: number; readonly seen: SharedArrayBuffer }
  | { readonly kind: 'refuse'; readonly text: string }
  | { readonly kind: 'fail'; readonly text: string }
  | { readonly kind: 'hoard' }
  | { readonly kind: 'spin' };

export function* read(doing: Doing): Generator<unknown> {
  switch (doing.kind) {
    case 'count':
      for (let value = 0; value < doing.to; value++) yield value;
      return;
    case 'tell':
      for (let value = 0; value < doing.to; value++) {
        Atomics.add(new Int32Array(doing.seen), 0, 1);
        yield value;
      }
      return;
    case 'refuse':
      throw new PlainError(doing.text);
    case 'fail':
      throw new TypeError(doing.text);
    case 'hoard':
      for (const kept: object[] = []; ;) kept.push({ kept: [kept.length] });
    case 'spin':
      for (;;);
  }
}
