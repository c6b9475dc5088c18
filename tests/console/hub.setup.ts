import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../platform/database/embedded/launch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a hub with the demo in it, for the whole run. */
    readonly hubUrl: string;
  }
}

/**
 * Starts the built hub as `npm start` does, with its demo in a folder of its own, once for the run. With CONCORD_CONSOLE_URL a hub that
 * runs already is taken instead, so that whoever works on a view need not wait for one.
 */
export default async function startHub(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['CONCORD_CONSOLE_URL'];
  if (running !== undefined) {
    project.provide('hubUrl', running);
    return () => Promise.resolve();
  }
  const folder = await mkdtemp(join(tmpdir(), 'concord-console-'));
  const child = spawn(process.execPath, ['dist/main.js'], {
    // Not 0: addresses of calendar feeds say the port that the hub was given.
    env: { PATH: process.env['PATH'], PORT: String(await freePort()), CONCORD_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += String(chunk);
      const [, found] = /is ready after .* at (\S+)\n/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => {
      reject(new Error(`the hub ended instead of being ready:\n${printed}`));
    });
  });
  project.provide('hubUrl', url);
  return async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}
