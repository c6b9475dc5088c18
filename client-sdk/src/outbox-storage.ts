import type { OutboxEntry } from './outbox.ts';

/** Where an outbox keeps what is to be sent. Each of these is to be done when its promise resolves. */
export interface OutboxStorage {
  /** All entries, in any order. */
  entries(): Promise<readonly OutboxEntry[]>;
  /** Adds an entry, or replaces the one with its id. */
  put(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Forgets everything when the program ends. */
export function memoryStorage(): OutboxStorage {
  const kept = new Map<string, OutboxEntry>();
  return {
    entries: () => Promise.resolve([...kept.values()]),
    put: (entry) => {
      kept.set(entry.id, entry);
      return Promise.resolve();
    },
    remove: (id) => {
      kept.delete(id);
      return Promise.resolve();
    },
  };
}

/** What a browser's `localStorage` has. */
interface KeyValueStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps entries in a browser's `localStorage`, each under a key of its own. Give each account a prefix of its own. */
export function webStorage(storage: KeyValueStorage, prefix = 'concord.outbox.'): OutboxStorage {
  // Inside promises, so that a full or forbidden storage rejects instead of throwing.
  return {
    entries: async () => {
      const keys = await Promise.resolve(Array.from({ length: storage.length }, (_, index) => storage.key(index)));
      return keys.flatMap((key) => {
        const text = key?.startsWith(prefix) === true ? storage.getItem(key) : null;
        return text === null ? [] : [JSON.parse(text) as OutboxEntry];
      });
    },
    put: async (entry) => {
      await Promise.resolve();
      storage.setItem(prefix + entry.id, JSON.stringify(entry));
    },
    remove: async (id) => {
      await Promise.resolve();
      storage.removeItem(prefix + id);
    },
  };
}
