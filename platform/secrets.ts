import { chmod, link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, PlainError } from './plain-error.ts';
import { type Randomness, systemRandomness } from './ids.ts';

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

/**
 * The secret of that name under the folder, made on first use and the same ever after: 256 bits as base64url, readable
 * by its owner alone. Of two processes that make it at once, one wins and both get the winner's.
 * @throws PlainError when the file exists but holds no secret.
 */
export async function readOrMakeSecret(
  folder: string,
  name: string,
  randomness: Randomness = systemRandomness,
): Promise<string> {
  const file = join(folder, name);
  const stored = await readSecret(file);
  if (stored !== null) return stored;

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${Buffer.from(randomness.bytes(8)).toString('hex')}`;
  await writeFile(draft, `${Buffer.from(randomness.bytes(SECRET_BYTES)).toString('base64url')}\n`, {
    mode: OWNER_ONLY,
    flag: 'wx',
    flush: true,
  });
  try {
    // A link appears whole or not at all, and never replaces what is there.
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readSecret(file)) ?? Promise.reject(new Error(`${file} vanished while it was being made.`));
}

/** The text of that file under the folder; null when there is none. */
export function readSecretFile(folder: string, name: string): Promise<string | null> {
  return readSecret(join(folder, name));
}

/**
 * Puts a text in the place of whatever the file holds: whoever reads meanwhile, or after a crash at any moment, finds the old text
 * or the new one, whole.
 */
export async function replaceSecretFile(
  folder: string,
  name: string,
  text: string,
  randomness: Randomness = systemRandomness,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${name}.${Buffer.from(randomness.bytes(8)).toString('hex')}`);
  await writeFile(draft, text, { mode: OWNER_ONLY, flag: 'wx', flush: true });
  try {
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // Windows cannot open a folder, and needs not: its renames are written through.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readSecret(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const secret = text.trim();
  if (secret === '')
    throw new PlainError(`${file} is empty: restore it from a backup, or remove it to have a new one.`);
  await chmod(file, OWNER_ONLY);
  return secret;
}
