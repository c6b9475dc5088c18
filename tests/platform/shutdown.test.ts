import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createLog } from '../../platform/log.ts';
import { PlainError } from '../../platform/plain-error.ts';
import { runMain } from '../../platform/run-main.ts';
import { endOnSignals, Shutdown } from '../../platform/shutdown.ts';

const log = createLog('silent');

/** A process that remembers how it was ended instead of ending. */
class RecordedProcess extends EventEmitter {
  readonly ended = Promise.withResolvers<number>();
  readonly codes: number[] = [];
  exit(code: number): void {
    this.codes.push(code);
    this.ended.resolve(code);
  }
}

test('what was started last ends first, each step after the one before it has ended', async () => {
  const shutdown = new Shutdown({ log, stepLimitMs: 5_000 });
  const order: string[] = [];
  shutdown.add('database', () => void order.push('database'));
  shutdown.add('server', async () => {
    order.push('server ending');
    await Promise.resolve();
    order.push('server ended');
  });
  expect(await shutdown.run('test')).toBe(true);
  expect(order).toEqual(['server ending', 'server ended', 'database']);
});

test('however often it is asked for, everything ends once and every caller learns the outcome', async () => {
  const shutdown = new Shutdown({ log, stepLimitMs: 5_000 });
  let ended = 0;
  shutdown.add('server', () => void (ended += 1));
  expect(await Promise.all([shutdown.run('one'), shutdown.run('two'), shutdown.run('three')])).toEqual([
    true,
    true,
    true,
  ]);
  expect(ended).toBe(1);
});

test('a step that fails or hangs is left behind, and those after it still end', async () => {
  const shutdown = new Shutdown({ log, stepLimitMs: 20 });
  const order: string[] = [];
  shutdown.add('database', () => void order.push('database'));
  shutdown.add('hanging', () => new Promise(() => undefined));
  shutdown.add('failing', () => Promise.reject(new Error('cannot')));
  shutdown.add('throwing', () => {
    throw new Error('cannot either');
  });
  expect(await shutdown.run('test')).toBe(false);
  expect(order).toEqual(['database']);
});

test('work in progress hears of it before the first step begins', async () => {
  const shutdown = new Shutdown({ log, stepLimitMs: 5_000 });
  let heard = false;
  shutdown.add('server', () => {
    heard = shutdown.signal.aborted;
  });
  expect(shutdown.signal.aborted).toBe(false);
  await shutdown.run('test');
  expect(heard).toBe(true);
});

test.each([
  ['SIGTERM', 'ends cleanly', () => undefined, 0],
  ['SIGINT', 'ends cleanly', () => undefined, 0],
  ['SIGTERM', 'fails', () => Promise.reject(new Error('cannot')), 1],
  ['uncaughtException', 'ends cleanly', () => undefined, 1],
  ['unhandledRejection', 'ends cleanly', () => undefined, 1],
])('after %s, when the only step %s, the exit code is right', async (event, _how, step, code) => {
  const target = new RecordedProcess();
  const shutdown = new Shutdown({ log, stepLimitMs: 5_000 });
  shutdown.add('server', step);
  endOnSignals(shutdown, log, target);
  target.emit(event, new Error('unexpected'));
  expect(await target.ended.promise).toBe(code);
});

test('a second Ctrl-C does not wait any longer', async () => {
  const target = new RecordedProcess();
  const shutdown = new Shutdown({ log, stepLimitMs: 60_000 });
  const hanging = Promise.withResolvers<undefined>();
  shutdown.add('hanging', () => hanging.promise.then(() => undefined));
  endOnSignals(shutdown, log, target);
  target.emit('SIGINT');
  expect(target.codes).toEqual([]);
  target.emit('SIGINT');
  expect(target.codes).toEqual([1]);
  hanging.resolve(undefined);
  await shutdown.run('test');
});

async function lastWordsOf(main: () => Promise<void>): Promise<{ words: string; codes: number[] }> {
  let words = '';
  const codes: number[] = [];
  await runMain(main, { write: (text) => void (words += text), exit: (code) => void codes.push(code) });
  return { words, codes };
}

test('a plain error ends the program with its sentences and nothing else', async () => {
  const failing = (): Promise<void> => Promise.reject(new PlainError('Port 4000 is taken: set PORT to another.'));
  expect(await lastWordsOf(failing)).toEqual({ words: 'Port 4000 is taken: set PORT to another.\n', codes: [1] });
});

test('any other error ends it as our fault, with a stack but no password', async () => {
  const failing = (): Promise<void> => Promise.reject(new TypeError('cannot read postgresql://app:hunter2@db/x'));
  const { words, codes } = await lastWordsOf(failing);
  expect(codes).toEqual([1]);
  expect(words).toMatch(/^Concord has a fault:\nTypeError: cannot read postgresql:\/\/app:\*\*\*@db\/x\n +at /);
});

test('a program that comes to its end is left to end by itself', async () => {
  expect(await lastWordsOf(() => Promise.resolve())).toEqual({ words: '', codes: [] });
});
