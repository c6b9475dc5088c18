import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readApart } from '../../../core/imports/read-apart.ts';
import { flagsFor } from '../../../platform/module-beside.ts';
import type { Doing } from './reader-doings.ts';

const DOINGS = new URL('./reader-doings.ts', import.meta.url);
const SPINNING = new URL('./spin-apart.ts', import.meta.url);
const SMALL = { memoryMb: 64, seconds: 20 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-apart-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function all(doing: Doing, options: Parameters<typeof readApart>[3] = { limits: SMALL }): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const block of readApart<Doing, unknown>(DOINGS, doing, 'file.csv', options)) values.push(...block);
  return values;
}

describe('a reader in a process of its own', () => {
  test('yields everything, in its order, in blocks', async () => {
    const values = await all({ kind: 'count', to: 12_345 });
    expect(values).toEqual(Array.from({ length: 12_345 }, (_, index) => index));
  });

  test('is no more than a few blocks ahead of whoever reads it', async () => {
    const file = join(folder, 'seen');
    const reading = readApart<Doing, unknown>(DOINGS, { kind: 'tell', to: 100_000, file }, 'file.csv');
    const first = await reading.next();
    // By the time that a later block is there the thread has gone on as far as it may.
    await reading.next();
    expect(first.value).toHaveLength(500);
    expect((await readFile(file, 'utf8')).split('\n').length - 1).toBeLessThanOrEqual(4 * 500 + 1);
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

  test.each(['hoard', 'grow', 'grab'] as const)(
    'ends with a clear word, and alone, when it needs too much memory: %s',
    async (kind) => {
      await expect(all({ kind })).rejects.toMatchObject({
        name: 'PlainError',
        message: 'file.csv needs more than 64 MB of memory to be read. Split it into smaller files.',
      });
    },
  );

  test('that ends before it is done is a fault of ours', async () => {
    await expect(all({ kind: 'quit' })).rejects.toMatchObject({
      name: 'Error',
      message: 'the process reading file.csv ended with SIGQUIT before it was done',
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

  test('ends when whoever reads stops', async () => {
    const file = join(folder, 'stopped');
    const reading = readApart<Doing, unknown>(DOINGS, { kind: 'tell', to: 100_000, file }, 'file.csv');
    await reading.next();
    await reading.return(undefined);
    expect(isThere(Number((await readFile(file, 'utf8')).split('\n')[0]))).toBe(false);
  });

  test('ends with the process that asked for it, however that ends', async () => {
    const file = join(folder, 'spinning');
    const asking = fork(SPINNING, [file], { execArgv: flagsFor(SPINNING) });
    const pid = await until(async () => Number(await readFile(file, 'utf8').catch(() => '')) || null);
    asking.kill('SIGKILL');
    await once(asking, 'exit');
    await until(() => Promise.resolve(isThere(pid) ? null : true));
  });
});

/** What a look gives that is not null; the test's own limit is how long it is waited for. */
async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await delay(20);
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
