import { describe, expect, test } from 'vitest';
import { inWorkerThread } from '../../../core/imports/in-worker-thread.ts';
import type { Doing } from './thread-doings.ts';

const DOINGS = new URL('./thread-doings.ts', import.meta.url);
const SMALL = { memoryMb: 64, seconds: 20 };

async function all(
  doing: Doing,
  options: Parameters<typeof inWorkerThread>[3] = { limits: SMALL },
): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const block of inWorkerThread<Doing, unknown>(DOINGS, doing, 'file.csv', options)) values.push(...block);
  return values;
}

describe('a reader in a thread of its own', () => {
  test('yields everything, in its order, in blocks', async () => {
    const values = await all({ kind: 'count', to: 12_345 });
    expect(values).toEqual(Array.from({ length: 12_345 }, (_, index) => index));
  });

  test('is no more than a few blocks ahead of whoever reads it', async () => {
    const seen = new SharedArrayBuffer(4);
    const reading = inWorkerThread<Doing, unknown>(DOINGS, { kind: 'tell', to: 100_000, seen }, 'file.csv');
    const first = await reading.next();
    // By the time that a later block is there the thread has gone on as far as it may.
    await reading.next();
    expect(first.value).toHaveLength(500);
    expect(Atomics.load(new Int32Array(seen), 0)).toBeLessThanOrEqual(4 * 500 + 1);
    await reading.return(undefined);
  });

  test('passes on what it says about a file', async () => {
    await expect(all({ kind: 'refuse', text: 'file.csv row 3: not this.' })).rejects.toMatchObject({
      name: 'PlainError',
      message: 'file.csv row 3: not this.',
    });
  });

  test('tells a fault of its own from a fault of the file', async () => {
    const fault = await all({ kind: 'fail', text: 'a mistake of ours' }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'Error' });
    expect(String(fault)).toContain('a mistake of ours');
  });

  test('ends with a clear word when it needs too much memory', async () => {
    await expect(all({ kind: 'hoard' })).rejects.toMatchObject({
      name: 'PlainError',
      message: 'file.csv needs more than 64 MB of memory to be read. Split it into smaller files.',
    });
  });

  test('ends with a clear word when it takes too long', async () => {
    await expect(all({ kind: 'spin' }, { limits: { memoryMb: 64, seconds: 1 } })).rejects.toMatchObject({
      name: 'PlainError',
      message: 'file.csv takes longer than 1 s to read. Split it into smaller files.',
    });
  });

  test('ends when nobody wants it any more', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = all({ kind: 'spin' }, { limits: SMALL, signal: abort.signal });
    abort.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});
