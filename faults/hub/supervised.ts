import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A process that is started again whenever it ends, as the service manager of an operator does. */
export interface Supervised {
  readonly name: string;
  /** How often it ended without being asked to. */
  readonly ends: number;
  /** SIGKILL now; resolves when it is gone. It is started again by itself. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code, null after a signal. It is started again by itself. */
  terminate(): Promise<number | null>;
  /** SIGTERM, and never again. */
  close(): Promise<void>;
}

export interface Program {
  readonly name: string;
  /** A module of ours, relative to the folder of the project: compiled, or TypeScript that Node itself can run. */
  readonly module: string;
  readonly args?: readonly string[];
  readonly flags?: readonly string[];
  /** What the command line begins with, where something else is to start the process. */
  readonly within?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where what it writes is kept. */
  readonly logFile: string;
}

const AGAIN_AFTER_MS = 200;
/** A process that does not end when it is asked to is a finding, not a reason to wait for ever. */
const ENDS_WITHIN_MS = 20_000;
const TYPES = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];

export function supervise(program: Program): Supervised {
  const path = fileURLToPath(new URL(`../../${program.module}`, import.meta.url));
  let child: ChildProcess | null = null;
  let closing = false;
  let ends = 0;
  const log = createWriteStream(program.logFile, { flags: 'a' });

  const loop = async (): Promise<void> => {
    while (!closing) {
      const own = [...(path.endsWith('.ts') ? TYPES : []), ...(program.flags ?? []), path, ...(program.args ?? [])];
      const [command = process.execPath, ...args] = [...(program.within ?? []), process.execPath, ...own];
      child = spawn(command, args, {
        env: { ...process.env, NODE_ENV: 'production', ...program.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
      await once(child, 'exit');
      child = null;
      ends += 1;
      if (!closing) await delay(AGAIN_AFTER_MS);
    }
  };
  const running = loop();
  // Whatever ends this program, nothing of it goes on.
  process.once('exit', () => child?.kill('SIGKILL'));

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return null;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    const timer = setTimeout(() => ending.kill('SIGKILL'), ENDS_WITHIN_MS);
    await gone;
    clearTimeout(timer);
    return ending.exitCode;
  };
  return {
    name: program.name,
    get ends() {
      return ends;
    },
    kill: async () => {
      await end('SIGKILL');
    },
    terminate: () => end('SIGTERM'),
    close: async () => {
      closing = true;
      await end('SIGTERM');
      await running;
      log.end();
    },
  };
}
