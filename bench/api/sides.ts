import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../platform/database/embedded/launch.ts';
import type { BenchHub } from '../world/hub.ts';
import type { BenchQuery } from './queries.ts';
import type { Asking } from './viewer.ts';

export const SIDE_NAMES = ['limit', 'concord', 'concord-plain', 'mercurius', 'postgraphile'] as const;
export type SideName = (typeof SIDE_NAMES)[number];

/** A server that answers the same questions, in a process of its own. */
export interface Side {
  readonly name: SideName;
  readonly pid: number;
  /** Where and how to ask a question. */
  request(query: BenchQuery): {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  close(): Promise<void>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const LONGEST_START_MS = 30_000;
/** So that Node runs our TypeScript as it is. */
const TYPES = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];

type Running = Pick<Side, 'pid' | 'close'>;

export async function startSide(name: SideName, hub: BenchHub, asking: Asking): Promise<Side> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const settings = JSON.stringify(asking.settings);
  const { appUrl, workerUrl, migratorUrl } = hub.logins;
  const json = { 'content-type': 'application/json' };
  switch (name) {
    case 'limit': {
      const child = await started([...TYPES, here('limit.ts'), String(port), appUrl, settings], port);
      return {
        ...child,
        name,
        request: (query) => ({ url: `${url}/${query.name}`, headers: json, body: '{}' }),
      };
    }
    case 'mercurius':
    case 'postgraphile': {
      const child = await started([...TYPES, here(`../peers/${name}.ts`), String(port), appUrl, settings], port);
      return {
        ...child,
        name,
        request: (query) => ({
          url: `${url}/graphql`,
          headers: json,
          body: JSON.stringify({ query: query[name] }),
        }),
      };
    }
    // Plain: field by field, by GraphQL's own executor.
    case 'concord':
    case 'concord-plain': {
      const child = await started([here('../../dist/server/main.js')], port, {
        PORT: String(port),
        CONCORD_DATA: hub.folder,
        // One key asks all the time; what it costs is counted all the same.
        COST_PER_MINUTE: '1000000000',
        COST_PER_HOUR: '1000000000',
        CONCORD_EXECUTION: name === 'concord' ? 'planned' : 'plain',
        // No other side counts.
        COST_PER_MINUTE: '1000000000',
        COST_PER_HOUR: '1000000000',
        DATABASE_URL: appUrl,
        DATABASE_WORKER_URL: workerUrl,
        DATABASE_ADMIN_URL: migratorUrl,
      });
      const headers = { ...json, authorization: `Bearer ${asking.key}` };
      return {
        ...child,
        name,
        request: (query) => ({ url: `${url}/graphql`, headers, body: JSON.stringify({ query: query.concord }) }),
      };
    }
  }
}

/** Starts a Node process and waits until it answers HTTP, whatever it answers. */
async function started(args: readonly string[], port: number, env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let waited = 0; waited < LONGEST_START_MS; waited += 100) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${String(child.exitCode)}`);
    const answers = await fetch(`http://127.0.0.1:${String(port)}/readyz`).then(
      () => true,
      () => false,
    );
    if (answers) return { pid: child.pid ?? 0, close };
    await setTimeout(100);
  }
  await close();
  throw new Error(`${args.join(' ')} did not listen within ${String(LONGEST_START_MS)} ms`);
}
