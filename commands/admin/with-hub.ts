import type { OpenHub } from '../open-hub.ts';
import type { Opening } from './program.ts';

/** Opens the hub for one command, and closes it however the command ends. */
export async function withHub<T>(open: Opening, use: (hub: OpenHub) => Promise<T>): Promise<T> {
  const hub = await open();
  try {
    return await use(hub);
  } finally {
    await hub.close();
  }
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function sayJson(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

/** `3 keys`, `1 key`. */
export const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
