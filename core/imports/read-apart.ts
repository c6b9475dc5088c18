import { type ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { flagsFor, moduleBeside } from '../../platform/module-beside.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { FromApart, ToApart } from './apart-process.ts';
import { READING_LIMITS, type ThreadLimits, tooMuchMemory } from './in-worker-thread.ts';

/** All that a reader is told of the environment: nothing that opens anything. */
const TOLD = ['NODE_ENV', 'TZ', 'SystemRoot'];
/** How a process ends that could have no more memory: by V8, or by a system that has none left. */
const OUT_OF_MEMORY = new Set<unknown>(['SIGABRT', 'SIGKILL', 134]);

/**
 * Runs `read` of a module in a thread of a process of its own and yields what it yields, in its order, in blocks. Whatever a file
 * makes of its reader, this process goes on: a thread alone takes its process along when one thing that it asks for, such as a
 * list that grows, is larger than what is left of its memory. It works when nobody else does, is at most three blocks ahead of its
 * reader, and ends with the last block, as soon as the caller stops reading or `signal` is aborted, and with this process.
 * @param module exports `read(input)`, an iterable or asynchronous iterable of values that can be cloned
 * @param fileName for messages
 * @throws PlainError that the module throws; and for a file that needs more memory or time than `limits`.
 */
export async function* readApart<Input, Value>(
  module: URL,
  input: Input,
  fileName: string,
  { limits = READING_LIMITS, signal }: { readonly limits?: ThreadLimits; readonly signal?: AbortSignal } = {},
): AsyncGenerator<readonly Value[]> {
  signal?.throwIfAborted();
  const child = start();
  const messages = on(child, 'message', { close: ['close'], ...(signal && { signal }) });
  try {
    tell(child, { kind: 'read', module: module.href, input, fileName, limits });
    for await (const [message] of messages as AsyncIterable<[FromApart]>) {
      if (message.kind === 'end') return;
      if (message.kind === 'plain') throw new PlainError(message.text);
      if (message.kind === 'fault') throw new Error(message.text);
      // It only sends what it read with its own module, whose type the caller names.
      yield message.values as readonly Value[];
      tell(child, { kind: 'more' });
    }
    throw untimelyEnd(child, fileName, limits);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await end(child);
  }
}

function start(): ChildProcess {
  const entry = moduleBeside(import.meta.url, 'apart-process');
  const child = fork(entry, {
    serialization: 'advanced',
    execArgv: flagsFor(entry),
    env: Object.fromEntries(TOLD.map((name) => [name, process.env[name]])),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Whoever reads its messages is told; it may still have something to say when nobody does.
  child.on('error', () => undefined);
  // What a large file takes, nobody else waits for.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return child;
}

/** That it has ended and hears nothing is told by its end. */
function tell(child: ChildProcess, message: ToApart): void {
  child.send(message, () => undefined);
}

function untimelyEnd({ exitCode, signalCode }: ChildProcess, fileName: string, limits: ThreadLimits): Error {
  const how = signalCode ?? exitCode;
  return OUT_OF_MEMORY.has(how)
    ? tooMuchMemory(fileName, limits)
    : new Error(`the process reading ${fileName} ended with ${String(how)} before it was done`);
}

async function end(child: ChildProcess): Promise<void> {
  // It may never have begun, or be gone already.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
