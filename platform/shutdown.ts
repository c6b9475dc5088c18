import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './log.ts';

export interface ShutdownOptions {
  readonly log: Log;
  /** How long one step may take before the next begins without it, in milliseconds. */
  readonly stepLimitMs: number;
}

interface Step {
  readonly name: string;
  readonly dispose: () => Promise<void> | void;
}

/** Ends what was started, in reverse order, once. */
export class Shutdown {
  private readonly steps: Step[] = [];
  private readonly options: ShutdownOptions;
  private running: Promise<boolean> | null = null;
  private readonly abort = new AbortController();

  constructor(options: ShutdownOptions) {
    this.options = options;
  }

  /** Aborted as soon as the shutdown begins: for loops that should take up nothing new. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Registers how to end what was just started; what was registered last ends first. */
  add(name: string, dispose: () => Promise<void> | void): void {
    this.steps.push({ name, dispose });
  }

  /**
   * Ends everything; later calls get the result of the first.
   * @returns whether every step ended, in time and without an error.
   */
  run(reason: string): Promise<boolean> {
    this.running ??= this.runOnce(reason);
    return this.running;
  }

  private async runOnce(reason: string): Promise<boolean> {
    const { log } = this.options;
    log.info({ reason }, 'Shutting down');
    this.abort.abort();
    let clean = true;
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      clean = (await this.end(step)) && clean;
    }
    return clean;
  }

  private async end(step: Step): Promise<boolean> {
    const { log, stepLimitMs } = this.options;
    const inTime = new AbortController();
    try {
      const ended = await Promise.race([
        Promise.resolve(step.dispose()).then(() => true),
        delay(stepLimitMs, false, { signal: inTime.signal }),
      ]);
      if (!ended) log.error({ step: step.name, limitMs: stepLimitMs }, 'Not ended in time; going on without it');
      return ended;
    } catch (error) {
      log.error({ step: step.name, err: error }, 'Failed to end');
      return false;
    } finally {
      inTime.abort();
    }
  }
}

/** The process as far as ending it goes; tests pass one of their own. */
export interface EndingProcess {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (thrown: unknown) => void): unknown;
  exit(code: number): void;
}

/**
 * Ends the process in order: exit code 0 after SIGTERM or Ctrl-C, 1 after an error nobody caught or a step that failed.
 * A second signal ends it at once.
 */
export function endOnSignals(shutdown: Shutdown, log: Log, target: EndingProcess = process): void {
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    target.on(signal, () => {
      if (signalled) {
        target.exit(1);
        return;
      }
      signalled = true;
      void shutdown.run(signal).then((clean) => {
        target.exit(clean ? 0 : 1);
      });
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    target.on(event, (thrown) => {
      log.fatal({ err: thrown }, 'An error nobody caught');
      void shutdown.run(event).then(() => {
        target.exit(1);
      });
    });
  }
}
