import { readFile, rename, writeFile } from 'node:fs/promises';
import { codeOf, PlainError } from '../platform/plain-error.ts';

/** One key for each point of view: `{"coordinator": "ccd_demo_…", …}`. */
export type DemoKeys = Readonly<Record<string, string>>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** The demo keys of a data folder; null when it has none. */
export async function demoKeysIn(file: string): Promise<DemoKeys | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DemoKeys;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new PlainError(
      `${file} is not readable JSON: remove it, and CONCORD_DATA with it if the demo is not needed any more.`,
    );
  }
}

/** Writes the keys whole or not at all, for the owner's eyes only. */
export async function writeDemoKeys(file: string, keys: DemoKeys): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/**
 * Everybody who can read the console of a demo has its keys: it must not be reachable from elsewhere.
 * @throws {PlainError} when there are demo keys and the host is not this machine alone
 */
export async function refuseOpenDemo(file: string, host: string, demoWanted: boolean): Promise<void> {
  if (LOOPBACK.has(host)) return;
  if (!demoWanted && (await demoKeysIn(file)) === null) return;
  throw new PlainError(
    `A hub with demo keys listens on 127.0.0.1 only, not on ${host}: unset HOST, or set CONCORD_DEMO=off and CONCORD_DATA to a folder without ${file}.`,
  );
}
