import { parentPort, workerData } from 'node:worker_threads';
import { PlainError } from '../../platform/plain-error.ts';

/** What a thread is started with: a module that exports `read`, and what to call it with. */
export interface ThreadTask {
  readonly module: string;
  readonly input: unknown;
}

/** What a thread tells whoever started it; `end`, `plain` and `fault` are its last words. */
export type FromThread =
  | { readonly kind: 'block'; readonly values: readonly unknown[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'fault'; readonly text: string };

/** A block was taken: there is room for another. */
export type ToThread = 'more';

interface Reading {
  read(input: unknown): AsyncIterable<unknown> | Iterable<unknown>;
}

/** Values sent at once: enough that sending costs little beside reading. */
const BLOCK = 500;
/** Blocks sent and not yet taken. */
const AHEAD = 2;

/** The program of every thread that `inWorkerThread` starts. */
async function run(port: NonNullable<typeof parentPort>, { module, input }: ThreadTask): Promise<void> {
  let room = AHEAD;
  let roomAgain: (() => void) | null = null;
  port.on('message', () => {
    room += 1;
    roomAgain?.();
  });
  const send = async (values: readonly unknown[]): Promise<void> => {
    if (room === 0) await new Promise<void>((resolve) => (roomAgain = resolve));
    room -= 1;
    tell(port, { kind: 'block', values });
  };
  const { read } = (await import(module)) as Reading;
  let values: unknown[] = [];
  for await (const value of read(input)) {
    values.push(value);
    if (values.length < BLOCK) continue;
    await send(values);
    values = [];
  }
  if (values.length > 0) await send(values);
  tell(port, { kind: 'end' });
}

function tell(port: NonNullable<typeof parentPort>, message: FromThread): void {
  port.postMessage(message);
}

if (parentPort) {
  const port = parentPort;
  try {
    await run(port, workerData as ThreadTask);
  } catch (thrown) {
    if (thrown instanceof PlainError) tell(port, { kind: 'plain', text: thrown.message });
    else
      tell(port, { kind: 'fault', text: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  }
  port.close();
}
