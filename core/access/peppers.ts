import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { PlainError } from '../../platform/plain-error.ts';
import { readSecretFile, replaceSecretFile } from '../../platform/secrets.ts';

/** With what the secrets of API keys and the tokens of feeds are hashed. Its id, which tells nothing of it, stands beside each hash. */
export interface Pepper {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The peppers of a hub: one hashes what is new, and while keys change over, an older one still counts. */
export interface Peppers {
  /** The youngest. */
  readonly current: Pepper;
  /** Oldest first; the last is the current one. */
  readonly known: readonly Pepper[];
  /** Looks whether others were added or ended, unless that was done a moment ago. */
  refresh(): Promise<void>;
  /** The pepper of this id, looked for anew if need be; null when it does not count any more. */
  find(id: string): Promise<Pepper | null>;
}

/** The pepper that follows from the hub's secret: what hubs begin with. */
export const FIRST_PEPPER = 'first';
/** Under `secrets/`: a line for each pepper, its id and 256 bits as base64url; of the first one the id alone. No file: only the first. */
const FILE = 'peppers';
/** How long a rotation may stay unnoticed by a process that runs. */
const LOOK_AGAIN_MS = 5_000;

const line = z
  .string()
  .regex(/^(first|[0-9A-Za-z]{8} [0-9A-Za-z_-]{43})$/)
  .transform((text) => {
    const [id = '', secret = ''] = text.split(' ');
    return { id, secret };
  });
export type StoredPepper = z.infer<typeof line>;

/** One pepper for good: for a hub that lives as long as a test. */
export function onePepper(key: Uint8Array): Peppers {
  const current = { id: FIRST_PEPPER, key };
  return {
    current,
    known: [current],
    refresh: () => Promise.resolve(),
    find: (id) => Promise.resolve(id === FIRST_PEPPER ? current : null),
  };
}

/**
 * The peppers of a hub as its folder of secrets holds them, looked at again every few seconds.
 * @param first follows from the hub's secret
 * @throws PlainError when the file of peppers is damaged
 */
export async function openPeppers(folder: string, first: Uint8Array, clock: Clock): Promise<Peppers> {
  let known = await readPeppers(folder, first);
  let lookedAt = clock.now();
  const look = async (): Promise<void> => {
    lookedAt = clock.now();
    known = await readPeppers(folder, first);
  };
  const withId = (id: string): Pepper | null => known.find((pepper) => pepper.id === id) ?? null;
  return {
    get current() {
      return youngest(known);
    },
    get known() {
      return known;
    },
    refresh: async () => {
      if (Math.abs(clock.now() - lookedAt) >= LOOK_AGAIN_MS) await look();
    },
    find: async (id) => {
      if (withId(id) === null) await look();
      return withId(id);
    },
  };
}

/** What the file says, oldest first. @throws PlainError when it is damaged */
export async function readStoredPeppers(folder: string): Promise<readonly StoredPepper[]> {
  const text = await readSecretFile(folder, FILE);
  if (text === null) return [{ id: FIRST_PEPPER, secret: '' }];
  const parsed = z.array(line).min(1).safeParse(text.split('\n'));
  if (parsed.success) return parsed.data;
  throw new PlainError(
    `${folder}/${FILE} is damaged: restore it from a backup. Without it, keys that were used since the last rotation cannot be checked.`,
  );
}

export function writeStoredPeppers(folder: string, peppers: readonly StoredPepper[]): Promise<void> {
  const lines = peppers.map(({ id, secret }) => `${id} ${secret}`.trimEnd());
  return replaceSecretFile(folder, FILE, `${lines.join('\n')}\n`);
}

async function readPeppers(folder: string, first: Uint8Array): Promise<readonly Pepper[]> {
  return (await readStoredPeppers(folder)).map(({ id, secret }) => ({
    id,
    key: id === FIRST_PEPPER ? first : new Uint8Array(Buffer.from(secret, 'base64url')),
  }));
}

function youngest<T>(peppers: readonly T[]): T {
  const last = peppers.at(-1);
  if (last === undefined) throw new Error('a hub has a pepper');
  return last;
}
