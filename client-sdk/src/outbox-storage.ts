import type { OutboxEntry } from './outbox.ts';

/** Where an outbox keeps what is to be sent. Each of these is to be done when its promise resolves. */
export interface OutboxStorage {
  /** All entries, in any order. */
  entries(): Promise<readonly OutboxEntry[]>;
  /** Adds an entry, or replaces the one with its id. */
  put(entry: OutboxEntry): Promise<void>;
  /** Forgets an entry; that there is none is no fault. */
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
export interface KeyValueStorage {
  readonly length: number;
  /** The name of one entry. Null: there are not so many. */
  key(index: number): string | null;
  /** Null: there is none. */
  getItem(key: string): string | null;
  /** @throws when the storage is full or forbidden */
  setItem(key: string, value: string): void;
  /** That there is none is no fault. */
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
