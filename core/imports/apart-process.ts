import { inWorkerThread, type ThreadLimits } from './in-worker-thread.ts';
import { PlainError } from '../../platform/plain-error.ts';

/** What a process is to read; its first message. */
interface ApartTask {
  readonly kind: 'read';
  /** The address of a module that exports `read`, and what to call it with. */
  readonly module: string;
  readonly input: unknown;
  /** For messages. */
  readonly fileName: string;
  readonly limits: ThreadLimits;
}

/** `more`: a block was taken, and another is wanted. */
export type ToApart = ApartTask | { readonly kind: 'more' };

/** What a process tells whoever started it; `end`, `plain` and `fault` are its last words. */
export type FromApart =
  | { readonly kind: 'block'; readonly values: readonly unknown[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'fault'; readonly text: string };

/** The program of every process that `readApart` starts. The thread reads, so that this one hears at any time that nobody wants it. */
async function run({ module, input, fileName, limits }: ApartTask, signal: AbortSignal): Promise<void> {
  for await (const values of inWorkerThread(new URL(module), input, fileName, { limits, signal })) {
    const wanted = new Promise((resolve) => process.once('message', resolve));
    tell({ kind: 'block', values });
    await wanted;
  }
  tell({ kind: 'end' });
}

function tell(message: FromApart): void {
  process.send?.(message);
}

if (process.connected) {
  const unwanted = new AbortController();
  process.once('disconnect', () => {
    unwanted.abort();
  });
  // Whoever stops the hub stops all of its processes at once; whoever reads decides when this one ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.once('message', (task: ApartTask) => {
    run(task, unwanted.signal).catch((thrown: unknown) => {
      if (thrown instanceof PlainError) tell({ kind: 'plain', text: thrown.message });
      else tell({ kind: 'fault', text: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    });
  });
}
