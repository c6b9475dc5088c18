import { open, rename } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from '../../plain-error.ts';

const KEPT_LINES = 8;
const READ_BYTES = 16_384;

/** Opens PostgreSQL's log for a new start; the log of the start before stays beside it as `….previous`. */
export async function openServerLog(file: string): Promise<FileHandle> {
  await rename(file, `${file}.previous`).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  return open(file, 'a', 0o600);
}

/** The last lines of a log file of any size, for the end of an error message; empty when there are none. */
export async function lastLines(file: string): Promise<string> {
  const log = await open(file, 'r').catch(() => null);
  if (log === null) return '';
  try {
    const { size } = await log.stat();
    const end = Buffer.alloc(Math.min(size, READ_BYTES));
    await log.read(end, 0, end.length, size - end.length);
    return tail(end.toString('utf8'));
  } finally {
    await log.close();
  }
}

/** The last non-empty lines of a text, indented. */
export function tail(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines
    .slice(-KEPT_LINES)
    .map((line) => `  ${line}`)
    .join('\n');
}

/** One sentence for the causes that have an obvious remedy, else null. Matches PostgreSQL's untranslated messages. */
export function explain(log: string): string | null {
  if (/No space left on device|Disk quota exceeded/.test(log)) return 'The disk is full.';
  if (/could not create shared memory|Cannot allocate memory|could not map anonymous/.test(log)) {
    return 'There is not enough memory.';
  }
  if (/Permission denied/.test(log)) return 'A file or folder is not accessible to the account it runs as.';
  return null;
}
