import { Worker } from 'node:worker_threads';
import { flagsFor, moduleBeside } from '../../platform/module-beside.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { FromThread, ThreadTask, ToThread } from './reader-thread.ts';

/** What reading one file may take. */
export interface ThreadLimits {
  /** Of the thread's heap; buffers come on top. */
  readonly memoryMb: number;
  /** Of the processor's time that the thread takes, so that a busy machine refuses no file. */
  readonly seconds: number;
}

/** What a file of 10 MB may take to be read. */
export const READING_LIMITS: ThreadLimits = { memoryMb: 256, seconds: 30 };

/**
 * Runs `read` of a module in a thread of its own and yields what it yields, in its order, in blocks. The thread is at most two
 * blocks ahead of its reader. It ends with the last block, and as soon as the caller stops reading or `signal` is aborted. Only a
 * process that may end should ask: see `readApart`.
 * @param module exports `read(input)`, an iterable or asynchronous iterable of values that can be cloned
 * @param fileName for messages
 * @throws PlainError that the module throws; and for a file that needs more memory or time than `limits`.
 */
export async function* inWorkerThread<Input, Value>(
  module: URL,
  input: Input,
  fileName: string,
  { limits = READING_LIMITS, signal }: { readonly limits?: ThreadLimits; readonly signal?: AbortSignal } = {},
): AsyncGenerator<readonly Value[]> {
  signal?.throwIfAborted();
  const task: ThreadTask = { module: module.href, input };
  const entry = moduleBeside(import.meta.url, 'reader-thread');
  const thread = new Worker(entry, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    execArgv: flagsFor(entry),
  });
  const inbox = new Inbox(thread, fileName, limits, signal);
  try {
    for (;;) {
      const message = await inbox.next();
      if (message.kind === 'end') return;
      if (message.kind === 'plain') throw new PlainError(message.text);
      if (message.kind === 'fault') throw new Error(`reading ${fileName} failed: ${message.text}`);
      // The thread only sends what it read with its own module, whose type the caller names.
      yield message.values as readonly Value[];
      thread.postMessage('more' satisfies ToThread);
    }
  } finally {
    inbox.close();
    await thread.terminate();
  }
}

/** Seconds that somebody waits for one block of a thread that does nothing, for each that it may take of the processor. */
const PATIENCE = 10;
const LEAST_PAUSE_MS = 100;

/** Node has this since 24.6, and its types not yet. */
interface Measured {
  /** Microseconds of the processor's time. */
  cpuUsage(): Promise<{ readonly user: number; readonly system: number }>;
}

/** What a thread has sent and nobody has read yet, and why it will send nothing more. */
class Inbox {
  private readonly messages: FromThread[] = [];
  private failure: unknown = null;
  private wake: (() => void) | null = null;
  private readonly limitMs: number;

  constructor(
    private readonly thread: Worker,
    private readonly fileName: string,
    private readonly limits: ThreadLimits,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.limitMs = limits.seconds * 1_000;
    thread.on('message', (message: FromThread) => {
      this.messages.push(message);
      this.wake?.();
    });
    thread.on('error', (error) => {
      this.fail(isOutOfMemory(error) ? tooMuchMemory(fileName, limits) : error);
    });
    thread.on('exit', (code) => {
      this.fail(new Error(`the thread reading ${fileName} ended with ${String(code)} before it was done`));
    });
    signal?.addEventListener('abort', this.onAbort);
  }

  /** The next message. @throws what ended the thread, or that it took too long. */
  async next(): Promise<FromThread> {
    if (this.messages.length === 0 && this.failure === null) await this.wait();
    const [message] = this.messages.splice(0, 1);
    if (message) return message;
    throw this.failure;
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.onAbort);
  }

  private async wait(): Promise<void> {
    const arrival = new Promise<void>((resolve) => (this.wake = resolve));
    const patience = setTimeout(() => {
      this.fail(this.tooMuchTime());
    }, this.limitMs * PATIENCE);
    let check = setTimeout(() => void this.measure(again), this.limitMs);
    const again = (pauseMs: number): void => {
      if (this.wake) check = setTimeout(() => void this.measure(again), pauseMs);
    };
    await arrival;
    this.wake = null;
    clearTimeout(patience);
    clearTimeout(check);
  }

  /** Ends the thread when it has taken its time of the processor; else says after how long to look again. */
  private async measure(again: (pauseMs: number) => void): Promise<void> {
    try {
      const { user, system } = await (this.thread as Worker & Measured).cpuUsage();
      const leftMs = this.limitMs - (user + system) / 1_000;
      if (leftMs <= 0) this.fail(this.tooMuchTime());
      else again(Math.max(leftMs, LEAST_PAUSE_MS));
    } catch {
      // The thread has ended, and its end is told as such.
    }
  }

  private readonly onAbort = (): void => {
    this.fail(this.signal?.reason);
  };

  private fail(reason: unknown): void {
    this.failure ??= reason;
    this.wake?.();
  }

  private tooMuchTime(): PlainError {
    return new PlainError(
      `${this.fileName} takes longer than ${String(this.limits.seconds)} s to read. Split it into smaller files.`,
    );
  }
}

export function tooMuchMemory(fileName: string, { memoryMb }: ThreadLimits): PlainError {
  return new PlainError(
    `${fileName} needs more than ${String(memoryMb)} MB of memory to be read. Split it into smaller files.`,
  );
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
