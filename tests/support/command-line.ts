import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a program ended, and what it wrote. */
export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program at work. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<Ending>;
  /** Resolves once standard output or error holds a text. */
  until(text: string): Promise<void>;
}

const NODE = join(process.cwd(), 'node_modules/.bin/node');
/** From the source, as Node.js reads TypeScript: nothing has to be built. */
const CONCORD = ['--experimental-transform-types', '--no-warnings', 'client-sdk/src/cli/main.ts'];

/** Starts `concord` with nothing of this process's environment but PATH. */
export function concord(args: readonly string[], environment: Record<string, string>, input = ''): RunningProgram {
  const child = spawn(NODE, [...CONCORD, ...args], { env: { PATH: process.env['PATH'], ...environment } });
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  const grow = (): void => {
    for (const look of waiting) look();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
    grow();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += String(chunk);
    grow();
  });
  child.stdin.end(input);
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (`${out}${err}`.includes(text)) resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => {
        reject(new Error(`ended without "${text}":\n${out}${err}`));
      });
    });
  return { child, ended, until };
}
