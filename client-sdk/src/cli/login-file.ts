import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal } from './refusal.ts';

/** What `concord login` keeps. */
export interface Login {
  readonly url: string;
  readonly apiKey: string;
}

/** Where it is kept: in the user's folder for settings. */
export function loginFile(environment: NodeJS.ProcessEnv): string {
  const settings = environment['XDG_CONFIG_HOME'] ?? environment['APPDATA'] ?? join(homedir(), '.config');
  return join(settings, 'concord', 'login.json');
}

/** Null: nobody has logged in. */
export async function readLogin(file: string): Promise<Login | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const login = parsedLogin(text);
  if (login === null) throw new Refusal(`${file} is no login of ours: log in once more with \`concord login\`.`);
  return login;
}

/** For its owner's eyes only from the first byte on; a login that is there is replaced whole. */
export async function writeLogin(file: string, login: Login): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${String(process.pid)}`;
  await writeFile(next, `${JSON.stringify(login)}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(next, 0o600);
  await rename(next, file);
}

/** Forgets the login, whether there is one or not. */
export async function removeLogin(file: string): Promise<void> {
  await rm(file, { force: true });
}

function parsedLogin(text: string): Login | null {
  try {
    const { url, apiKey } = JSON.parse(text) as Partial<Login>;
    return typeof url === 'string' && typeof apiKey === 'string' ? { url, apiKey } : null;
  } catch {
    return null;
  }
}
