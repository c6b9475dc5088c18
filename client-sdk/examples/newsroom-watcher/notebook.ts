import { readFile, rename, writeFile } from 'node:fs/promises';

/** What a run leaves to the next. */
export interface Note {
  /** A change token: what was written after it may not have been posted. Null: there was no run before. */
  readonly since: string | null;
  /** Suggestions that were posted, by id. */
  readonly posted: Set<string>;
}

export interface Notebook {
  read(): Promise<Note>;
  write(note: Note): Promise<void>;
}

/** In a file, which is the old or the new one whenever the program ends. */
export function notebookIn(file: string): Notebook {
  return {
    read: async () => {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{"since":null,"posted":[]}';
        throw error;
      });
      const { since, posted } = JSON.parse(text) as { readonly since: string | null; readonly posted: string[] };
      return { since, posted: new Set(posted) };
    },
    write: async ({ since, posted }) => {
      await writeFile(`${file}.new`, JSON.stringify({ since, posted: [...posted] }));
      await rename(`${file}.new`, file);
    },
  };
}
