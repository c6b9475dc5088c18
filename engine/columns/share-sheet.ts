import type { Sheet } from './columns.ts';

/** The same numbers in memory that threads share: whoever is sent this sheet looks at the one there is, not at a copy. */
export function shareSheet(sheet: Sheet): Sheet {
  return share(sheet);
}

function share<T>(value: T): T;
function share(value: unknown): unknown {
  if (value instanceof Int32Array) return copyTo(Int32Array, value);
  if (value instanceof Uint16Array) return copyTo(Uint16Array, value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, share(part)]));
}

function copyTo<Numbers extends Int32Array | Uint16Array>(
  type: new (memory: SharedArrayBuffer) => Numbers,
  numbers: Numbers,
): Numbers {
  const copy = new type(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
