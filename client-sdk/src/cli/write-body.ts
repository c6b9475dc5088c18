import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT, Refusal } from './refusal.ts';

/** Writes what comes; under its name there is a file only when all of it came. @throws {Refusal} when it cannot, or the rest does not come */
export async function writeBody(
  { body }: { readonly body: ReadableStream<Uint8Array> },
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(part), {
      signal,
    });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
      throw new Refusal(`${path} cannot be written: ${code}.`);
    }
    throw new Refusal('The file broke off before its end. Try again.', EXIT.unreachable);
  }
}
