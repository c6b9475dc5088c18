import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const heldSchema = z.object({ adminUrl: z.string(), pid: z.int() });

/** A process of its own that holds an embedded PostgreSQL. */
export interface Holder {
  readonly child: ChildProcess;
  readonly adminUrl: string;
  readonly postgresPid: number;
  /** Ends it in order and resolves with its exit code. */
  end(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts a holder and waits until its PostgreSQL is ready; rejects with what it wrote to stderr when it fails. */
export async function hold(folder: string, account: { uid?: number; gid?: number } = {}): Promise<Holder> {
  const child = spawn(
    join(ROOT, 'node_modules/.bin/node'),
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'fixtures/hold-database.ts'), folder],
    { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/', ...account },
  );
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const exited = once(child, 'close').then((): null => null);
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
  if (line === null) throw new Error(errors);
  const held = heldSchema.parse(JSON.parse(String(line[0])));
  return {
    child,
    adminUrl: held.adminUrl,
    postgresPid: held.pid,
    end: async () => {
      child.stdin.end();
      await exited;
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A folder that is gone when the test is over, and everything in it. */
export async function temporaryFolder(register: (cleanUp: () => Promise<void>) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-platform-'));
  register(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
